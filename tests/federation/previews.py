"""Pages that posts link to, and people whom a post names for the first time."""

import time

from federation.fediverse import SOON, Person, servers
from federation.peer import Peer
from support.checks import contains, equal, eventually, holds
from support.database import value_of
from support.http import Client
from support.pictures import png

HTML = "text/html; charset=windows-1252"


def run(check, database_url):
    with Peer("c.test") as peer:
        peers = {peer.name: peer.port, "inside.test": peer.port}
        with servers("a.test", "b.test", peers=peers, database_url=database_url) as (posy, other):
            anna, bert = Person(posy, "anna"), Person(other, "bert")
            strangers(check, anna, bert, peer)
            previews(check, posy, anna, peer)

            @check("no server met an error of its own")
            def _():
                equal(posy.errors() + other.errors(), [])


def strangers(check, anna, bert, peer):
    @check("whom she names and nobody here knows is asked for, and hears of it")
    def _():
        post = anna.publish(f"hello @{bert.handle} and @nobody@nowhere.test")
        equal([one["acct"] for one in post["mentions"]], [bert.handle])
        eventually(lambda: [one for one in bert.told("mention") if one["status"]["uri"] == post["uri"]],
                   "he was not told", SOON)

    @check("a server that does not answer holds up no post")
    def _():
        def hang(_):
            time.sleep(8)
        path = "/.well-known/webfinger?resource=acct:slow@c.test"
        peer.pages[path] = hang
        start = time.monotonic()
        post = anna.publish("hello @slow@c.test")
        took = time.monotonic() - start
        holds(3 < took < 7, f"took {took:.1f} s")
        equal(post["mentions"], [])
        contains(post["content"], "@slow")


def previews(check, posy, anna, peer):
    def page(path, html, media_type=HTML):
        body = html if isinstance(html, bytes) else html.encode("windows-1252")
        peer.pages[path] = (200, {"Content-Type": media_type}, body)
        return peer.base + path

    def card(post):
        return anna.get(f"/api/v1/statuses/{post['id']}").json["card"]

    def shown(url):
        post = anna.publish(f"look: {url}")
        return eventually(lambda: card(post), "there is no card", SOON)

    @check("a post with a link shows what the page says of itself")
    def _():
        peer.pages["/a.png"] = (200, {"Content-Type": "image/png"}, png(40, 20))
        handle = anna.handle
        anna.patch("/api/v1/accounts/update_credentials", json_body={"attribution_domains": ["c.test"]})
        url = page("/news", f'''<html lang="de"><title>no</title><meta property="og:title" content="Caf\xe9 &amp; so">
            <meta name="description" content="What happened"><meta property="og:site_name" content="The Paper">
            <meta property="og:image" content="/a.png"><meta property="og:image:alt" content="A square">
            <meta name="author" content="A. Author"><meta name="fediverse:creator" content="@{handle}">''')
        found = shown(url)
        equal((found["url"], found["title"], found["description"]), (url, "Caf\xe9 & so", "What happened"))
        equal((found["provider_name"], found["language"], found["type"]), ("The Paper", "de", "link"))
        equal((found["image_description"], found["width"], found["height"]), ("A square", 40, 20))
        holds(found["blurhash"], "no blurhash")
        contains(found["image"], "http://a.test/media/")
        anna.get(found["image"].split(".test")[1], 200)
        equal([(one["name"], one["account"]["acct"]) for one in found["authors"]], [("A. Author", "anna")])

    @check("a page that is read again keeps its picture when that cannot be had now")
    def _():
        peer.pages["/kept.png"] = (200, {"Content-Type": "image/png"}, png(30, 10))
        html = '<title>{}</title><meta property="og:image" content="/kept.png">'
        url = page("/kept", html.format("First"))
        before = shown(url)
        peer.pages["/kept.png"] = (503, {}, b"")
        page("/kept", html.format("Second"))
        value_of(posy, f"update link_preview set fetched_at = 1 where link = '{url}'")
        post = anna.publish(f"again: {url}")
        eventually(lambda: (card(post) or {}).get("title") == "Second", "it was not read again", SOON)
        after = card(post)
        equal((after["image"], after["width"], after["blurhash"]), (before["image"], 30, before["blurhash"]))
        equal(Client(posy.port).get(after["image"].removeprefix("http://a.test")).status, 200)

    @check("nobody is named as author by a site that she does not know")
    def _():
        anna.patch("/api/v1/accounts/update_credentials", json_body={"attribution_domains": ["other.test"]})
        url = page("/claim", f'<title>claim</title><meta name="fediverse:creator" content="@{anna.handle}">')
        equal(shown(url)["authors"], [])

    @check("a page is fetched once, however many posts lead there")
    def _():
        page("/once", "<title>once</title>")
        first = shown(peer.base + "/once")
        del peer.pages["/once"]
        again = anna.publish(f"and again {peer.base}/once#part")
        equal(again["card"], first)

    @check("an endless page is read as far as it goes, and a hostile one does no harm")
    def _():
        equal(shown(page("/long", "<title>long</title>" + "<p>x" * 1_000_000))["title"], "long")
        equal(shown(page("/deep", "<title>deep</title>" + "<div>" * 150_000))["title"], "deep")
        metas = '<meta property="og:image:alt" content="x">' * 20_000
        equal(shown(page("/metas", "<title>metas</title>" + metas))["title"], "metas")
        found = shown(page("/script", '<title>&lt;script&gt;</title><link rel="canonical" href="javascript:alert(1)">'
                                      '<meta property="og:image" content="javascript:alert(2)">'))
        equal((found["title"], found["url"], found["image"]), ("<script>", peer.base + "/script", None))
        found = shown(page("/lent", '<title>lent</title><link rel="canonical" href="http://bank.test/">'))
        equal(found["url"], peer.base + "/lent")

    @check("pictures and redirects lead to no address that is not public, and what is no page is none")
    def _():
        image = '<meta property="og:image" content="http://10.0.0.1/a.png">'
        found = shown(page("/inside", "<title>inside</title>" + image))
        equal(found["image"], None)
        found = shown(page("/bomb", '<title>bomb</title><meta property="og:image" content="/bomb.png">'))
        equal(found["image"], None)
        posts = []
        for path, target in (("/there", "http://10.0.0.1/"), ("/round", "/round"), ("/us", "http://a.test/@anna"),
                             ("/file", "file:///etc/passwd")):
            peer.pages[path] = (302, {"Location": target}, b"")
            posts.append(anna.publish(f"to {peer.base}{path}"))
        posts.append(anna.publish("to " + page("/json", "{}", "application/json")))
        posts.append(anna.publish("to " + page("/svg", "<svg><title>x</title></svg>", "image/svg+xml")))
        posts.append(anna.publish("to http://10.0.0.1/"))
        last = shown(page("/last", "<title>last</title>"))
        equal(last["title"], "last")
        time.sleep(6)
        equal([card(post) for post in posts], [None] * len(posts))
