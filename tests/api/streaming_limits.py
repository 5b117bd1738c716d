"""Streams and those who abuse them; streams that must end."""

import os
import threading

from api.streaming import PATH, listen
from support.browser import log_in
from support.checks import equal, eventually, holds
from support.database import person
from support.http import Client
from support.websocket import CLOSE, TEXT, WebSocket


def run(check, databases):
    with databases.server() as posy:
        anna, berta = person(posy, "anna"), person(posy, "berta")
        berta.post(f"/api/v1/accounts/{anna.account['id']}/follow")
        abuse(check, posy, anna, berta)
        revocation(check, posy, anna)


def abuse(check, posy, anna, berta):
    @check("frames that break the rules end the connection, and only that one")
    def _():
        with listen(posy, berta.token) as good:
            for break_rules in (lambda s: s.send_frame(TEXT, b"{}", masked=False), lambda s: s.send_frame(15, b"x"),
                                lambda s: s.send_frame(TEXT, b"\xff\xfe"),
                                lambda s: s.send_frame(TEXT, b"x" * 5_000_000),
                                lambda s: s.send_frame(9, b"p" * 200), lambda s: s.socket.sendall(os.urandom(2000))):
                bad = listen(posy, berta.token)
                try:
                    break_rules(bad)
                except OSError:
                    pass  # cut off in the middle, which is an answer
                holds(bad.is_closed_by_server(10), "it stays open")
                bad.socket.close()
            anna.publish("for the good one")
            good.wait_for("update")

    @check("a polite end is answered")
    def _():
        with listen(posy, berta.token) as stream:
            stream.send_frame(CLOSE, b"\x03\xe8")
            stream.receive(5)
            equal(stream.close_code, 1000)

    @check("a listener that does not read is cut off, and does not slow others down")
    def _():
        asleep = [WebSocket(posy.port, f"{PATH}?stream=user", berta.token, receive_buffer=4096) for _ in range(3)]
        with listen(posy, berta.token) as awake:
            got = []
            reader = threading.Thread(target=lambda: [got.append(awake.wait_for("update", 30)[1]["id"])
                                                      for _ in range(150)])
            reader.start()
            sent = [anna.publish(str(n) + "x" * 4900)["id"] for n in range(150)]
            reader.join(60)
            equal(got, sent)
        for one in asleep:
            one.socket.close()
        equal(posy.process.poll(), None)

    @check("a hundred listeners come and go without a trace")
    def _():
        before = len(os.listdir(f"/proc/{posy.process.pid}/fd"))
        crowd = [WebSocket(posy.port, f"{PATH}?stream=user", berta.token) for _ in range(100)]
        for one in crowd:
            one.socket.close()
        eventually(lambda: len(os.listdir(f"/proc/{posy.process.pid}/fd")) <= before + 5, "connections stay open")


def revocation(check, posy, anna):
    @check("a revoked token closes its sockets, and no other's")
    def _():
        app, token = log_in(posy, "anna")
        with listen(posy, token) as mine, WebSocket(posy.port, PATH, token) as empty, listen(posy, anna.token) as other:
            Client(posy.port).post("/oauth/revoke", form={"token": token, "client_id": app["client_id"],
                                                          "client_secret": app["client_secret"]})
            holds(mine.is_closed_by_server(5), "the stream goes on")
            anna.publish("for the other")
            other.wait_for("update")
            empty.send({"type": "subscribe", "stream": "user"})
            holds(empty.is_closed_by_server(5), "a socket without streams may begin one with a dead token")

    @check("a stop of the server ends the streams in order")
    def _():
        stream = listen(posy, anna.token)
        posy.stop()
        holds(stream.is_closed_by_server(10), "it stays open")
        equal(stream.close_code, 1001)
