"""What a hostile server tries. Each check fails when the guard that it is about is taken out."""

import email.utils
import json
import time

from federation.fediverse import SOON, Person, path_of, servers
from federation.peer import Peer, read, send, signed, tell
from support.checks import contains, equal, eventually, holds, lacks


def run(check, database_url):
    with Peer("c.test") as peer, Peer("d.test") as other:
        peers = {peer.name: peer.port, other.name: other.port}
        with servers("a.test", peers=peers, database_url=database_url) as (posy,):
            anna = Person(posy, "anna")
            carl = anna.finds(_Handle("carl@c.test"))
            anna.post(f"/api/v1/accounts/{carl['id']}/follow")
            eventually(lambda: peer.got, "the Follow was not sent", SOON)
            tell(posy, peer, peer.activity("Accept", 1, peer.got[0]))
            eventually(lambda: anna.get("/api/v1/accounts/relationships",
                                        query={"id[]": [carl["id"]]}).json[0]["following"], "not accepted", SOON)
            doors(check, posy, peer, other)
            lies(check, posy, peer, other, anna)
            addresses(check, peer, other, anna)
            departed(check, posy, peer, anna)
            readers(check, posy, peer, other, anna, carl)
            gone(check, peer, anna)

            @check("the server met no error of its own")
            def _():
                equal(posy.errors(), [])


        authorized(check, peer, other, peers)


class _Handle:
    def __init__(self, handle):
        self.handle = handle


def doors(check, posy, peer, other):
    like = peer.activity("Like", 2, "http://a.test/users/anna/statuses/1")
    body = json.dumps(like).encode()

    def status(change=None, text=body, **options):
        headers = signed(peer, posy.name, "/inbox", text, **options)
        headers.update(change or {})
        return send(posy, {name: value for name, value in headers.items() if value is not None}, text)

    @check("a request that is signed as it should be is taken, and once only")
    def _():
        headers = signed(peer, posy.name, "/inbox", body)
        equal((send(posy, headers, body), send(posy, headers, body)), (202, 401))

    @check("unsigned, altered, old and misdirected requests are refused")
    def _():
        equal(status({"Signature": None}), 401, "unsigned")
        equal(status(digest="SHA-256=" + "A" * 43 + "="), 401, "digest of another body")
        old = email.utils.formatdate(time.time() - 86400, usegmt=True)
        equal(status(date=old), 401, "old")
        future = email.utils.formatdate(time.time() + 86400, usegmt=True)
        equal(status(date=future), 401, "of tomorrow")
        elsewhere = signed(peer, "b.test", "/inbox", body)
        equal(send(posy, elsewhere, body), 401, "signed for another server")
        equal(send(posy, signed(peer, posy.name, "/users/anna/inbox", body), body), 401, "signed for another path")

    @check("a key of another server does not speak for her")
    def _():
        headers = signed(other, posy.name, "/inbox", body, key_id="http://d.test/users/carl#main-key")
        equal(send(posy, headers, body), 401, "another server's key")
        headers = signed(other, posy.name, "/inbox", body, key_id="http://c.test/users/carl#main-key")
        equal(send(posy, headers, body), 401, "her key's name, another key")

    @check("what is no activity of its sender is refused")
    def _():
        def told(change):
            text = json.dumps({**like, **change}).encode()
            return status(text=text)
        equal(told({"id": "http://d.test/acts/1"}), 400, "id on another host")
        equal(told({"actor": "http://d.test/users/carl", "id": "http://d.test/1"}), 401, "another actor")
        equal(told({"actor": "http://a.test/users/anna", "id": "http://a.test/1"}), 403, "one of ours")
        equal(told({"actor": None}), 400, "nobody")
        equal(status(text=b"{"), 400, "no JSON")
        equal(status(text=b"[" * 5000), 400, "deep")
        equal(status({"Content-Type": "application/json"}), 415, "media type")
        equal(status(text=b" " * (1 << 20) + body), 413, "too large")


