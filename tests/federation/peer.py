"""A server that we wrote ourselves: it says and signs whatever a test wants."""

import base64
import contextlib
import email.utils
import hashlib
import http.client
import http.server
import json
import os
import subprocess
import tempfile
import threading
import time


def openssl(*arguments, data=None):
    done = subprocess.run(["openssl", *arguments], input=data, capture_output=True, check=True)
    return done.stdout


class Key:
    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="posy-key-")
        self.file = os.path.join(self.folder.name, "key.pem")
        openssl("genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", self.file)
        self.public = openssl("pkey", "-in", self.file, "-pubout").decode()

    def sign(self, text):
        return base64.b64encode(openssl("dgst", "-sha256", "-sign", self.file, data=text.encode())).decode()


class Peer:
    """Serves documents by path on a port of its own; `pages[path] = (status, headers, body)` overrides;
    so does a function, which is given the handler and writes what it likes."""

    def __init__(self, name):
        self.name = name
        self.base = f"http://{name}"
        self.key = Key()
        self.pages = {}
        self.got = []
        self.answers_with = 202
        self.waits_for = None  # an Event, before it answers to what it was sent
        self.asked = []
        peer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                path = self.path
                peer.asked.append(path)
                page = peer.pages.get(path, (404, {}, b""))
                if callable(page):
                    self.close_connection = True
                    page(self)
                    return
                status, headers, body = page
                self.send_response(status)
                for header, value in headers.items():
                    self.send_header(header, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                with contextlib.suppress(OSError):  # who asked may have seen enough
                    self.wfile.write(body)

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                peer.got.append(json.loads(body))
                if peer.waits_for:
                    peer.waits_for.wait(60)
                self.send_response(peer.answers_with)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()
        self.person("carl")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    def show(self, path, document, media_type="application/activity+json"):
        self.pages[path] = (200, {"Content-Type": media_type}, json.dumps(document).encode())

    def person(self, name, /, **changes):
        actor = f"{self.base}/users/{name}"
        self.show(f"/users/{name}", {
            "@context": ["https://www.w3.org/ns/activitystreams", "https://w3id.org/security/v1"],
            "id": actor, "type": "Person", "preferredUsername": name, "inbox": f"{actor}/inbox",
            "followers": f"{actor}/followers",
            "publicKey": {"id": f"{actor}#main-key", "owner": actor, "publicKeyPem": self.key.public}, **changes})
        acct = f"{name}@{self.name}"
        self.show(f"/.well-known/webfinger?resource=acct:{acct}", {
            "subject": f"acct:{acct}",
            "links": [{"rel": "self", "type": "application/activity+json", "href": actor}]}, "application/jrd+json")
        return actor

    def note(self, number, text, author="carl", **changes):
        actor = f"{self.base}/users/{author}"
        return {"id": f"{actor}/notes/{number}", "type": "Note", "attributedTo": actor, "content": text,
                "to": ["https://www.w3.org/ns/activitystreams#Public"], "published": "2026-01-01T00:00:00Z", **changes}

    def activity(self, kind, number, obj, author="carl", **changes):
        actor = f"{self.base}/users/{author}"
        return {"@context": "https://www.w3.org/ns/activitystreams", "id": f"{actor}/acts/{number}", "type": kind,
                "actor": actor, "object": obj, **changes}


def signed(peer, host, path, body, *, key_id=None, date=None, digest=None):
    """The headers of a POST that is signed as draft-cavage says."""
    key_id = key_id or f"{peer.base}/users/carl#main-key"
    date = date or email.utils.formatdate(time.time(), usegmt=True)
    digest = digest or "SHA-256=" + base64.b64encode(hashlib.sha256(body).digest()).decode()
    text = f"(request-target): post {path}\nhost: {host}\ndate: {date}\ndigest: {digest}"
    signature = (f'keyId="{key_id}",algorithm="rsa-sha256",headers="(request-target) host date digest",'
                 f'signature="{peer.key.sign(text)}"')
    return {"Host": host, "Date": date, "Digest": digest, "Signature": signature,
            "Content-Type": "application/activity+json"}


def send(posy, headers, body, path="/inbox"):
    connection = http.client.HTTPConnection("127.0.0.1", posy.port, timeout=30)
    try:
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()


def tell(posy, peer, activity, **options):
    body = json.dumps(activity).encode()
    return send(posy, signed(peer, posy.name, "/inbox", body, **options), body)


def read(posy, peer, path, author=None):
    """What a GET of a document answers, signed by one of the peer's people or not at all."""
    return fetch(posy, peer, path, author).status


def fetch(posy, peer, path, author=None):
    """The same with its headers and its text."""
    headers = {"Host": posy.name, "Accept": "application/activity+json"}
    if author:
        headers["Date"] = email.utils.formatdate(time.time(), usegmt=True)
        text = f"(request-target): get {path}\nhost: {posy.name}\ndate: {headers['Date']}"
        headers["Signature"] = (f'keyId="{peer.base}/users/{author}#main-key",algorithm="rsa-sha256",'
                                f'headers="(request-target) host date",signature="{peer.key.sign(text)}"')
    connection = http.client.HTTPConnection("127.0.0.1", posy.port, timeout=30)
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        answer.text = answer.read().decode()
        return answer
    finally:
        connection.close()
