"""Live streams: many on one WebSocket, one each as server-sent events; who gets what, and when it ends."""

import json
import socket
import time

from support.checks import contains, equal, holds
from support.database import person
from support.http import Client
from support.websocket import TEXT, Refused, WebSocket

PATH = "/api/v1/streaming"
SETTLE_S = 0.3  # for a subscription that nothing confirms


def run(check, databases):
    with databases.server() as posy:
        anna, berta = person(posy, "anna"), person(posy, "berta")
        berta.post(f"/api/v1/accounts/{anna.account['id']}/follow")
        entry(check, posy, anna)
        events(check, posy, anna, berta)
        several(check, posy, anna, berta)
        privacy(check, posy, anna, berta)
        sent_events(check, posy, anna, berta)


def listen(posy, token, stream="user", **parameters):
    query = "&".join(f"{name}={value}" for name, value in {"stream": stream, **parameters}.items())
    socket_ = WebSocket(posy.port, f"{PATH}?{query}", token)
    time.sleep(SETTLE_S)
    return socket_


def entry(check, posy, anna):
    def refusal(path, token=None, protocol=None):
        try:
            WebSocket(posy.port, path, token, protocol).socket.close()
        except Refused as refused:
            return refused.status
        return 101

    @check("without a good token there is no stream")
    def _():
        for token in (None, "wrong", anna.token[:-1]):
            equal(refusal(f"{PATH}?stream=user", token), 401)
        equal(refusal(f"{PATH}?stream=user&access_token=wrong"), 401)

    @check("the token may come as header, in the address, or as protocol, which is confirmed")
    def _():
        equal(refusal(f"{PATH}?stream=user", anna.token), 101)
        equal(refusal(f"{PATH}?stream=user&access_token={anna.token}"), 101)
        with WebSocket(posy.port, f"{PATH}?stream=user", protocol=anna.token) as stream:
            contains(stream.head, anna.token)

    @check("unknown streams, missing parameters and scopes are refused")
    def _():
        for query in ("stream=nothing", "stream=hashtag", "stream=list", "stream=list&list=1"):
            contains((400, 403, 404, 422), refusal(f"{PATH}?{query}", anna.token))
        equal(refusal(f"{PATH}?stream=user", posy.token("anna", "write")), 403)
        equal(refusal(f"{PATH}?stream=user:notification", posy.token("anna", "read:statuses")), 403)

    @check("without an upgrade it is told that this is a WebSocket")
    def _():
        equal(anna.get(f"{PATH}?stream=user", None).status, 426)
        Client(posy.port).get(f"{PATH}/health")


def events(check, posy, anna, berta):
    @check("a post reaches the home of a follower, whole")
    def _():
        with listen(posy, berta.token) as stream:
            post = anna.publish("live")
            names, payload = stream.wait_for("update")
            equal((names, payload["id"], payload["content"]), (["user"], post["id"], post["content"]))

    @check("an edit and a deletion follow it")
    def _():
        with listen(posy, berta.token) as stream:
            post = anna.publish("live")
            stream.wait_for("update")
            anna.put(f"/api/v1/statuses/{post['id']}", json_body={"status": "changed"})
            contains(stream.wait_for("status.update")[1]["content"], "changed")
            anna.delete(f"/api/v1/statuses/{post['id']}")
            equal(stream.wait_for("delete")[1], post["id"])

    @check("a notification comes on both streams that carry them")
    def _():
        with listen(posy, anna.token, "user:notification") as stream, listen(posy, anna.token) as home:
            berta.publish("@anna hello")
            for one in (stream, home):
                equal(one.wait_for("notification")[1]["type"], "mention")

    @check("a private message comes as a conversation")
    def _():
        with listen(posy, anna.token, "direct") as stream:
            berta.publish("@anna psst", visibility="direct")
            contains(stream.wait_for("conversation")[1]["last_status"]["content"], "psst")

    @check("a changed filter is told")
    def _():
        with listen(posy, anna.token) as stream:
            anna.post("/api/v2/filters", json_body={"title": "x", "context": ["home"]})
            stream.wait_for("filters_changed")


