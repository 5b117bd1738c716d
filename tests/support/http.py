"""A small HTTP client in which nothing is hidden: one connection for each request, every answer as it came."""

import http.client
import json
import os
import socket
import urllib.parse

TIMEOUT_S = 30


class Answer:
    def __init__(self, status, headers, body):
        self.status = status
        self.headers = headers  # names are found in any case
        self.body = body

    @property
    def text(self):
        return self.body.decode("utf-8")

    @property
    def json(self):
        return json.loads(self.body)

    def __str__(self):
        return f"{self.status} {self.body[:300]!r}"


class Client:
    """Asks one server, as one person or as nobody."""

    def __init__(self, port, token=None, address=None):
        self.port = port
        self.token = token
        self.address = address  # as a proxy would report it
        self.account = None  # as verify_credentials said, where somebody asked

    def request(self, method, path, expect=None, *, query=None, json_body=None, form=None, files=None, body=None,
                headers=None, timeout=TIMEOUT_S):
        sent = {}
        if self.token:
            sent["Authorization"] = f"Bearer {self.token}"
        if self.address:
            sent["X-Forwarded-For"] = self.address
        if json_body is not None:
            body, sent["Content-Type"] = json.dumps(json_body).encode(), "application/json"
        elif files is not None:
            body, sent["Content-Type"] = multipart(form or {}, files)
        elif form is not None:
            body, sent["Content-Type"] = urllib.parse.urlencode(pairs(form)), "application/x-www-form-urlencoded"
        sent.update(headers or {})
        if query:
            path += "?" + urllib.parse.urlencode(pairs(query))
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request(method, path, body, {"Host": f"localhost:{self.port}", **sent})
            answer = connection.getresponse()
            result = Answer(answer.status, answer.headers, answer.read())
        finally:
            connection.close()
        if expect is not None and result.status != expect:
            raise AssertionError(f"{method} {path} was to answer {expect}, and answered {result}")
        return result

    def get(self, path, expect=200, **options):
        return self.request("GET", path, expect, **options)

    def post(self, path, expect=200, **options):
        return self.request("POST", path, expect, **options)

    def put(self, path, expect=200, **options):
        return self.request("PUT", path, expect, **options)

    def patch(self, path, expect=200, **options):
        return self.request("PATCH", path, expect, **options)

    def delete(self, path, expect=200, **options):
        return self.request("DELETE", path, expect, **options)

    def publish(self, text, **parameters):
        """A post, as the API shows it."""
        return self.post("/api/v1/statuses", json_body={"status": text, **parameters}).json

    def upload(self, name, content, mime="application/octet-stream", expect=200, **fields):
        return self.post("/api/v2/media", expect, form=fields, files=[("file", name, mime, content)])


def pairs(values):
    """{"a": [1, 2]} as Rails writes it: a[]=1&a[]=2."""
    out = []
    for name, value in values.items() if isinstance(values, dict) else values:
        if isinstance(value, (list, tuple)):
            out += [(name, one) for one in value]
        else:
            out.append((name, value))
    return out


def multipart(fields, files):
    """`files` are (field, file name, media type, content)."""
    boundary = "posy" + os.urandom(12).hex()
    out = b""
    for name, value in pairs(fields):
        out += f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
    for field, name, mime, content in files:
        out += (f'--{boundary}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n'
                f"Content-Type: {mime}\r\n\r\n").encode() + content + b"\r\n"
    return out + f"--{boundary}--\r\n".encode(), f"multipart/form-data; boundary={boundary}"


def raw(port, sent, timeout=TIMEOUT_S):
    """What the server says to these bytes until it closes, or for so many seconds."""
    with socket.create_connection(("127.0.0.1", port), timeout) as connection:
        try:
            connection.sendall(sent)
        except (BrokenPipeError, ConnectionResetError):
            pass  # answered before it had heard everything
        return read_all(connection)


def read_all(connection):
    received = b""
    try:
        while piece := connection.recv(65536):
            received += piece
    except (TimeoutError, ConnectionResetError):
        pass
    return received


def status_of(received):
    """The status of the first answer in raw bytes; 0 when there is none."""
    return int(received.split(b" ", 2)[1]) if received.startswith(b"HTTP/1.") else 0
