"""Many write at once: what a stranger's first message costs, that nobody holds up another, that nothing which was
acknowledged is lost."""

import contextlib
import http.client
import json
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from federation.fediverse import SOON, Person, servers
from federation.peer import Peer, signed, tell
from support.checks import equal, eventually, holds
from support.database import value_of

KILLS = 3
AT_ONCE = 24
NAMES = 280  # under one domain; more than there are places to work at letters and to set them aside
OF_SITE = 64  # of them at work or set aside together
LEASE_S = 30  # on PostgreSQL somebody else might still be at work on what a killed server had begun


def run(check, database_url):
    with Peer("c.test") as peer, Peer("d.test") as other, Peer("tar.test") as tar, Peer("slow.test") as slow:
        peers = {one.name: one.port for one in (peer, other, tar)}
        peers.update({f"n{i}.slow.test": slow.port for i in range(NAMES)})
        with servers("a.test", peers=peers, database_url=database_url) as (posy,):
            anna = Person(posy, "anna")
            accept = {"for_private_mentions": "accept", "for_not_following": "accept", "for_new_accounts": "accept"}
            anna.patch("/api/v2/notifications/policy", json_body=accept)
            strangers(check, posy, peer, other, anna)
            one_key(check, posy, peer, anna)
            tarpit(check, posy, peer, other, tar, anna)
            many_names(check, posy, peer, slow, anna)
            kills(check, posy, peer, anna)
            shares(check, posy, peer, other)

            @check("the server met no error of its own")
            def _():
                equal(posy.errors(), [])


def to_anna(peer, number, author, **changes):
    anna = "http://a.test/users/anna"
    mention = {"type": "Mention", "href": anna, "name": "@anna@a.test"}
    note = peer.note(number, f"<p>hello {number}</p>", author, to=[anna], tag=[mention])
    note.update(changes)
    return peer.activity("Create", f"of-{number}", note, author)


def told_of(anna):
    """The ids of all posts that she was told of."""
    seen, last = set(), None
    while True:
        query = {"limit": 80, "types[]": ["mention"], **({"max_id": last} if last else {})}
        page = anna.get("/api/v1/notifications", query=query).json
        if not page:
            return seen
        seen |= {one["status"]["uri"] for one in page}
        last = page[-1]["id"]


def arrives(anna, *activities, seconds=SOON):
    wanted = {one["object"]["id"] for one in activities}
    eventually(lambda: wanted <= told_of(anna), "a letter did not arrive", seconds)