def several(check, posy, anna, berta):
    @check("one socket carries many streams, each event with its name as a list")
    def _():
        with WebSocket(posy.port, PATH, berta.token) as stream:
            made = berta.post("/api/v1/lists", json_body={"title": "friends"}).json
            berta.post(f"/api/v1/lists/{made['id']}/accounts", json_body={"account_ids": [anna.account["id"]]})
            for channel in ({"stream": "user"}, {"stream": "public:local"}, {"stream": "hashtag", "tag": "Live"},
                            {"stream": "list", "list": made["id"]}):
                stream.send({"type": "subscribe", **channel})
            time.sleep(SETTLE_S)
            anna.publish("to many #live")
            seen = sorted(json.dumps(stream.wait_for("update")[0]) for _ in range(4))
            equal(seen, sorted(json.dumps(one) for one in
                               (["user"], ["public:local"], ["hashtag", "live"], ["list", made["id"]])))

    @check("what is unsubscribed comes no more")
    def _():
        with WebSocket(posy.port, PATH, berta.token) as stream:
            stream.send({"type": "subscribe", "stream": "user"})
            stream.send({"type": "subscribe", "stream": "hashtag", "tag": "live"})
            stream.send({"type": "unsubscribe", "stream": "user"})
            time.sleep(SETTLE_S)
            anna.publish("once #live")
            equal(stream.wait_for("update")[0], ["hashtag", "live"])
            equal(stream.receive(0.5), None)

    @check("nonsense is answered with an error, and the socket lives on")
    def _():
        with listen(posy, berta.token) as stream:
            for message in ({}, [], 7, {"type": "subscribe"}, {"type": "subscribe", "stream": "nothing"},
                            {"type": "subscribe", "stream": "list", "list": "1"}, {"type": "dance", "stream": 5}):
                stream.send(message)
                holds("error" in (stream.receive(5) or {}), message)
            stream.send_frame(TEXT, b"{ no json")
            holds("error" in (stream.receive(5) or {}), "no json")
            anna.publish("still here")
            stream.wait_for("update")


def privacy(check, posy, anna, berta):
    @check("streams carry only what the listener may see")
    def _():
        eve = person(posy, "eve")
        with listen(posy, eve.token, "public") as everyone, listen(posy, eve.token, "hashtag", tag="secret") as tag, \
                listen(posy, eve.token) as home, listen(posy, berta.token) as follower:
            for visibility in ("unlisted", "private", "direct"):
                anna.publish(f"{visibility} #secret", visibility=visibility)
            anna.publish("seen by all #secret")
            for stream in (everyone, tag):
                contains(stream.wait_for("update")[1]["content"], "seen by all")
            equal(home.receive(0.5), None)
            shown = [follower.wait_for("update")[1]["visibility"] for _ in range(3)]
            equal(shown, ["unlisted", "private", "public"])

    @check("who has blocked somebody does not hear them")
    def _():
        carl = person(posy, "carl")
        carl.post(f"/api/v1/accounts/{anna.account['id']}/block")
        with listen(posy, carl.token, "public") as stream:
            anna.publish("not for carl")
            berta.publish("for carl")
            contains(stream.wait_for("update")[1]["content"], "for carl</p>")

    @check("nobody listens to another person's list")
    def _():
        made = anna.post("/api/v1/lists", json_body={"title": "hers"}).json
        try:
            WebSocket(posy.port, f"{PATH}?stream=list&list={made['id']}", berta.token)
        except Refused as refused:
            equal(refused.status, 404)
        else:
            raise AssertionError("she does")


def sent_events(check, posy, anna, berta):
    @check("server-sent events bring the same")
    def _():
        with socket.create_connection(("127.0.0.1", posy.port), 10) as stream:
            stream.sendall((f"GET {PATH}/user HTTP/1.1\r\nHost: localhost\r\n"
                            f"Authorization: Bearer {berta.token}\r\n\r\n").encode())
            received = stream.recv(2000)
            contains(received, b"text/event-stream")
            time.sleep(SETTLE_S)
            post = anna.publish("as an\nevent")
            while b"\n\n" not in received.split(b"\r\n\r\n", 1)[1]:
                received += stream.recv(65536)
            lines = received.split(b"\r\n\r\n", 1)[1].decode().splitlines()
            event = dict(line.split(": ", 1) for line in lines if ": " in line and not line.startswith(":"))
            equal((event["event"], json.loads(event["data"])["id"]), ("update", post["id"]))

    @check("they need a token and the right scope too")
    def _():
        Client(posy.port).get(f"{PATH}/user", 401)
        Client(posy.port, posy.token("anna", "write")).get(f"{PATH}/user", 403)
        anna.get(f"{PATH}/hashtag", None)
