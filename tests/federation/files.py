"""Pictures and emoji of other servers are shown and had by way of one's own: no reader is seen by strangers."""

import os
import threading
import time
import urllib.parse

from federation.fediverse import SOON, Person, servers
from federation.peer import Peer, tell
from support.checks import contains, equal, eventually, holds
from support.database import value_of
from support.http import Client
from support.pictures import png

WEBM = b"\x1a\x45\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webm"


def run(check, database_url):
    two_servers(check)
    with Peer("c.test") as peer:
        with servers("a.test", peers={peer.name: peer.port}, database_url=database_url,
                     more={"POSY_MEDIA_CACHE_MIB": "1"}) as (posy,):
            anna = Person(posy, "anna")
            with_a_peer(check, posy, peer, anna)

            @check("the server met no error of its own")
            def _():
                equal(posy.errors(), [])


def path_of(url, name):
    parts = urllib.parse.urlsplit(url)
    equal(parts.netloc, name, "whose address it is")
    return parts.path


def two_servers(check):
    with servers("a.test", "b.test") as (one, two):
        anna, bert = Person(one, "anna"), Person(two, "bert")
        media = bert.upload("a.png", png(9, 9), description="A square").json
        eventually(lambda: bert.get(f"/api/v1/media/{media['id']}", None).status == 200, "the picture was not made",
                   SOON)
        blob = bert.get(f"/api/v1/media/{media['id']}").json["url"].split("/media/")[1]
        value_of(two, "insert into custom_emoji (id, shortcode, blob, static_blob, updated_at) "
                      f"values (1, 'bee', '{blob}', '{blob}', 1) returning id")
        bert.patch("/api/v1/accounts/update_credentials", files=[("avatar", "me.png", "image/png", png(50, 50))],
                   form={"display_name": "Bert :bee:"})
        known = anna.finds(bert)
        anna.post(f"/api/v1/accounts/{known['id']}/follow")
        relation = lambda: anna.get("/api/v1/accounts/relationships", query={"id[]": [known["id"]]}).json[0]
        eventually(lambda: relation()["following"], "the follow was not accepted", SOON)
        post = bert.publish("look :bee:", media_ids=[media["id"]])
        poll = bert.publish("which?", poll={"options": ["a :bee:", "b"], "expires_in": 600})
        there = eventually(lambda: anna.sees(post["uri"]), "the post did not arrive", SOON)
        there_poll = eventually(lambda: anna.sees(poll["uri"]), "the poll did not arrive", SOON)
        anybody = Client(one.port)

        def shown(url):
            answer = anybody.get(path_of(url, "a.test"), 200)
            equal(answer.headers["Content-Type"].split("/")[0], "image")
            return answer.body

        @check("two servers: her avatar is had from one's own server")
        def _():
            avatar = there["account"]["avatar"]
            contains(avatar, "/media_proxy/avatars/")
            equal(shown(avatar), Client(two.port).get(path_of(bert.get("/api/v1/accounts/verify_credentials")
                                                              .json["avatar"], "b.test")).body)

        @check("two servers: so is a picture, and where it comes from is said")
        def _():
            picture = there["media_attachments"][0]
            contains(picture["remote_url"], "http://b.test/media/")
            original = Client(two.port).get(path_of(picture["remote_url"], "b.test")).body
            equal(shown(picture["url"]), original)
            equal(shown(picture["preview_url"]), original)

        @check("two servers: and a custom emoji, in posts, names and polls")
        def _():
            for emojis in (there["emojis"], there["account"]["emojis"], there_poll["poll"]["emojis"],
                           anna.get(f"/api/v1/polls/{there_poll['poll']['id']}").json["emojis"]):
                equal([emoji["shortcode"] for emoji in emojis], ["bee"])
                equal(emojis[0]["visible_in_picker"], False)
                holds(shown(emojis[0]["url"]) and shown(emojis[0]["static_url"]), "no picture")

        @check("two servers: an emoji has a document of its own")
        def _():
            document = Client(two.port).get("/emojis/bee", headers={"Accept": "application/activity+json"}).json
            equal((document["type"], document["name"]), ("Emoji", ":bee:"))
            Client(two.port).get("/emojis/wasp", 404)

        @check("two servers: neither met an error of its own")
        def _():
            equal(one.errors() + two.errors(), [])