def lies(check, posy, peer, other, anna):
    def arrives(note):
        return eventually(lambda: anna.sees(note["id"]), "it did not arrive", SOON)

    @check("HTML is cleaned")
    def _():
        html = ('<p onclick="x()">good <script>bad()</script><a href="javascript:bad()">link</a>'
                '<img src=x onerror=bad()><style>p{}</style></p>')
        note = peer.note(1, html)
        equal(tell(posy, peer, peer.activity("Create", 3, note)), 202)
        shown = arrives(note)["content"]
        contains(shown, "good")
        for bad in ("script", "onclick", "javascript:", "onerror", "style", "bad()"):
            lacks(shown, bad)

    @check("nobody publishes, changes or deletes what another one wrote")
    def _():
        note = peer.note(2, "mine")
        tell(posy, peer, peer.activity("Create", 4, note))
        mine = arrives(note)
        other.person("eve")
        changed = {**note, "content": "changed", "updated": "2026-02-01T00:00:00Z"}
        key = "http://d.test/users/eve#main-key"
        peer.show("/users/carl/notes/2", note)
        equal(tell(posy, other, other.activity("Update", 1, changed, "eve"), key_id=key), 202)
        equal(tell(posy, other, other.activity("Delete", 2, note["id"], "eve"), key_id=key), 202)
        forged = {**peer.note(3, "forged"), "attributedTo": "http://c.test/users/carl"}
        equal(tell(posy, other, other.activity("Create", 3, forged, "eve"), key_id=key), 202)
        # The same server's other people may not either.
        peer.person("mia")
        mia = "http://c.test/users/mia#main-key"
        equal(tell(posy, peer, peer.activity("Delete", 4, note["id"], "mia"), key_id=mia), 202)
        equal(tell(posy, peer, peer.activity("Update", 5, changed, "mia"), key_id=mia), 202)
        last = peer.note(4, "last")
        tell(posy, peer, peer.activity("Create", 6, last))
        arrives(last)
        time.sleep(1)  # those of the other server have a lane of their own
        equal(anna.get(f"/api/v1/statuses/{mine['id']}").json["content"], mine["content"])
        equal(anna.sees(forged["id"]), None)

    @check("posts that concern nobody here are not kept")
    def _():
        note = peer.note(5, "to nobody", "mia", to=["https://www.w3.org/ns/activitystreams#Public"])
        equal(tell(posy, peer, peer.activity("Create", 7, note, "mia"), key_id="http://c.test/users/mia#main-key"), 202)
        time.sleep(1)
        equal(anna.get("/api/v1/timelines/public", query={"limit": 40}).text.count(note["id"]), 0)


def addresses(check, peer, other, anna):
    @check("WebFinger that names another domain's account is not believed")
    def _():
        actor = peer.person("liar")
        peer.show("/.well-known/webfinger?resource=acct:liar@c.test", {
            "subject": "acct:anna@a.test",
            "links": [{"rel": "self", "type": "application/activity+json", "href": actor}]}, "application/jrd+json")
        equal(anna.finds(_Handle("liar@c.test")), None)

    @check("documents of another media type, id or server are not believed")
    def _():
        peer.show("/plain", peer.note("x", "plain"), "application/json")
        peer.show("/elsewhere", {**peer.note("y", "e"), "id": "http://d.test/notes/1"})
        for path in ("/plain", "/elsewhere"):
            equal(anna.finds_post(peer.base + path), None)

    @check("an actor's address that leads to another actor makes nobody speak for her")
    def _():
        carl = json.loads(peer.pages["/users/carl"][2])
        other.show("/users/alias", carl)
        other.show("/notes/9", {**other.note(9, "not mine", "alias"), "id": "http://d.test/notes/9"})
        equal(anna.finds_post("http://d.test/notes/9"), None)

    @check("a WebFinger that gives the actor another name is not believed")
    def _():
        actor = peer.person("zed", preferredUsername="carl")
        for name in ("zed", "carl"):
            peer.show(f"/.well-known/webfinger?resource=acct:{name}@c.test", {
                "subject": "acct:zed@c.test",
                "links": [{"rel": "self", "type": "application/activity+json", "href": actor}]}, "application/jrd+json")
        equal(anna.finds(_Handle("zed@c.test")), None)

    @check("no redirect and no name leads to a private address")
    def _():
        for where in ("http://169.254.169.254/latest", "http://10.0.0.1/", "file:///etc/passwd"):
            peer.pages["/away"] = (302, {"Location": where}, b"")
            equal(anna.finds_post(peer.base + "/away"), None)
        begin = time.monotonic()
        equal(anna.finds_post("http://169.254.169.254/latest/meta-data"), None)
        holds(time.monotonic() - begin < 5, "it was tried")

def readers(check, posy, peer, other, anna, carl):
    other.person("eve")

    @check("a post for followers is read by a follower who signs, by nobody else, and not after a block")
    def _():
        tell(posy, peer, peer.activity("Follow", 30, "http://a.test/users/anna"))
        def relation():
            return anna.get("/api/v1/accounts/relationships", query={"id[]": [carl["id"]]}).json[0]
        eventually(lambda: relation()["followed_by"], "he does not follow", SOON)
        path = path_of(anna.publish("among us", visibility="private")["uri"])
        equal(read(posy, peer, path, "carl"), 200, "follower")
        equal(read(posy, other, path, "eve"), 404, "stranger")
        equal(read(posy, peer, path), 404, "unsigned")
        equal(read(posy, peer, path + "/replies", "carl"), 404, "its replies")
        anna.post(f"/api/v1/accounts/{carl['id']}/block")
        equal(read(posy, peer, path, "carl"), 404, "blocked")
        path = path_of(anna.publish("only to you @eve@d.test", visibility="direct")["uri"])
        equal(read(posy, peer, path, "carl"), 404, "not addressed")
        anna.post(f"/api/v1/accounts/{carl['id']}/unblock")