def strangers(check, posy, peer, other, anna):
    def first_message(who, author, key_id=None):
        before = len(who.asked)
        letter = to_anna(who, f"{author}-{before}", author)
        equal(tell(posy, who, letter, key_id=key_id or f"{who.base}/users/{author}#main-key"), 202, author)
        arrives(anna, letter)
        return who.asked[before:]

    @check("a stranger's first message costs one request, whomever it names")
    def _():
        peer.person("sue")
        equal(first_message(peer, "sue"), ["/users/sue"])
        other.person("tim")
        before = len(peer.asked)
        tags = [{"type": "Mention", "href": f"http://c.test/users/nobody{i}"} for i in range(5)]
        tags.append({"type": "Mention", "href": "http://a.test/users/anna"})
        letter = to_anna(other, "names", "tim", tag=tags)
        equal(tell(posy, other, letter, key_id="http://d.test/users/tim#main-key"), 202)
        arrives(anna, letter)
        equal(peer.asked[before:], [])

    @check("her next messages cost none")
    def _():
        equal(first_message(peer, "sue"), [])

    @check("a key with an address of its own costs two")
    def _():
        key = f"{peer.base}/keys/kim"
        actor = peer.person("kim", publicKey={"id": key, "owner": f"{peer.base}/users/kim",
                                              "publicKeyPem": peer.key.public})
        peer.show("/keys/kim", {"@context": "https://w3id.org/security/v1", "id": key, "type": "Key", "owner": actor,
                                "publicKeyPem": peer.key.public})
        equal(first_message(peer, "kim", key), ["/keys/kim", "/users/kim"])

    @check("a server that wants signatures is asked without one once")
    def _():
        def guarded(path):
            page = other.pages[path]

            def answer(handler):
                status, headers, body = page if handler.headers["Signature"] else (401, {}, b"")
                handler.send_response(status)
                for name, value in {**headers, "Content-Length": str(len(body))}.items():
                    handler.send_header(name, value)
                handler.end_headers()
                handler.wfile.write(body)
            other.pages[path] = answer

        for name, cost in (("vera", 2), ("wim", 1)):
            other.person(name)
            guarded(f"/users/{name}")
            equal(first_message(other, name), [f"/users/{name}"] * cost)

    @check("who has a handle that is taken is asked for it, and not believed for the asking")
    def _():
        peer.person("sue2", preferredUsername="sue")
        letter = to_anna(peer, "imposter", "sue2")
        equal(tell(posy, peer, letter, key_id="http://c.test/users/sue2#main-key"), 401)
        equal(len([one for one in peer.asked if one == "/users/sue2"]), 1)

    @check("her handle is looked up when somebody looks at her")
    def _():
        found = anna.finds(_Handle("sue@c.test"))
        before = len(peer.asked)
        anna.get(f"/api/v1/accounts/{found['id']}")
        eventually(lambda: any("webfinger" in one for one in peer.asked[before:]), "WebFinger was not asked", SOON)


class _Handle:
    def __init__(self, handle):
        self.handle = handle


def one_key(check, posy, peer, anna):
    @check("an unknown key is fetched once, however many wait for it")
    def _():
        peer.person("zoe")
        page = peer.pages["/users/zoe"]

        def slow(handler):
            time.sleep(2)
            status, headers, body = page
            handler.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                handler.send_header(name, value)
            handler.end_headers()
            handler.wfile.write(body)
        peer.pages["/users/zoe"] = slow
        letters = [to_anna(peer, f"zoe-{i}", "zoe") for i in range(200)]
        requests = [prepared(peer, posy, one, "zoe") for one in letters]
        with ThreadPoolExecutor(200) as pool:
            answers = list(pool.map(lambda one: post(posy, *one)[0], requests))
        equal(set(answers), {202})
        equal(peer.asked.count("/users/zoe"), 1)
        arrives(anna, *letters)


def tarpit(check, posy, peer, other, tar, anna):
    @check("posts that wait for a server which does not answer hold up nobody else, and not their own server")
    def _():
        def never(handler):
            time.sleep(20)
            handler.close_connection = True
        for i in range(60):
            tar.pages[f"/notes/{i}"] = never
            stuck = to_anna(other, f"stuck-{i}", "carl", inReplyTo=f"http://tar.test/notes/{i}")
            equal(tell(posy, other, stuck), 202)
        letters = [to_anna(peer, "free", "carl"), to_anna(other, "behind", "tim")]
        equal(tell(posy, peer, letters[0]), 202)
        equal(tell(posy, other, letters[1], key_id="http://d.test/users/tim#main-key"), 202)
        arrives(anna, *letters)