def with_a_peer(check, posy, peer, anna):
    anybody = Client(posy.port)

    def ask(path, **options):
        return anybody.get(path, None, **options)

    numbers = iter(range(1, 10_000))
    peer.person("carl", icon={"type": "Image", "url": f"{peer.base}/carl.png"}, name="Carl :cat:",
                tag=[{"type": "Emoji", "name": ":cat:", "icon": {"type": "Image", "url": f"{peer.base}/cat.png"}}])
    carl = anna.finds(_Handle("carl@c.test"))
    anna.post(f"/api/v1/accounts/{carl['id']}/follow")
    eventually(lambda: peer.got, "the Follow was not sent", SOON)
    tell(posy, peer, peer.activity("Accept", 1, peer.got[0]))
    eventually(lambda: anna.get("/api/v1/accounts/relationships", query={"id[]": [carl["id"]]}).json[0]["following"],
               "not accepted", SOON)

    def arrives(text="look", **changes):
        number = next(numbers)
        note = peer.note(f"f{number}", text, published=f"2026-01-02T00:{number:02}:00Z", **changes)
        equal(tell(posy, peer, peer.activity("Create", f"f{number}", note)), 202)
        return eventually(lambda: anna.sees(note["id"]), "it did not arrive", SOON)

    def picture(path, kind="image/png", **changes):
        """The attachment of a new post with this picture, and its path here."""
        post = arrives(attachment=[{"type": "Document", "mediaType": kind, "url": peer.base + path, **changes}])
        shown = post["media_attachments"][0]
        return shown, path_of(shown["url"], "a.test")

    def serve(path, body, kind="image/png", status=200, **headers):
        peer.pages[path] = (status, {"Content-Type": kind, **headers}, body)

    @check("a picture is fetched once, whoever asks and however many at once")
    def _():
        body = png(20, 20)

        def slowly(handler):
            time.sleep(0.5)
            handler.send_response(200)
            handler.send_header("Content-Type", "text/html")  # what it is called does not matter
            handler.send_header("Content-Length", str(len(body)))
            handler.end_headers()
            handler.wfile.write(body)
        peer.pages["/once.png"] = slowly
        _, here = picture("/once.png")
        answers = []
        threads = [threading.Thread(target=lambda: answers.append(ask(here))) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        answers.append(ask(here))
        equal([answer.status for answer in answers], [200] * 9)
        equal({answer.body for answer in answers}, {body})
        equal(peer.asked.count("/once.png"), 1)
        headers = answers[0].headers
        equal((headers["Content-Type"], headers["X-Content-Type-Options"]), ("image/png", "nosniff"))
        contains(headers["Content-Security-Policy"], "default-src 'none'")
        contains(headers["Content-Security-Policy"], "sandbox")
        part = ask(here, headers={"Range": "bytes=1-3"})
        equal((part.status, part.body), (206, b"PNG"))

    @check("avatars and emoji of a peer are shown, and change with her profile")
    def _():
        serve("/carl.png", png(5, 5))
        serve("/cat.png", png(6, 6))
        there = anna.get(f"/api/v1/accounts/{carl['id']}").json
        equal(ask(path_of(there["avatar"], "a.test")).body, png(5, 5))
        equal([emoji["shortcode"] for emoji in there["emojis"]], ["cat"])
        equal(ask(path_of(there["emojis"][0]["url"], "a.test")).body, png(6, 6))
        serve("/new.png", png(7, 7))
        actor = peer.person("carl", icon={"type": "Image", "url": f"{peer.base}/new.png"})
        tell(posy, peer, peer.activity("Update", "new", actor))
        now = lambda: anna.get(f"/api/v1/accounts/{carl['id']}").json["avatar"]
        eventually(lambda: now() != there["avatar"], "the new avatar did not arrive", SOON)
        equal(ask(path_of(now(), "a.test")).body, png(7, 7))

    @check("what is no picture is not served, whatever it is called, and not asked for again")
    def _():
        for path, body in (("/html.png", b"<!doctype html><script>alert(1)</script>"),
                           ("/svg.png", b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'),
                           ("/pdf.png", b"%PDF-1.7"), ("/empty.png", b"")):
            serve(path, body, "image/png")
            _, here = picture(path)
            equal([ask(here).status for _ in range(3)], [404, 404, 404], path)
            equal(peer.asked.count(path), 1, path)
        serve("/film.png", WEBM + b"\0" * 100, "image/png")
        peer.person("carl", icon={"type": "Image", "url": f"{peer.base}/film.png"})
        equal(tell(posy, peer, peer.activity("Update", "film", f"{peer.base}/users/carl")), 202)
        eventually(lambda: "/film.png" in value_of(posy, "select avatar_url from remote_account"), "no update", SOON)
        avatar = anna.get(f"/api/v1/accounts/{carl['id']}").json["avatar"]
        equal(ask(path_of(avatar, "a.test")).status, 404, "a film as avatar")

    @check("bodies without end and sizes that are not true are given up")
    def _():
        sent = []

        def endless(handler):
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n" + png(3, 3))
            try:
                while len(sent) < 1000:
                    sent.append(handler.wfile.write(b"\0" * 65536))
            except OSError:
                pass
        peer.pages["/endless.png"] = endless

        def huge(handler):
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 99999999999\r\n\r\n")
            handler.wfile.write(png(3, 3))

        def short(handler):
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 400000\r\n\r\n")
            handler.wfile.write(png(3, 3))

        def evil(handler):
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\0; \xff<script>\r\n"
                                b"Content-Length: 3\r\n\r\nabc")
        peer.pages.update({"/huge.png": huge, "/short.png": short, "/evil.png": evil})
        for path, status in (("/endless.png", 404), ("/huge.png", 404), ("/short.png", 503), ("/evil.png", 404)):
            begin = time.monotonic()
            _, here = picture(path)
            equal(ask(here).status, status, path)
            holds(time.monotonic() - begin < 15, f"{path} took too long")
        holds(len(sent) < 200, "it was read to the end")

    @check("no redirect and no address leads where it must not")
    def _():
        for where in ("http://169.254.169.254/latest", "http://10.0.0.1/a.png", "file:///etc/passwd",
                      "http://c.test/away.png"):
            serve("/away.png", b"", status=302, Location=where)
            _, here = picture(f"/away.png?{where}")
            peer.pages[f"/away.png?{where}"] = peer.pages["/away.png"]
            equal(ask(here).status, 404, where)
        for url in ("http://169.254.169.254/a.png", "http://a.test/assets/avatar.png"):
            post = arrives(attachment=[{"type": "Document", "mediaType": "image/png", "url": url}])
            equal(ask(path_of(post["media_attachments"][0]["url"], "a.test")).status, 404, url)

    @check("nobody chooses an address or counts through other people's files")
    def _():
        serve("/mine.png", png(4, 4))
        shown, here = picture("/mine.png")
        start = here.rsplit("/", 1)[0]
        for path in (f"{start}/{'0' * 24}", f"{start}/", f"/media_proxy/small/{shown['id']}/{here.rsplit('/', 1)[1]}",
                     "/media_proxy/original/999/x", "/media_proxy/other/1/x", "/media_proxy/avatars/-1/x",
                     f"/media_proxy/original/{urllib.parse.quote(peer.base + '/mine.png', '')}/x"):
            equal(ask(path).status, 404, path)
        equal(peer.asked.count("/mine.png"), 0)
        equal(ask(here).status, 200)

    @check("a deleted post takes its picture with it")
    def _():
        serve("/gone.png", png(4, 5))
        post = arrives(attachment=[{"type": "Document", "mediaType": "image/png", "url": f"{peer.base}/gone.png"}])
        here = path_of(post["media_attachments"][0]["url"], "a.test")
        equal(ask(here).status, 200)
        tell(posy, peer, peer.activity("Delete", "gone", {"id": post["uri"], "type": "Tombstone"}))
        eventually(lambda: ask(here).status == 404, "it is still served", SOON)

    @check("a recording that is too large stays where it is; a small one is copied")
    def _():
        serve("/long.webm", WEBM + b"\0" * 700_000, "video/webm")
        shown, here = picture("/long.webm", "video/webm")
        equal((shown["type"], shown["preview_url"]), ("video", None))
        answer = ask(here)
        equal((answer.status, answer.headers["Location"]), (302, f"{peer.base}/long.webm"))
        equal(answer.headers["Referrer-Policy"], "no-referrer")
        serve("/still.png", png(8, 9))
        serve("/brief.webm", WEBM + b"\0" * 1000, "video/webm")
        shown, here = picture("/brief.webm", "video/webm", icon={"type": "Image", "url": f"{peer.base}/still.png"})
        answer = ask(here)
        equal((answer.status, answer.headers["Content-Type"]), (200, "video/webm"))
        equal(len(answer.body), len(WEBM) + 1000)
        equal(ask(path_of(shown["preview_url"], "a.test")).body, png(8, 9))

    @check("the copies keep within their bound, and what had to go is fetched again")
    def _():
        here = []
        for number in range(12):
            body = png(3, 3) + os.urandom(200_000)
            serve(f"/large{number}.png", body)
            _, path = picture(f"/large{number}.png")
            equal(ask(path).body, body)
            here.append(path)
            holds(stored(posy) <= 1 << 20, f"{stored(posy)} bytes are stored")
        holds(int(value_of(posy, "select bytes from remote_file_total")) <= 1 << 20, "the count is above the bound")
        equal(ask(here[0]).status, 200)
        equal(peer.asked.count("/large0.png"), 2)
        equal(ask(here[11]).status, 200)
        equal(peer.asked.count("/large11.png"), 1)


def stored(posy):
    folder = os.path.join(posy.data, "media", "remote")
    return sum(os.path.getsize(os.path.join(where, name)) for where, _, names in os.walk(folder) for name in names)


class _Handle:
    def __init__(self, handle):
        self.handle = handle
