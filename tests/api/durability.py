"""What was acknowledged is kept: through a kill, through a stop, through a start on the same data."""

import os
import signal
import socket
import threading
import time

from support.checks import equal, eventually, holds
from support.database import person, value_of
from support.http import Client

WRITERS = 6
KILLS = 3


def run(check, databases):
    with databases.server() as posy:
        anna = person(posy, "anna")
        kills(check, posy, anna)
        stops(check, posy, anna)


class Writers:
    """Threads that post as fast as they can, and remember what was acknowledged."""

    def __init__(self, client):
        self.client = client
        self.acknowledged = []
        self.refused = []
        self.stopping = threading.Event()
        self.threads = [threading.Thread(target=self._write, args=(i,)) for i in range(WRITERS)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.stopping.set()
        for thread in self.threads:
            thread.join()

    def wait_for(self, count):
        eventually(lambda: len(self.acknowledged) >= count, f"fewer than {count} posts were acknowledged", 30)

    def _write(self, number):
        count = 0
        while not self.stopping.is_set():
            count += 1
            try:
                answer = self.client.request("POST", "/api/v1/statuses", form={"status": f"note {number} {count}"})
            except (OSError, ConnectionError):
                return  # the server is gone, as was to be
            except Exception as error:  # a broken answer of a killed server
                if "IncompleteRead" in repr(error) or "RemoteDisconnected" in repr(error):
                    return
                raise
            if answer.status == 200:
                self.acknowledged.append(answer.json["id"])
            else:
                self.refused.append(str(answer))


def missing(posy, ids):
    client = Client(posy.port)
    lost = []
    for start in range(0, len(ids), 20):
        some = ids[start:start + 20]
        shown = {one["id"] for one in client.get("/api/v1/statuses", query={"id[]": some}).json}
        lost += [one for one in some if one not in shown]
    return lost


def kills(check, posy, anna):
    for turn in range(1, KILLS + 1):
        @check(f"after kill -9 in the middle of writing, every acknowledged post is there ({turn})")
        def _():
            with Writers(anna) as writers:
                writers.wait_for(60 * turn)
                posy.process.send_signal(signal.SIGKILL)
                posy.process.wait()
            equal(writers.refused, [])
            posy.start()
            equal(missing(posy, writers.acknowledged), [])

    @check("after the kills no post is half written, and the counts agree")
    def _():
        orphans = value_of(posy, "select count(*) from post where author not in (select id from account)")
        equal(orphans, "0")
        posts = int(value_of(posy, "select count(*) from post"))
        equal(Client(posy.port).get(f"/api/v1/accounts/{anna.account['id']}").json["statuses_count"], posts)
        entries = int(value_of(posy, "select count(*) from timeline_entry"))
        equal(entries, posts, "entries in her own timeline")

    @check("what a killed server left in the work folder does not stay")
    def _():
        folder = os.path.join(posy.data, "media", "incoming")
        left = [os.path.join(folder, name) for name in ("posy-upload-left", "posy-work-left")]
        posy.process.send_signal(signal.SIGKILL)
        posy.process.wait()
        for path in left:
            with open(path, "wb") as file:
                file.write(b"half an upload")
        posy.start()
        eventually(lambda: not any(os.path.exists(path) for path in left), "leftovers of an upload stay for ever", 5)


def stops(check, posy, anna):
    @check("SIGTERM lets running requests finish, loses nothing, and ends with 0")
    def _():
        with Writers(anna) as writers:
            writers.wait_for(60)
            began = time.monotonic()
            posy.process.send_signal(signal.SIGTERM)
            status = posy.process.wait(15)
            took = time.monotonic() - began
        equal(status, 0)
        holds(took < 15, f"took {took:.1f} s")
        posy.start()
        equal(missing(posy, writers.acknowledged), [])
        for refusal in writers.refused:
            holds(refusal.startswith("503"), refusal)

    @check("a stop does not wait for open streams")
    def _():
        with socket.create_connection(("127.0.0.1", posy.port), 10) as stream:
            stream.sendall((f"GET /api/v1/streaming/user HTTP/1.1\r\nHost: localhost\r\n"
                            f"Authorization: Bearer {anna.token}\r\n\r\n").encode())
            holds(stream.recv(1000).startswith(b"HTTP/1.1 200"), "no stream")
            posy.process.send_signal(signal.SIGTERM)
            equal(posy.process.wait(15), 0)
        posy.start()

    @check("tokens, posts and settings of people outlive a restart")
    def _():
        post = anna.publish("still here")
        posy.stop()
        posy.start()
        equal(anna.get(f"/api/v1/statuses/{post['id']}").json["content"], post["content"])
        anna.get("/api/v1/accounts/verify_credentials")
