"""A post that everybody fetches at once: what it costs, and that nobody is shown what is no longer true or not hers."""

import re
import socket
import time

from federation.fediverse import SOON, Person, path_of, servers
from federation.peer import Peer, fetch, read, tell
from support.checks import contains, equal, eventually, holds, lacks
from support.http import Client
from support.posy import free_port

DOCUMENT = {"Accept": "application/activity+json"}
CROWD = 200
# Something is made anew this often while it is asked for (age_max in src/serving/answers.cpp).
MADE_EVERY_S = 2


def run(check, database_url):
    port = free_port()
    with Peer("c.test") as peer, Peer("d.test") as other:
        peers = {peer.name: peer.port, other.name: other.port}
        listen = {"POSY_METRICS_LISTEN": f"127.0.0.1:{port}"}
        with servers("a.test", peers=peers, database_url=database_url, more=listen) as (posy,):
            anna = Person(posy, "anna")
            costs(check, posy, anna, Client(port))
            changes(check, posy, anna)
            conditions(check, posy, anna)
            not_for_all(check, posy, anna, peer, other)

            @check("the server met no error of its own")
            def _():
                equal(posy.errors(), [])

        secure = {"POSY_FEDERATION_AUTHORIZED_FETCH": "true"}
        with servers("s.test", peers=peers, more=secure) as (posy,):
            guarded(check, posy, peer, other)


def crowd(posy, path, accept):
    """So many connections, all of which ask before the first is answered."""
    ask = f"GET {path} HTTP/1.1\r\nHost: {posy.name}\r\nAccept: {accept}\r\nConnection: close\r\n\r\n".encode()
    connections = [socket.create_connection(("127.0.0.1", posy.port), timeout=30) for _ in range(CROWD)]
    for one in connections:
        one.sendall(ask)
    answers = []
    for one in connections:
        answer = b""
        while piece := one.recv(65536):
            answer += piece
        answers.append(answer)
        one.close()
    return answers