def many_names(check, posy, peer, slow, anna):
    @check("one domain with hundreds of names, all of which wait for ever, does not take all places")
    def _():
        held, lock, waiting = threading.Event(), threading.Lock(), [0, 0]

        def holds_out(handler):
            with lock:
                waiting[0] += 1
                waiting[1] = max(waiting)
            held.wait(60)
            with lock:
                waiting[0] -= 1
            handler.close_connection = True
        slow.pages["/notes/above"] = holds_out
        letters = []
        for i in range(NAMES):
            base = f"http://n{i}.slow.test"
            actor = slow.person(f"u{i}", id=f"{base}/users/u{i}", inbox=f"{base}/inbox", publicKey={
                "id": f"{base}/users/u{i}#main-key", "owner": f"{base}/users/u{i}", "publicKeyPem": slow.key.public})
            letter = json.dumps(to_anna(slow, f"held-{i}", f"u{i}", inReplyTo=f"{base}/notes/above"))
            letters.append(json.loads(letter.replace(actor, f"{base}/users/u{i}")))

        def give(i):
            return tell(posy, slow, letters[i], key_id=f"http://n{i}.slow.test/users/u{i}#main-key")
        try:
            with ThreadPoolExecutor(AT_ONCE) as pool:
                equal(set(pool.map(give, range(NAMES))), {202})
            free = to_anna(peer, "beside", "sue")
            equal(tell(posy, peer, free, key_id="http://c.test/users/sue#main-key"), 202)
            arrives(anna, free)
            holds(0 < waiting[1] <= OF_SITE, f"{waiting[1]} were waited for at a time")
        finally:
            held.set()
        arrives(anna, *letters, seconds=3 * SOON)


def prepared(peer, posy, activity, author):
    body = json.dumps(activity).encode()
    return signed(peer, posy.name, "/inbox", body, key_id=f"{peer.base}/users/{author}#main-key"), body


def post(posy, headers, body):
    connection = http.client.HTTPConnection("127.0.0.1", posy.port, timeout=30)
    try:
        connection.request("POST", "/inbox", body, headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status, answer.headers.get("Retry-After")
    finally:
        connection.close()


def kills(check, posy, peer, anna):
    for turn in range(1, KILLS + 1):
        @check(f"after kill -9 in the middle of a flood nothing acknowledged is lost ({turn})")
        def _():
            letters = [to_anna(peer, f"flood-{turn}-{i}", "sue") for i in range(400)]
            with ThreadPoolExecutor(AT_ONCE) as pool:
                requests = list(pool.map(lambda one: prepared(peer, posy, one, "sue"), letters))
                acknowledged, lock = [], threading.Lock()

                def give(letter, request):
                    with contextlib.suppress(OSError, http.client.HTTPException):  # it is being killed
                        if post(posy, *request)[0] == 202:
                            with lock:
                                acknowledged.append(letter)
                for letter, request in zip(letters, requests):
                    pool.submit(give, letter, request)
                eventually(lambda: len(acknowledged) >= 60 * turn, "nothing is acknowledged", SOON)
                posy.process.send_signal(signal.SIGKILL)
                posy.process.wait()
            holds(len(acknowledged) < len(letters), "the flood was over before the kill")
            posy.start()
            arrives(anna, *acknowledged, seconds=LEASE_S + SOON)


def shares(check, posy, peer, other):
    def waits(host, count):
        """As if so many activities of this host waited for tomorrow."""
        posy.stop()
        tomorrow = int(time.time() * 1000) + 86_400_000
        value_of(posy, f"insert into sender (lane, host, run_at, waiting) values (2, '{host}', {tomorrow}, {count}) "
                       "on conflict (lane, host) do update set waiting = excluded.waiting returning lane")
        posy.start()

    def says(who, number):
        return post(posy, *prepared(who, posy, who.activity("Like", number, "http://a.test/users/anna"), "carl"))

    @check("a server that fills the backlog is told so, while others find room")
    def _():
        waits("d.test", 60_000)
        equal(says(other, "share-1"), (202, None))  # now its queue is known
        status, later = says(other, "share-2")
        equal(status, 429)
        holds(int(later) > 0, "no Retry-After")
        equal(says(peer, "share-3"), (202, None))

    @check("when the backlog is full everybody is asked to come later")
    def _():
        waits("e.test", 100_000)
        status, later = says(peer, "share-4")
        equal(status, 503)
        holds(int(later) > 0, "no Retry-After")
        value_of(posy, "delete from sender returning lane")
