"""Stored files as browsers and caches get them, and what must not be reached through them."""

import re

from support import pictures
from support.checks import contains, equal, holds, lacks, none_of
from support.database import person
from support.http import Client, raw, status_of


def run(check, databases):
    with databases.server() as posy:
        anna = person(posy, "anna")
        media = anna.upload("a.jpg", pictures.photo(), "image/jpeg").json
        path = media["url"].removeprefix(posy.base)
        client = Client(posy.port)
        whole = client.get(path).body
        caching(check, client, path, whole)
        ranges(check, client, path, whole)
        safety(check, posy, client, path)
        escape(check, posy, client)
        assets(check, posy, client, anna)


def caching(check, client, path, whole):
    @check("a file is kept for ever, and asked for again with its tag costs nothing")
    def _():
        answer = client.get(path)
        contains(answer.headers["Cache-Control"], "immutable")
        tag = answer.headers["ETag"]
        for sent in (tag, f'"x", {tag}', "*", "W/" + tag):
            again = client.get(path, 304, headers={"If-None-Match": sent})
            equal((again.body, again.headers["ETag"]), (b"", tag), sent)
        client.get(path, 200, headers={"If-None-Match": '"another"'})

    @check("HEAD tells the size and sends nothing")
    def _():
        answer = client.request("HEAD", path, 200)
        equal((answer.headers["Content-Length"], answer.body), (str(len(whole)), b""))


def ranges(check, client, path, whole):
    size = len(whole)

    @check("parts are served as asked (RFC 9110, section 14)")
    def _():
        wrong = []
        for asked, part in {"bytes=0-0": whole[:1], "bytes=10-19": whole[10:20], "bytes=-5": whole[-5:],
                            f"bytes={size - 1}-": whole[-1:], f"bytes=0-{size * 2}": whole,
                            f"bytes=-{size * 2}": whole}.items():
            answer = client.get(path, None, headers={"Range": asked})
            if answer.status != 206 or answer.body != part:
                wrong.append(f"{asked}: {answer.status}, {len(answer.body)} bytes")
        none_of(wrong)

    @check("a part behind the end is 416 with the size")
    def _():
        for asked in (f"bytes={size}-", f"bytes={size * 9}-", "bytes=-0"):
            answer = client.get(path, None, headers={"Range": asked})
            equal((answer.status, answer.headers.get("Content-Range")), (416, f"bytes */{size}"), asked)

    @check("nonsense is ignored, and many parts do not multiply the answer")
    def _():
        for asked in ("bytes=5-2", "bytes=a-b", "lines=1-2", "bytes=", "bytes=--1", "bytes",
                      "bytes=99999999999999999999-"):
            contains((200, 416), client.get(path, None, headers={"Range": asked}).status)
        many = "bytes=" + ",".join("0-" for _ in range(500))
        answer = client.get(path, None, headers={"Range": many})
        holds(len(answer.body) <= size * 2, f"{len(answer.body)} bytes for a file of {size}")

    @check("a part of another version is sent whole (If-Range)")
    def _():
        tag = client.get(path).headers["ETag"]
        equal(client.get(path, None, headers={"Range": "bytes=0-3", "If-Range": tag}).status, 206)
        equal(client.get(path, None, headers={"Range": "bytes=0-3", "If-Range": '"old"'}).body, whole)


def safety(check, posy, client, path):
    @check("a file may do nothing in a browser")
    def _():
        answer = client.get(path)
        equal(answer.headers["X-Content-Type-Options"], "nosniff")
        for part in ("default-src 'none'", "sandbox"):
            contains(answer.headers["Content-Security-Policy"], part)
        equal(answer.headers["Access-Control-Allow-Origin"], "*")

    @check("only files that exist are there, by their whole name")
    def _():
        client.get(path + "x", 404)
        client.get(path[:-1], 404)
        client.get(path.rsplit("/", 1)[0] + "/", 404)
        client.get("/media/", 404)
        client.get("/media/incoming", 404)

    @check("a file is changed or removed by nobody")
    def _():
        for method in ("PUT", "DELETE", "POST", "PATCH"):
            answer = client.request(method, path)
            equal(answer.status, 405)
            contains(answer.headers["Allow"], "GET")


def escape(check, posy, client):
    secrets = (b"root:", b"SQLite format", b"[log]")
    ways = ["/media/../posy.db", "/media/..%2fposy.db", "/media/%2e%2e/posy.db", "/media/..%5cposy.db",
            "/media//etc/passwd", "/media/%2fetc/passwd", "/media/....//posy.db", "/media/.%2e/posy.db",
            "/media/%252e%252e/posy.db", "/media/incoming/../../posy.db", "/media/x/../../../../etc/passwd",
            "/media/..;/posy.db", "/media/%c0%ae%c0%ae/posy.db", "/media/\\..\\posy.db", "/media/posy.db%00.jpg",
            "/assets/../../../etc/passwd", "/assets/..%2f..%2fetc%2fpasswd", "/assets//etc/passwd", "/media/.",
            "/media/..", "/assets/%2e%2e", "/media/" + "a" * 7000]

    @check("no path leads out of the folder of files")
    def _():
        wrong = []
        for way in ways:
            asked = f"GET {way} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            received = raw(posy.port, asked.encode(), 10)
            if status_of(received) not in (400, 404) or any(secret in received for secret in secrets):
                wrong.append(f"{way}: {received[:80]}")
        none_of(wrong)


def assets(check, posy, client, anna):
    @check("the style sheet is kept for ever under the name that pages use")
    def _():
        page = client.get("/about").text
        address = re.search(r'href="(/assets/posy\.css\?v=[^"]+)"', page)[1]
        answer = client.get(address)
        contains(answer.headers["Cache-Control"], "immutable")
        contains(answer.headers["Content-Type"], "text/css")
        lacks(client.get("/assets/posy.css").headers["Cache-Control"], "immutable")

    @check("pictures for those who have none are there")
    def _():
        me = anna.get("/api/v1/accounts/verify_credentials").json
        for name in ("avatar", "avatar_static", "header", "header_static"):
            holds(client.get(me[name].removeprefix(posy.base)).headers["Content-Type"].startswith("image/"), name)
        holds(client.get("/assets/posy.svg").headers["Content-Type"].startswith("image/svg"), "the icon")
        equal(client.get("/favicon.ico", None).status, 302)
        client.get("/robots.txt")
