"""Requests that no client would send, as bytes. After each group the same process must still be well."""

import os
import re
import socket
import threading
import time

from support.checks import contains, equal, holds, lacks, none_of
from support.database import person
from support.http import Client, raw, read_all, status_of

HOST = b"Host: localhost\r\n"
CLOSE = b"Connection: close\r\n"


def run(check, databases):
    with databases.server() as posy:
        anna = person(posy, "anna")
        for group in (malformed, limits, slow, many, methods, rates):
            group(check, posy, anna)

            @check(f"the same process is well after: {group.__name__}")
            def _():
                equal(posy.process.poll(), None)
                Client(posy.port).get("/health")
                equal(posy.errors(), [])

        @check("nothing was kept of all this")
        def _():
            folder = os.path.join(posy.data, "media", "incoming")
            equal(os.listdir(folder), [])
            lacks(posy.output(), "AddressSanitizer")


def get(path=b"/api/v1/instance", lines=b"", body=b""):
    return b"GET " + path + b" HTTP/1.1\r\n" + HOST + lines + CLOSE + b"\r\n" + body


def post(anna, lines, body=b"", path=b"/api/v1/statuses"):
    return (b"POST " + path + b" HTTP/1.1\r\n" + HOST + b"Authorization: Bearer " + anna.token.encode() + b"\r\n"
            + lines + CLOSE + b"\r\n" + body)


