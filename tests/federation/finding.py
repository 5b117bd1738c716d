"""What comes late, what is asked for by another name, and articles with pictures: with peers that mean well and with
some that do not."""

import json
import time

from federation.fediverse import SOON, Person, servers
from federation.peer import Key, Peer, tell
from support.checks import contains, equal, eventually, holds, lacks
from support.database import value_of
from support.http import Client
from support.pictures import png

HTML = "text/html; charset=utf-8"
ANNA = "http://a.test/users/anna"


def run(check, database_url):
    with Peer("p.test") as peer, Peer("q.test") as other:
        peers = {peer.name: peer.port, other.name: other.port}
        with servers("a.test", peers=peers, database_url=database_url) as (one,):
            anna = Person(one, "anna")
            late_parents(check, one, anna, peer)
            names(check, anna, peer, other)
            pages(check, anna, peer, other)
            articles(check, one, anna, peer)
            collections(check, one, anna, peer)
            discovery(check, one)
            acts(check, one, anna, peer)

            @check("no server met an error of its own")
            def _():
                equal(one.errors(), [])


def soon(claim, otherwise):
    return eventually(claim, otherwise, SOON)


def search(person, text, kind):
    return person.get("/api/v2/search", query={"q": text, "resolve": "true", "type": kind}).json[kind]


def late_parents(check, posy, anna, peer):
    mention = [{"type": "Mention", "href": ANNA, "name": f"@{anna.handle}"}]

    def sends(note):
        equal(tell(posy, peer, peer.activity("Create", f"c{note['id'].rsplit('/', 1)[1]}", note, to=note["to"])), 202)

    def mentions():
        return [note["status"] for note in anna.get("/api/v1/notifications", query={"types[]": ["mention"]}).json]

    def answer(number, above, **changes):
        return peer.note(number, f"answer {number}", inReplyTo=f"{peer.base}/users/carl/notes/{above}", tag=mention,
                         **changes)

    def named(uri):
        return next((status for status in mentions() if status["uri"] == uri), None)

    @check("an answer whose parent cannot be had stands alone, and finds its place when the parent is sent")
    def _():
        late = answer("late", "root", cc=[ANNA])
        sends(late)
        alone = soon(lambda: named(late["id"]), "the answer did not arrive")
        equal(alone["in_reply_to_id"], None)
        mine = anna.publish("what I think", in_reply_to_id=alone["id"])
        root = peer.note("root", "the root")
        sends(root)  # nobody here follows its author: it is wanted as the answer waits for it

        def placed():
            now = anna.get(f"/api/v1/statuses/{alone['id']}").json
            return now if now["in_reply_to_id"] else None
        now = soon(placed, "the answer did not find its place")
        parent = anna.get(f"/api/v1/statuses/{now['in_reply_to_id']}").json
        equal((parent["uri"], parent["replies_count"]), (root["id"], 1))
        equal(now["in_reply_to_account_id"], parent["account"]["id"])
        context = anna.get(f"/api/v1/statuses/{parent['id']}/context").json
        equal([post["uri"] for post in context["descendants"]], [late["id"], mine["uri"]])
        above = anna.get(f"/api/v1/statuses/{mine['id']}/context").json["ancestors"]
        equal([post["uri"] for post in above], [root["id"], late["id"]])

    @check("an answer finds its place when somebody looks its parent up")
    def _():
        late = answer("late2", "root2", cc=[ANNA])
        sends(late)
        alone = soon(lambda: named(late["id"]), "the answer did not arrive")
        peer.show("/users/carl/notes/root2", peer.note("root2", "another root"))
        found = anna.finds_post(f"{peer.base}/users/carl/notes/root2")
        equal(found["replies_count"], 1)
        equal(anna.get(f"/api/v1/statuses/{alone['id']}").json["in_reply_to_id"], found["id"])

    @check("the parent is asked for again when somebody opens the thread")
    def _():
        late = answer("late3", "root3", cc=[ANNA])
        sends(late)
        alone = soon(lambda: named(late["id"]), "the answer did not arrive")
        peer.show("/users/carl/notes/root3", peer.note("root3", "a third root"))

        def above():
            return anna.get(f"/api/v1/statuses/{alone['id']}/context").json["ancestors"]
        soon(lambda: [post["uri"] for post in above()] == [f"{peer.base}/users/carl/notes/root3"], "it stands alone")

    @check("what comes for nobody here is not kept because it says that it answers something")
    def _():
        stray = peer.note("stray", "nobody asked", inReplyTo=f"{peer.base}/users/carl/notes/nowhere")
        sends(stray)
        sends(peer.note("nowhere", "nobody asked either"))
        time.sleep(1)
        peer.pages.pop("/users/carl/notes/stray", None)
        equal(search(anna, stray["id"], "statuses"), [])


