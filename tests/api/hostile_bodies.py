"""Bodies that cannot be read, in every encoding that the server knows. Nothing of them may be published."""

import socket

from api.hostile_requests import post
from support.checks import contains, equal, none_of
from support.database import person
from support.http import Client, raw, read_all, status_of


def run(check, databases):
    with databases.server() as posy:
        anna = person(posy, "anna")
        bodies(check, posy, anna)

        @check("the same process is well afterwards")
        def _():
            equal((posy.process.poll(), posy.errors()), (None, []))
            Client(posy.port).get("/health")


def bodies(check, posy, anna):
    form = b"Content-Type: application/x-www-form-urlencoded\r\n"
    json = b"Content-Type: application/json\r\n"

    def part(body, boundary=b"b"):
        return b"Content-Type: multipart/form-data; boundary=" + boundary + b"\r\n", body

    disposition = b'Content-Disposition: form-data; name="status"\r\n'
    broken = {
        "half a JSON": (json, b'{"status": "x'),
        "JSON of a number": (json, b"17"),
        "JSON of a word": (json, b'"status"'),
        "two JSONs": (json, b'{"status":"x"}{"status":"y"}'),
        "invalid UTF-8 in JSON": (json, b'{"status":"\xff\xfe"}'),
        "a lone surrogate in JSON": (json, b'{"status":"\\ud800"}'),
        "a NUL in JSON": (json, b'{"status":"a\\u0000b"}'),
        "deep JSON": (json, b'{"a":' * 5000 + b"1" + b"}" * 5000),
        "deep lists": (json, b'{"status":' + b"[" * 100_000 + b"]" * 100_000 + b"}"),
        "a NaN": (json, b'{"status": NaN}'),
        "invalid UTF-8 in a form": (form, b"status=%ff"),
        "a NUL in a form": (form, b"status=a%00b"),
        "2000 parameters": (form, b"&".join(b"a%d=1" % n for n in range(2000)) + b"&status=x"),
        "deep names": (form, b"status=x&a" + b"[b]" * 500 + b"=1"),
        "a name as value and as list": (form, b"status=x&status[]=y"),
        "no boundary": (b"Content-Type: multipart/form-data\r\n", b"--b\r\n\r\n"),
        "a boundary that never comes": part(b"hello", b"other"),
        "a part without end": part(b"--b\r\n" + disposition + b"\r\nx"),
        "a part without a name": part(b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--"),
        "a part without headers": part(b"--b\r\n\r\nx\r\n--b--"),
        "a part of one long header": part(b"--b\r\n" + b"X" * 100_000 + b"\r\n\r\nx\r\n--b--"),
        "2000 parts": part((b"--b\r\n" + disposition + b"\r\nx\r\n") * 2000 + b"--b--"),
        "invalid UTF-8 in a part": part(b"--b\r\n" + disposition + b"\r\n\xff\r\n--b--"),
        "a part in base64": part(b"--b\r\n" + disposition + b"Content-Transfer-Encoding: base64\r\n\r\neA==\r\n--b--"),
    }

    @check("bodies that cannot be read are refused, and nothing is published")
    def _():
        before = anna.get("/api/v1/accounts/verify_credentials").json["statuses_count"]
        wrong = []
        for what, (lines, body) in broken.items():
            received = raw(posy.port, post(anna, lines + b"Content-Length: %d\r\n" % len(body), body), 10)
            if status_of(received) not in (400, 413, 422):
                wrong.append(f"{what}: {received[:90]}")
        none_of(wrong)
        equal(anna.get("/api/v1/accounts/verify_credentials").json["statuses_count"], before)

    @check("a body in pieces is a body")
    def _():
        chunks = b"7\r\nstatus=\r\n5;x=y\r\nhello\r\n0\r\nTrailer: x\r\n\r\n"
        received = raw(posy.port, post(anna, form + b"Transfer-Encoding: chunked\r\n", chunks), 10)
        equal(status_of(received), 200, received[:200])

    @check("Expect: 100-continue is answered before the body")
    def _():
        head = post(anna, form + b"Content-Length: 8\r\nExpect: 100-continue\r\n")
        with socket.create_connection(("127.0.0.1", posy.port), 5) as connection:
            connection.sendall(head)
            contains(connection.recv(1000), b"100 Continue")
            connection.sendall(b"status=x")
            contains(read_all(connection), b"200 OK")