def malformed(check, posy, anna):
    requests = {
        "no HTTP": b"hello there\r\n\r\n",
        "another protocol": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 200,
        "zeros": b"\0" * 1000,
        "no version": b"GET /\r\n\r\n",
        "version 9": b"GET / HTTP/9.9\r\n" + HOST + b"\r\n",
        "no Host": b"GET / HTTP/1.1\r\n\r\n",
        "two Hosts": b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "a blank before the colon": b"GET / HTTP/1.1\r\nHost : a\r\n\r\n",
        "a folded line": b"GET / HTTP/1.1\r\nHost: a\r\nX: 1\r\n 2\r\n\r\n",
        "a NUL in a header": b"GET / HTTP/1.1\r\nHost: a\r\nX: 1\0 2\r\n\r\n",
        "a target without slash": b"GET api HTTP/1.1\r\nHost: a\r\n\r\n",
        "invalid UTF-8 in the path": get(b"/%ff%fe"),
        "NUL in the path": get(b"/a%00b"),
        "invalid UTF-8 in the query": get(b"/api/v2/search?q=%ff"),
        "NUL in the query": get(b"/api/v2/search?q=%00"),
        "steps upward": get(b"/a/../../etc/passwd"),
        "length and chunks": post(anna, b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", b"0\r\n\r\n"),
        "two lengths": post(anna, b"Content-Length: 5\r\nContent-Length: 6\r\n", b"abcdef"),
        "a length with a sign": post(anna, b"Content-Length: +5\r\n", b"abcde"),
        "a length below zero": post(anna, b"Content-Length: -5\r\n", b"abcde"),
        "an unknown encoding": post(anna, b"Transfer-Encoding: gzip\r\n", b"x"),
        "chunks of no size": post(anna, b"Transfer-Encoding: chunked\r\n", b"xyz\r\nabc\r\n0\r\n\r\n"),
        "a chunk too long to count": post(anna, b"Transfer-Encoding: chunked\r\n", b"fffffffffffffffff\r\nabc"),
    }

    @check("broken requests are 400 (or 501, 505), and nothing but an error")
    def _():
        wrong = []
        for what, sent in requests.items():
            received = raw(posy.port, sent, 5)
            if status_of(received) not in (400, 501, 505) and received:
                wrong.append(f"{what}: {received[:60]}")
            if received.count(b"HTTP/1.1 ") > 1:
                wrong.append(f"{what}: two answers")
        none_of(wrong)

    @check("a request hidden behind another's body is not answered (smuggling)")
    def _():
        inner = b"GET /api/v1/instance HTTP/1.1\r\n" + HOST + b"\r\n"
        for lines in (b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
                      b"Transfer-Encoding: chunked, identity\r\n",
                      b"Transfer-Encoding : chunked\r\n", b"Transfer-Encoding: \x0bchunked\r\n"):
            sent = b"POST /oauth/token HTTP/1.1\r\n" + HOST + lines + b"\r\n0\r\n\r\n" + inner
            lacks(raw(posy.port, sent, 3), b'"uri"')


def limits(check, posy, anna):
    @check("too much is refused early: target, headers, body")
    def _():
        equal(status_of(raw(posy.port, get(b"/" + b"a" * 9000), 5)), 414)
        equal(status_of(raw(posy.port, get(lines=b"X: " + b"a" * 20_000 + b"\r\n"), 5)), 431)
        equal(status_of(raw(posy.port, get(lines=b"X: 1\r\n" * 4000), 5)), 431)
        equal(anna.post("/api/v1/statuses", None, body=b"status=" + b"x" * 4_300_000,
                        headers={"Content-Type": "application/x-www-form-urlencoded"}).status, 413)
        head = post(anna, b"Content-Length: 99999999999\r\n")
        equal(status_of(raw(posy.port, head, 5)), 413)
        chunk = b"100000\r\n" + b"x" * 0x100000 + b"\r\n"
        equal(status_of(raw(posy.port, post(anna, b"Transfer-Encoding: chunked\r\n", chunk * 5), 10)), 413)

    @check("an upload that is promised too large is refused before it is sent")
    def _():
        head = post(anna, b"Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 9000000000\r\n"
                          b"Expect: 100-continue\r\n", path=b"/api/v2/media")
        equal(status_of(raw(posy.port, head, 5)), 413)

    @check("who may not post is refused before a body is taken")
    def _():
        head = (b"POST /api/v2/media HTTP/1.1\r\n" + HOST + b"Expect: 100-continue\r\nContent-Length: 50000000\r\n"
                b"Content-Type: multipart/form-data; boundary=b\r\n\r\n")
        equal(status_of(raw(posy.port, head, 5)), 401)


def slow(check, posy, anna):
    @check("clients that trickle do not keep others waiting")
    def _():
        def trickle():
            with socket.create_connection(("127.0.0.1", posy.port), 5) as connection:
                for byte in post(anna, b"Content-Length: 100\r\n")[:40]:
                    connection.sendall(bytes([byte]))
                    time.sleep(0.05)
        crowd = [threading.Thread(target=trickle) for _ in range(100)]
        for one in crowd:
            one.start()
        began = time.monotonic()
        for _ in range(50):
            Client(posy.port).get("/health")
        holds(time.monotonic() - began < 30, "the server hardly answers")
        for one in crowd:
            one.join()

    @check("clients that leave in the middle leave nothing behind")
    def _():
        body = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n' + b"x" * 50_000
        head = post(anna, b"Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 900000\r\n",
                    path=b"/api/v2/media")
        for _ in range(20):
            with socket.create_connection(("127.0.0.1", posy.port), 5) as connection:
                connection.sendall(head + body)


def many(check, posy, anna):
    @check("requests in one go are answered in order (pipelining)")
    def _():
        one = b"GET /health HTTP/1.1\r\n" + HOST + b"\r\n"
        none = b"GET /no-such-page HTTP/1.1\r\n" + HOST + b"\r\n"
        received = raw(posy.port, (one + none) * 30 + get(b"/health"), 5)
        found = re.findall(rb"HTTP/1\.1 (\d+)", received)
        equal(found, [b"200", b"404"] * 30 + [b"200"])

    @check("five hundred open connections are no trouble")
    def _():
        crowd = [socket.create_connection(("127.0.0.1", posy.port), 5) for _ in range(500)]
        try:
            Client(posy.port).get("/health")
            crowd[250].sendall(get(b"/health"))
            contains(read_all(crowd[250]), b"200 OK")
        finally:
            for one in crowd:
                one.close()


def methods(check, posy, anna):
    @check("a wrong method is 405 and says which are right")
    def _():
        wrong = []
        for method, path, allowed in (("DELETE", "/api/v1/instance", "GET"), ("PUT", "/api/v1/timelines/home", "GET"),
                                      ("PATCH", "/api/v1/statuses", "POST"), ("GET", "/oauth/token", "POST"),
                                      ("POST", "/health", "GET"), ("POST", "/@anna", "GET")):
            answer = anna.request(method, path)
            if answer.status != 405 or allowed not in (answer.headers.get("Allow") or ""):
                wrong.append(f"{method} {path}: {answer.status} {answer.headers.get('Allow')}")
        none_of(wrong)

    @check("methods that do not exist are refused, TRACE too")
    def _():
        for method in (b"TRACE", b"CONNECT", b"BREW", b"get", b"PROPFIND"):
            received = raw(posy.port, get().replace(b"GET", method, 1), 5)
            contains((400, 405, 501), status_of(received))
            lacks(received, b"Authorization")

    @check("HEAD is GET without a body")
    def _():
        for path in ("/api/v1/instance", "/@anna", "/about"):
            head, whole = anna.request("HEAD", path, 200), anna.get(path)
            equal((head.body, head.headers["Content-Type"]), (b"", whole.headers["Content-Type"]))


def rates(check, posy, anna):
    @check("every answer of the API says how many requests are left")
    def _():
        client = Client(posy.port, address="192.0.2.7")
        left = []
        for _ in range(3):
            answer = client.get("/api/v1/instance")
            left.append(int(answer.headers["X-RateLimit-Remaining"]))
            holds(answer.headers["X-RateLimit-Reset"].endswith("Z"), answer.headers["X-RateLimit-Reset"])
        equal(left, [left[0], left[0] - 1, left[0] - 2])

    @check("after too many comes 429, for that person and not for others")
    def _():
        busy = Client(posy.port, anna.token, address="192.0.2.8")
        statuses = [busy.delete("/api/v1/statuses/1", None).status for _ in range(65)]
        equal(statuses[0], 404)
        contains(statuses, 429)
        answer = busy.delete("/api/v1/statuses/1", 429)
        holds(answer.json["error"] and answer.headers["X-RateLimit-Remaining"] == "0", answer)
        busy.get("/api/v1/timelines/home")

    @check("an address in a header is believed of proxies alone")
    def _():
        client = Client(posy.port, address="192.0.2.9")
        first = int(client.get("/api/v1/instance").headers["X-RateLimit-Remaining"])
        forged = Client(posy.port, address="10.1.2.3, 192.0.2.9")
        equal(int(forged.get("/api/v1/instance").headers["X-RateLimit-Remaining"]), first - 1)