def webfinger(peer, asked, subject, actor):
    peer.show(f"/.well-known/webfinger?resource=acct:{asked}", {
        "subject": f"acct:{subject}",
        "links": [{"rel": "self", "type": "application/activity+json", "href": actor}]}, "application/jrd+json")


def names(check, anna, peer, other):
    @check("somebody whose domain is not her host is found by both, with both servers agreeing")
    def _():
        dora = peer.person("dora")
        webfinger(peer, "dora@p.test", "dora@q.test", dora)
        webfinger(other, "dora@q.test", "dora@q.test", dora)
        for handle in ("@dora@p.test", "@dora@q.test", "dora@p.test", "@Dora@P.test"):
            equal((handle, [one["acct"] for one in search(anna, handle, "accounts")]), (handle, ["dora@q.test"]))
        equal(anna.get("/api/v1/accounts/lookup", query={"acct": "dora@p.test"}).json["acct"], "dora@q.test")
        post = anna.publish("hello @dora@p.test")
        equal([mention["acct"] for mention in post["mentions"]], ["dora@q.test"])

    @check("a domain that does not say so itself is nobody's")
    def _():
        emil = peer.person("emil")
        webfinger(peer, "emil@p.test", "emil@q.test", emil)
        equal(search(anna, "@emil@p.test", "accounts"), [])
        equal(search(anna, "@emil@q.test", "accounts"), [])

    @check("another server's WebFinger gives nobody a name of its own")
    def _():
        fay = peer.person("fay")
        webfinger(other, "fay@q.test", "fay@q.test", fay)
        equal(search(anna, "@fay@q.test", "accounts"), [])
        equal([one["acct"] for one in search(anna, "@fay@p.test", "accounts")], ["fay@p.test"])


def pages(check, anna, peer, other):
    def page(path, head, media_type=HTML):
        text = f"<!doctype html><html><head><title>a</title>{head}</head><body>hello</body></html>"
        peer.pages[path] = (200, {"Content-Type": media_type}, text.encode())

    def link(href, kind="application/activity+json"):
        return f'<link rel="alternate" type="{kind}" href="{href}">'

    def posts(path):
        return [post["uri"] for post in search(anna, peer.base + path, "statuses")]

    note = peer.note("page", "with a page")
    peer.show("/users/carl/notes/page", note)

    @check("a post is found by its page: one that answers with the document, and one that names it")
    def _():
        peer.show("/@carl/1", note)
        equal(posts("/@carl/1"), [note["id"]])
        page("/blog/1", link("/users/carl/notes/page"))
        equal(posts("/blog/1"), [note["id"]])
        peer.show("/@carl", json.loads(peer.pages["/users/carl"][2]))
        equal([one["acct"] for one in search(anna, f"{peer.base}/@carl", "accounts")], ["carl@p.test"])

    @check("what was found by its page is known by it, also when its server is away")
    def _():
        peer.pages.pop("/blog/1")
        equal(posts("/blog/1"), [note["id"]])
        asked = len(peer.asked)
        equal(posts("/blog/1"), [note["id"]])
        equal(len(peer.asked), asked)

    @check("a page speaks for no document of another server")
    def _():
        eve = other.person("eve")
        theirs = other.note("1", "theirs", "eve")
        other.show("/users/eve/notes/1", theirs)
        page("/foreign", link(theirs["id"]))
        equal(posts("/foreign"), [theirs["id"]])  # what it is told by its own server
        forged = {**theirs, "content": "forged"}
        peer.show("/forged", forged)
        equal(posts("/forged"), [theirs["id"]])
        lacks(anna.finds_post(theirs["id"])["content"], "forged")
        holds(eve, "")

    @check("pages that lead nowhere, to themselves or home, and what is no page, find nothing")
    def _():
        page("/self", link("/self"))
        page("/home", link("http://a.test/users/anna"))
        page("/inside", link("http://127.0.0.1:1/x"))
        page("/script", link("javascript:alert(1)"))
        page("/plain", link("/users/carl/notes/page"), "text/plain")
        page("/rss", link("/users/carl/notes/page", "application/rss+xml"))
        page("/late", "</head><body>" + link("/users/carl/notes/page"))
        for path in ("/self", "/home", "/inside", "/script", "/plain", "/rss", "/late", "/nothing"):
            equal((path, posts(path)), (path, []))
        holds(peer.asked.count("/self") <= 3, "it went round in a circle")
        peer.pages["/huge"] = (200, {"Content-Type": HTML}, b"<p>" * 700_000)
        equal(posts("/huge"), [])


