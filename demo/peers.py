"""A few hundred servers in one process: each has a name, people, and an inbox, and speaks ActivityPub.

They are told apart by the Host header; Posy finds all of them on one loopback port (setting federation.resolve). Some are
slow, some are busy at first, some are gone.
"""

import asyncio
import base64
import concurrent.futures
import email.utils
import hashlib
import http.client
import json
import random
import threading
import time

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from demo.pictures import FACES, face

PUBLIC = "https://www.w3.org/ns/activitystreams#Public"
TYPE = "application/activity+json"
KEYS = 12  # shared by all: making a key for each would take minutes, and nobody here asks whose it is besides
SLOW_S, SLOW_SHARE, BUSY_SHARE, GONE = 3, 0.05, 0.03, 2
SENDERS = 8
TIMEOUT_S = 30
PLACES = ("harbour", "lantern", "juniper", "tidal", "meadow", "copper", "window", "orchard", "northern", "paper", "gravel", "velvet")
KINDS = ("social", "garden", "press", "club", "letters", "house", "radio", "village", "library", "yard", "choir", "bakery")
FIRST = ("Alma", "Bruno", "Carla", "Dario", "Edda", "Falk", "Greta", "Hugo", "Ines", "Jonas", "Kaja", "Levi", "Mira", "Nilo",
         "Olga", "Pelle", "Rosa", "Sami", "Thea", "Ulla", "Vito", "Wanda", "Yara", "Zeno", "Aiko", "Ebru", "Janek", "Noor")
LAST = ("Bergh", "Castel", "Dorn", "Eklund", "Farkas", "Grau", "Holm", "Ito", "Jensen", "Kral", "Lund", "Moreau", "Novak",
        "Ortega", "Pires", "Rossi", "Sand", "Toth", "Ulman", "Vidal", "Weiss", "Yildiz", "Zeman")


class Key:
    def __init__(self):
        self.private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.public = self.private.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo).decode()

    def sign(self, text):
        return base64.b64encode(self.private.sign(text.encode(), padding.PKCS1v15(), hashes.SHA256())).decode()


class Person:
    def __init__(self, number, host, keys, chance):
        self.number, self.host, self.key = number, host, keys[number % len(keys)]
        self.name = f"{chance.choice(FIRST)} {chance.choice(LAST)}"
        self.user = f"{self.name.split()[0].lower()}{number}"
        self.id = f"http://{host}/users/{self.user}"
        self.sent = 0

    def document(self):
        return {"@context": ["https://www.w3.org/ns/activitystreams", "https://w3id.org/security/v1"],
                "id": self.id, "type": "Person", "preferredUsername": self.user, "name": self.name,
                "inbox": f"{self.id}/inbox", "endpoints": {"sharedInbox": f"http://{self.host}/inbox"},
                "icon": {"type": "Image", "mediaType": "image/png", "url": f"http://{self.host}/faces/{self.number % FACES}.png"},
                "publicKey": {"id": f"{self.id}#main-key", "owner": self.id, "publicKeyPem": self.key.public}}

    def act(self, kind, what, **more):
        self.sent += 1
        return {"@context": "https://www.w3.org/ns/activitystreams", "id": f"{self.id}/acts/{self.sent}", "type": kind,
                "actor": self.id, "object": what, **more}

    def letter(self, text, language, to, answers=None, is_private=False):
        """A post that names `to`: (address of her account, handle)."""
        address, handle = to
        body = text.replace("&", "&amp;").replace("<", "&lt;")
        note = {"id": f"{self.id}/notes/{self.sent + 1}", "type": "Note", "attributedTo": self.id,
                "content": f"<p>{body}</p>", "contentMap": {language: f"<p>{body}</p>"},
                "published": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
                "to": [address] if is_private else [PUBLIC, address],
                "tag": [{"type": "Mention", "href": address, "name": handle}]}
        if answers:
            note["inReplyTo"] = answers
        return self.act("Create", note, to=note["to"])