def costs(check, posy, anna, figures):
    def reads():
        found = re.search(r'posy_shared_answers_total\{from="database"\} (\d+)', figures.get("/metrics").text)
        return int(found[1])

    def read_by_all(path, accept, status, text):
        before, begin = reads(), time.monotonic()
        for answer in crowd(posy, path, accept):
            holds(answer.startswith(b"HTTP/1.1 " + status), answer[:200])
            contains(answer.decode(), text)
        took = time.monotonic() - begin
        holds(1 <= reads() - before <= 1 + took // MADE_EVERY_S, f"{reads() - before} reads in {took:.1f} s")

    @check("what everybody asks for at once costs the database one read: document, page, person, WebFinger, nothing")
    def _():
        path = path_of(anna.publish("everybody wants this")["uri"])
        Client(posy.port).get("/users/anna", headers=DOCUMENT)  # her keys are made
        time.sleep(MADE_EVERY_S + 0.5)
        read_by_all(path, "application/activity+json", b"200", "everybody wants this")
        read_by_all("/@anna/" + path.rsplit("/", 1)[1], "text/html", b"200", "everybody wants this")
        read_by_all("/users/anna", "application/activity+json", b"200", "preferredUsername")
        read_by_all("/.well-known/webfinger?resource=acct:anna@a.test", "*/*", b"200", "subject")
        read_by_all(path + "/replies", "application/activity+json", b"200", "Collection")
        read_by_all("/users/anna/statuses/1", "application/activity+json", b"404", "error")


def changes(check, posy, anna):
    reader = Client(posy.port)

    @check("whoever asks after an edit gets the new text and another ETag, as document and as page")
    def _():
        post = anna.publish("first words")
        path, page = path_of(post["uri"]), f"/@anna/{post['id']}"
        seen = set()
        for i in range(20):
            document = reader.get(path, headers=DOCUMENT)
            contains(document.text, "first words" if i == 0 else f"words number {i}.")
            contains(reader.get(page, headers={"Accept": "text/html"}).text, "first words" if i == 0 else f"number {i}.")
            seen.add(document.headers["ETag"])
            anna.put(f"/api/v1/statuses/{post['id']}", form={"status": f"words number {i + 1}."})
        equal(len(seen), 20)

    @check("a deleted post is gone at once, and stays so for all who ask")
    def _():
        post = anna.publish("not for long")
        path, page = path_of(post["uri"]), f"/@anna/{post['id']}"
        reader.get(path, headers=DOCUMENT), reader.get(page, headers={"Accept": "text/html"})
        anna.delete(f"/api/v1/statuses/{post['id']}")
        for _ in range(3):
            contains(reader.get(path, 410, headers=DOCUMENT).text, "Tombstone")
            reader.get(page, 404, headers={"Accept": "text/html"})
            reader.get(path + "/replies", 404, headers=DOCUMENT)

    @check("profile, pins and featured hashtags are as she left them")
    def _():
        reader.get("/users/anna", headers=DOCUMENT)
        anna.patch("/api/v1/accounts/update_credentials", form={"display_name": "Anna of the Roses"})
        equal(reader.get("/users/anna", headers=DOCUMENT).json["name"], "Anna of the Roses")
        post = anna.publish("look here")
        reader.get("/users/anna/collections/featured", headers=DOCUMENT)
        anna.act(post, "pin")
        contains(reader.get("/users/anna/collections/featured", headers=DOCUMENT).text, post["uri"])
        reader.get("/users/anna/collections/tags", headers=DOCUMENT)
        anna.post("/api/v1/featured_tags", form={"name": "roses"})
        contains(reader.get("/users/anna/collections/tags", headers=DOCUMENT).text, "roses")


def conditions(check, posy, anna):
    reader = Client(posy.port)

    @check("who has it already is told so, whatever she sends")
    def _():
        path = path_of(anna.publish("once is enough")["uri"])
        first = reader.get(path, headers=DOCUMENT)
        etag = first.headers["ETag"]
        equal(first.headers["Cache-Control"], "public, max-age=180")
        equal(first.headers["Vary"], "Accept")
        for value in (etag, "W/" + etag, "*", f'"x", {etag}', ", , " + etag, f'"{"y" * 4000}", {etag}'):
            again = reader.get(path, 304, headers={**DOCUMENT, "If-None-Match": value})
            equal((again.body, again.headers["ETag"]), (b"", etag), value[:60])
        for value in ("", '"', etag.strip('"'), '"other"', "," * 8000, "W/", '""', etag[:-2], "\u00e4" * 10, "**"):
            equal(reader.get(path, headers={**DOCUMENT, "If-None-Match": value}).body, first.body, value[:60])
        head = reader.request("HEAD", path, 200, headers=DOCUMENT)
        equal((head.body, head.headers["ETag"], head.headers["Content-Length"]), (b"", etag, str(len(first.body))))

    @check("one address, two answers: the page is not given for the document")
    def _():
        path = path_of(anna.publish("twofold")["uri"])
        for _ in range(2):
            contains(reader.get(path, headers=DOCUMENT).headers["Content-Type"], "activity+json")
            equal(reader.get(path, 302, headers={"Accept": "text/html"}).headers["Vary"], "Accept")

    @check("what is another question has another answer")
    def _():
        begin = reader.get("/users/anna/outbox", headers=DOCUMENT).json
        page = reader.get("/users/anna/outbox", query={"before": "9223372036854775807"}, headers=DOCUMENT).json
        equal((begin["type"], page["type"]), ("OrderedCollection", "OrderedCollectionPage"))
        reader.get("/users/anna/outbox", 400, query={"before": "x"}, headers=DOCUMENT)
        reader.get("/users/anna/outbox", 400, query={"before[]": "1"}, headers=DOCUMENT)
        equal(reader.get("/users/anna/outbox", query={"other": "2"}, headers=DOCUMENT).json, begin)
        equal(reader.get("/users/anna/outbox", headers=DOCUMENT).json, begin)
        reader.get("/users/anna%2Foutbox", 404, headers=DOCUMENT)
        equal(reader.get("/users/anna/outbox", headers=DOCUMENT).json, begin)


def not_for_all(check, posy, anna, peer, other):
    @check("what is for followers is read for each who asks, and kept for nobody")
    def _():
        carl = anna.get("/api/v2/search", query={"q": "@carl@c.test", "resolve": "true"}).json["accounts"][0]
        tell(posy, peer, peer.activity("Follow", 1, "http://a.test/users/anna"))

        def follows():
            return anna.get("/api/v1/accounts/relationships", query={"id[]": [carl["id"]]}).json[0]["followed_by"]
        eventually(follows, "he does not follow", SOON)
        other.person("eve")
        path = path_of(anna.publish("among us", visibility="private")["uri"])
        for _ in range(2):
            hers = fetch(posy, peer, path, "carl")
            equal(hers.status, 200)
            contains(hers.text, "among us")
            equal(hers.headers["Cache-Control"], "private, no-store")
            contains(hers.headers["Vary"], "Signature")
            for stranger in (fetch(posy, peer, path), fetch(posy, other, path, "eve")):
                equal(stranger.status, 404)
                lacks(stranger.text, "among us")


def guarded(check, posy, peer, other):
    anna = Person(posy, "anna")
    peer.person("carl")
    other.person("eve")

    @check("where fetches are authorized, who asks is checked before anything is taken from memory")
    def _():
        path = path_of(anna.publish("for those who say who they are")["uri"])
        for what in (path, path + "/replies", "/users/anna", "/users/anna/outbox"):
            first = fetch(posy, peer, what, "carl")
            equal((first.status, first.headers["Cache-Control"]), (200, "private, no-store"), what)
            contains(first.headers["Vary"], "Signature")
            equal(read(posy, other, what, "eve"), 200, f"{what} from memory")
            equal(read(posy, peer, what), 401, f"{what} unsigned")
        carl = anna.get("/api/v2/search", query={"q": "@carl@c.test", "resolve": "true"}).json["accounts"][0]
        anna.post(f"/api/v1/accounts/{carl['id']}/block")
        for what in (path, path + "/replies", "/users/anna", "/users/anna/outbox"):
            equal(read(posy, peer, what, "carl"), 404, f"{what} blocked")
            equal(read(posy, other, what, "eve"), 200, f"{what} not blocked")