def departed(check, posy, peer, anna):
    @check("nobody is deleted by the key of somebody else who is gone")
    def _():
        peer.pages["/users/left"] = (410, {}, b"")
        farewell = peer.activity("Delete", "farewell", f"{peer.base}/users/carl")
        equal(tell(posy, peer, farewell, key_id=f"{peer.base}/users/left#main-key"), 202)
        time.sleep(1)
        holds(anna.finds(_Handle("carl@c.test")), "he is gone")

    @check("what was undone may be done again under the same id")
    def _():
        follow = peer.activity("Follow", "only-one", "http://a.test/users/anna")
        def accepted():
            return [one for one in peer.got if one["type"] == "Accept"]
        for number in (1, 2):
            time.sleep(1.1)  # else it is the same request, to the second
            equal(tell(posy, peer, follow), 202)
            eventually(lambda wanted=number: len(accepted()) == wanted, f"follow {number} was not accepted", SOON)
            equal(tell(posy, peer, peer.activity("Undo", f"undo-{number}", follow)), 202)
            eventually(lambda: not anna.get(f"/api/v1/accounts/{anna.account['id']}/followers").json,
                       "he follows still", SOON)

    @check("a follow that comes after it was undone is none")
    def _():
        follow = peer.activity("Follow", "late", "http://a.test/users/anna")
        undo = peer.activity("Undo", "early", follow)
        for activity in (undo, follow):
            equal(tell(posy, peer, activity), 202)
        time.sleep(1)
        equal(anna.get(f"/api/v1/accounts/{anna.account['id']}/followers").json, [])

    @check("a change of a post that has not come through brings it")
    def _():
        note = peer.note("edited", "<p>as it is now</p>", published=time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
                         updated=time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()))
        equal(tell(posy, peer, peer.activity("Update", "edited", note)), 202)
        eventually(lambda: anna.sees(note["id"]), "it is not there", SOON)


def gone(check, peer, anna):
    @check("an inbox that is gone is sent nothing more")
    def _():
        def hello(number):
            return anna.publish(f"hello @carl@c.test {number}", visibility="direct")
        def posts():
            return [one["id"] for one in peer.got if one["type"] == "Create"]
        eventually(lambda: peer.got[-1]["type"] == "Undo", "the last block was not undone", SOON)
        peer.answers_with = 410
        before = len(posts())
        hello(1)
        eventually(lambda: len(posts()) > before, "nothing was sent", SOON)
        time.sleep(1)
        hello(2)
        peer.answers_with = 202
        time.sleep(3)
        equal(len(posts()), before + 1)


def authorized(check, peer, other, peers):
    peer.person("carl")  # as he was before the lies about him
    secure = {"POSY_FEDERATION_AUTHORIZED_FETCH": "true"}
    with servers("s.test", "t.test", peers=peers, more=secure) as (posy, second):
        anna, bert = Person(posy, "anna"), Person(second, "bert")

        @check("where fetches are authorized, documents are for those who sign, and whom she blocks gets none")
        def _():
            path = path_of(anna.publish("for all")["uri"])
            for what in (path, "/users/anna", "/users/anna/outbox", "/users/anna/followers"):
                equal(read(posy, peer, what), 401, f"{what} unsigned")
                equal(read(posy, peer, what, "carl"), 200, f"{what} signed")
            equal(read(posy, peer, "/actor"), 200, "the server itself")
            carl = anna.finds(_Handle("carl@c.test"))
            anna.post(f"/api/v1/accounts/{carl['id']}/block")
            for what in (path, "/users/anna", "/users/anna/outbox"):
                equal(read(posy, peer, what, "carl"), 404, f"{what} blocked")

        @check("two servers that authorize fetches understand each other")
        def _():
            there = bert.finds(anna)
            bert.post(f"/api/v1/accounts/{there['id']}/follow")
            eventually(lambda: bert.get("/api/v1/accounts/relationships",
                                        query={"id[]": [there["id"]]}).json[0]["following"], "not accepted", SOON)
            holds(bert.finds_post(anna.publish("look me up", visibility="unlisted")["uri"]), "it was not found")