class Fediverse:
    """`with Fediverse(servers, seed) as them:` they answer until the block ends."""

    def __init__(self, servers, seed=1):
        chance = random.Random(seed)
        names = [f"{place}-{kind}.example" for place in PLACES for kind in KINDS]
        names += [f"{place}{number}.example" for number in range(2, 200) for place in PLACES]
        chance.shuffle(names)
        self.hosts = names[:servers]
        self.gone = set(self.hosts[:GONE])
        self.slow = set(self.hosts[GONE:GONE + int(servers * SLOW_SHARE)])
        self.busy = set(self.hosts[-int(servers * BUSY_SHARE):]) if servers * BUSY_SHARE >= 1 else set()
        keys = [Key() for _ in range(min(KEYS, servers))]
        self.people = [Person(number, self.hosts[number % servers], keys, chance) for number in range(servers * 3)]
        self.by_address = {one.id: one for one in self.people}
        self.faces = {}
        self.got = {}  # of each host, the activities that reached its inbox
        self.refused_once = set()
        self.posy = None  # (host name, port)

    def __enter__(self):
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        self.doors = [self.run(asyncio.start_server(self.serve, "127.0.0.1", 0, backlog=1024)) for _ in range(2)]
        self.port, self.port_of_gone = (door.sockets[0].getsockname()[1] for door in self.doors)
        return self

    def __exit__(self, *_):
        self.run(self.end())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(5)
        self.loop.close()

    def run(self, work):
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(10)

    async def end(self):
        for door in self.doors:
            door.close()
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    def go_away(self):
        """From now on nobody answers for those that are gone."""
        self.loop.call_soon_threadsafe(self.doors[1].close)

    def settings(self):
        """How Posy finds them."""
        table = ", ".join(f"{host}:80=127.0.0.1:{self.port_of_gone if host in self.gone else self.port}" for host in self.hosts)
        return {"POSY_FEDERATION_SCHEME": "http", "POSY_FEDERATION_ALLOW_ADDRESSES": "127.0.0.0/8",
                "POSY_FEDERATION_RESOLVE": table}

    async def serve(self, reader, writer):
        try:
            while await self.answer_one(reader, writer):
                pass
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, ConnectionError, ValueError):
            pass  # it hung up, or says what no server says
        finally:
            writer.close()

    async def answer_one(self, reader, writer):
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        method, path, _ = head[0].split(" ", 2)
        fields = {name.lower(): value.strip() for name, value in (line.split(":", 1) for line in head[1:] if line)}
        body = await reader.readexactly(int(fields.get("content-length", 0)))
        host = fields.get("host", "")
        if method == "POST":
            status, kind, answer = await self.take(host, body)
        else:
            status, kind, answer = self.show(host, path)
        writer.write(f"HTTP/1.1 {status} -\r\nContent-Type: {kind}\r\nContent-Length: {len(answer)}\r\n\r\n".encode() + answer)
        await writer.drain()
        return fields.get("connection", "").lower() != "close" and host not in self.gone

    async def take(self, host, body):
        if host in self.slow:
            await asyncio.sleep(SLOW_S)
        if host in self.busy and host not in self.refused_once:
            self.refused_once.add(host)
            return 503, "text/plain", b"busy"
        self.got.setdefault(host, []).append(json.loads(body))
        return 202, "text/plain", b""

    def show(self, host, path):
        person = self.by_address.get(f"http://{host}{path}")
        if person:
            return 200, TYPE, json.dumps(person.document()).encode()
        if path.startswith("/.well-known/webfinger"):
            user = path.rsplit("acct:", 1)[-1].split("@")[0].split("%40")[0]
            person = self.by_address.get(f"http://{host}/users/{user}")
            if person:
                return 200, "application/jrd+json", json.dumps({
                    "subject": f"acct:{user}@{host}",
                    "links": [{"rel": "self", "type": TYPE, "href": person.id}]}).encode()
        if path.startswith("/faces/") and path[7:-4].isdigit():
            number = int(path[7:-4]) % FACES
            if number not in self.faces:
                self.faces[number] = face(number)
            return 200, "image/png", self.faces[number]
        return 404, "text/plain", b"nothing"

    def send(self, person, activity):
        """The status that Posy answers with; 0 where it does not."""
        name, port = self.posy
        body = json.dumps(activity).encode()
        date, digest = email.utils.formatdate(usegmt=True), "SHA-256=" + base64.b64encode(hashlib.sha256(body).digest()).decode()
        text = f"(request-target): post /inbox\nhost: {name}\ndate: {date}\ndigest: {digest}"
        signature = (f'keyId="{person.id}#main-key",algorithm="rsa-sha256",headers="(request-target) host date digest",'
                     f'signature="{person.key.sign(text)}"')
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT_S)
        try:
            connection.request("POST", "/inbox", body, {"Host": name, "Date": date, "Digest": digest, "Signature": signature,
                                                        "Content-Type": TYPE})
            answer = connection.getresponse()
            answer.read()
            return answer.status
        except OSError:
            return 0
        finally:
            connection.close()

    def send_all(self, pairs, sent=lambda count: None):
        """(person, activity), several at once. How many were taken."""
        taken = 0
        with concurrent.futures.ThreadPoolExecutor(SENDERS) as pool:
            for count, status in enumerate(pool.map(lambda pair: self.send(*pair), pairs), 1):
                taken += status == 202
                sent(count)
        return taken