def articles(check, posy, anna, peer):
    @check("an article is shown with its pictures, from here, with their descriptions and without its pixels")
    def _():
        asked = []
        for name in ("bee", "hive"):
            peer.pages[f"/{name}.png"] = (200, {"Content-Type": "image/png"}, png(8, 8))
        content = (f'<p>Bees</p><figure><img src="{peer.base}/bee.png" alt="A bee" width="640" height="480" '
                   f'onerror="x()"><figcaption>Hers</figcaption></figure>'
                   f'<img src="{peer.base}/count.gif" width="1" height="1"><p>Hives</p><img src="{peer.base}/hive.png">')
        article = {**peer.note("bees", content), "type": "Article", "name": "On bees"}
        peer.show("/users/carl/notes/bees", article)
        found = anna.finds_post(article["id"])
        whole = anna.get(f"/api/v1/statuses/{found['id']}").json
        for html in (found["content"], whole["essay_content"]):
            lacks(html, peer.base)
            lacks(html, "count.gif")
            contains(html, 'alt="A bee" width="640" height="480" loading="lazy"')
            equal(html.count("<img "), 2)
        equal([file["description"] for file in whole["media_attachments"]], ["A bee", None])
        for file in whole["media_attachments"]:
            contains(whole["essay_content"], f'<img src="{file["url"]}"')
            asked.append(anna.get(file["url"].split(".test", 1)[1]).headers["Content-Type"])
        equal(asked, ["image/png", "image/png"])
        holds("/count.gif" not in peer.asked, "the pixel was fetched")

    @check("more pictures than anybody looks at become links")
    def _():
        content = "".join(f'<img src="{peer.base}/{i}.png" alt="no {i}">' for i in range(60))
        article = {**peer.note("many", content), "type": "Article", "name": "Many"}
        peer.show("/users/carl/notes/many", article)
        found = anna.finds_post(article["id"])
        equal((found["content"].count("<img "), found["content"].count("<a ")), (32, 28))

    @check("pictures in a note stay links")
    def _():
        peer.show("/users/carl/notes/short", peer.note("short", f'<p>see <img src="{peer.base}/bee.png" alt="a bee"></p>'))
        found = anna.finds_post(f"{peer.base}/users/carl/notes/short")
        lacks(found["content"], "<img")
        contains(found["content"], f'href="{peer.base}/bee.png"')


def collections(check, posy, anna, peer):
    anybody = Client(posy.port)

    def document(path):
        return anybody.get(path, headers={"Accept": "application/activity+json"}).json

    def walk(path):
        """The items of all pages, and how many pages there were."""
        page, items, pages = document(path)["first"], [], 0
        while page:
            page = document(page.split(".test", 1)[1])
            items += page.get("orderedItems", page.get("items", []))
            page, pages = page.get("next"), pages + 1
        return items, pages

    def tells(activity):
        equal(tell(posy, peer, activity), 202)

    @check("who follows her is a collection in pages, which she can hide")
    def _():
        carl = f"{peer.base}/users/carl"
        tells(peer.activity("Follow", "f1", ANNA))
        friends = [Person(posy, f"friend{i}") for i in range(51)]
        for friend in friends:
            friend.post(f"/api/v1/accounts/{anna.account['id']}/follow")
        soon(lambda: document("/users/anna/followers")["totalItems"] == 52, "not all follow")
        items, pages = walk("/users/anna/followers")
        equal((len(set(items)), pages, carl in items, "http://a.test/users/friend7" in items), (52, 2, True, True))
        equal(walk("/users/friend7/following"), ([ANNA], 1))
        anna.patch("/api/v1/accounts/update_credentials", form={"hide_collections": "true"})
        soon(lambda: "first" not in document("/users/anna/followers"), "they are still shown")
        anybody.get("/users/anna/followers?before=9223372036854775807", 404, headers={"Accept": "application/activity+json"})
        anybody.get("/users/anna/followers?before=x", 400, headers={"Accept": "application/activity+json"})

    @check("the boosts of a post that everybody may see are a collection in pages")
    def _():
        mine = anna.publish("boost me")
        tells(peer.activity("Announce", "b1", mine["uri"], to=["https://www.w3.org/ns/activitystreams#Public"]))
        friend, quiet = Person(posy, "booster"), Person(posy, "quiet")
        boost = friend.act(mine, "reblog")
        quiet.act(mine, "reblog", form={"visibility": "private"})
        path = mine["uri"].split(".test", 1)[1] + "/shares"
        soon(lambda: document(path)["totalItems"] == 3, "not all boosts arrived")
        items, pages = walk(path)
        equal((sorted(items), pages), (sorted([boost["uri"], f"{peer.base}/users/carl/acts/b1"]), 1))


def discovery(check, posy):
    anybody = Client(posy.port)

    @check("host-meta leads to WebFinger")
    def _():
        answer = anybody.get("/.well-known/host-meta")
        contains(answer.text, 'template="http://a.test/.well-known/webfinger?resource={uri}"')
        contains(answer.headers["Content-Type"], "application/xrd+xml")

    @check("NodeInfo 2.0 and 2.1 say the same, and are kept")
    def _():
        links = {one["rel"].rsplit("/", 1)[1]: one["href"] for one in anybody.get("/.well-known/nodeinfo").json["links"]}
        equal(sorted(links), ["2.0", "2.1"])
        shown = []
        for version, href in links.items():
            for _ in range(2):
                answer = anybody.get(href.split(".test", 1)[1])
                contains(answer.headers["Content-Type"], f"ns/schema/{version}#")
                equal((answer.json["version"], answer.json["protocols"]), (version, ["activitypub"]))
                shown.append({**answer.json, "version": None})
        holds(all(one == shown[0] for one in shown), "they differ")
        anybody.get("/nodeinfo/1.0", 404)


def acts(check, posy, anna, peer):
    @check("a reaction with an emoji is a favourite, and can be taken back")
    def _():
        mine = anna.publish("react to me")
        reaction = peer.activity("EmojiReact", "e1", mine["uri"], content="\U0001f41d")
        equal(tell(posy, peer, reaction), 202)

        def favourites():
            return anna.get(f"/api/v1/statuses/{mine['id']}").json["favourites_count"]
        soon(lambda: favourites() == 1, "the reaction did not arrive")
        equal(tell(posy, peer, peer.activity("Undo", "e2", reaction)), 202)
        soon(lambda: favourites() == 0, "it was not taken back")

    @check("a new key of somebody known is fetched once, and wrong signatures cost nothing more")
    def _():
        vera = f"{peer.base}/users/vera"
        peer.person("vera")
        number = [0]

        def says(signer):
            kept, peer.key = peer.key, signer
            number[0] += 1
            like = peer.activity("Like", f"v{number[0]}", "http://a.test/users/anna/statuses/1", author="vera")
            status = tell(posy, peer, like, key_id=f"{vera}#main-key")
            peer.key = kept
            return status

        def asked():
            return peer.asked.count("/users/vera")
        equal(says(peer.key), 202)
        before = asked()
        value_of(posy, "update remote_account set fetched_at = 0 where account in "
                       "(select id from account where username = 'vera') returning 1")
        stranger, old, new = Key(), peer.key, Key()
        peer.key = new
        peer.person("vera")
        peer.key = old
        equal((says(new), asked() - before), (202, 1))
        equal([says(stranger) for _ in range(4)], [401] * 4)
        equal(says(old), 401)
        equal(asked() - before, 1)

    @check("a server that takes only one form of signatures is asked in that one, and remembered")
    def _():
        def guarded(path, document, wants):
            def answer(handler):
                signed_so = [form for form, header in (("new", "Signature-Input"), ("old", "Signature"))
                             if header in handler.headers][:1]
                body = json.dumps(document).encode()
                handler.send_response(200 if signed_so == [wants] else 401)
                handler.send_header("Content-Type", "application/activity+json")
                handler.send_header("Content-Length", str(len(body)))
                handler.end_headers()
                handler.wfile.write(body)
            peer.pages[path] = answer
        for number, (wants, requests) in enumerate((("new", 2), ("new", 1), ("old", 2), ("old", 1), ("neither", 2))):
            path = f"/users/carl/notes/guarded{number}"
            guarded(path, peer.note(f"guarded{number}", "only for who signs"), wants)
            found = anna.finds_post(peer.base + path)
            equal((wants, bool(found)), (wants, wants != "neither"))
            # A post that was asked for by its id is fetched to be looked at, and again to be kept.
            equal((wants, peer.asked.count(path)), (wants, requests if wants == "neither" else requests + 1))
