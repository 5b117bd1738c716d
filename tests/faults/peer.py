"""A peer is frozen in the middle of all: it accepts connections and says nothing. Nobody else waits for it, and it gets
everything when it goes on."""

import contextlib
import json
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from federation.fediverse import SOON, Person, servers
from federation.flood import arrives, post, prepared, to_anna
from federation.peer import Key, Peer, tell
from federation.reach import delivery, finished, follow
from support.checks import equal, eventually, holds
from support.http import Client

PATIENCE = 90  # until what is asked of a frozen server is given up, and until it is asked again


class Frozen:
    """A peer in another process (distant.py); documents are written and signed here with its key."""

    note, activity = Peer.note, Peer.activity

    def __init__(self, name, *people):
        self.name, self.base = name, f"http://{name}"
        program = os.path.join(os.path.dirname(os.path.abspath(__file__)), "distant.py")
        self.process = subprocess.Popen([sys.executable, program, name, *people], stdout=subprocess.PIPE, text=True)
        said = json.loads(self.process.stdout.readline())
        self.port = said["port"]
        self.key = Key.__new__(Key)
        self.key.file = said["key"]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.go_on()
        self.process.terminate()
        self.process.wait()
        self.process.stdout.close()

    @property
    def got(self):
        return Client(self.port).get("/got").json

    def freeze(self):
        self.process.send_signal(signal.SIGSTOP)

    def go_on(self):
        self.process.send_signal(signal.SIGCONT)


def run(check, database_url):
    with contextlib.ExitStack() as stack:
        ice = stack.enter_context(Frozen("ice.test", "zoe"))
        fans = stack.enter_context(Peer("fans.test"))
        posy, = stack.enter_context(servers("a.test", peers={one.name: one.port for one in (ice, fans)},
                                            database_url=database_url))
        anna = Person(posy, "anna")
        accept = {"for_private_mentions": "accept", "for_not_following": "accept", "for_new_accounts": "accept"}
        anna.patch("/api/v2/notifications/policy", json_body=accept)
        for one in (ice, fans):
            follow(posy, one, anna)
        frozen(check, posy, anna, ice, fans)

        @check("the server met no error of its own")
        def _():
            equal(posy.errors(), [])


def told_of(peer):
    """The posts that it was told of, each with what it was told, once and in order."""
    told = {}
    for act in peer.got:
        if act["type"] in ("Create", "Update") and act["object"]["type"] == "Note":
            said = told.setdefault(act["object"]["id"], [])
            said += [act["type"]] if act["type"] not in said else []
    return told


def frozen(check, posy, anna, ice, fans):
    known = {"posts": []}

    @check("a post reaches the other servers, and is shown as waiting for this one")
    def _():
        ice.freeze()
        known["posts"] += [anna.publish(f"number {i}") for i in range(3)]
        for one in known["posts"]:
            anna.put(f"/api/v1/statuses/{one['id']}", json_body={"status": "changed"})
        known["told"] = {one["uri"]: ["Create", "Update"] for one in known["posts"]}
        eventually(lambda: told_of(fans) == known["told"], "the others did not get it", SOON)
        shown = delivery(anna, known["posts"][0])
        equal((shown["servers"], shown["delivered"], shown["waiting"], shown["finished_at"]), (2, 1, 1, None))

    @check("a message to somebody else overtakes")
    def _():
        letter = anna.publish(f"@carl@{fans.name} only you", visibility="direct")
        equal(finished(anna, letter)["delivered"], 1)
        equal(delivery(anna, known["posts"][0])["waiting"], 1)

    @check("whose key lives there is asked to come later, and others are heard meanwhile")
    def _():
        zoe = known["zoe"] = to_anna(ice, "frozen", "zoe")
        with ThreadPoolExecutor(8) as pool:
            asked = [pool.submit(post, posy, *prepared(ice, posy, to_anna(ice, f"frozen-{i}", "zoe"), "zoe"))
                     for i in range(7)]
            asked.append(pool.submit(post, posy, *prepared(ice, posy, zoe, "zoe")))
            letters = [to_anna(fans, f"meanwhile-{i}", "carl") for i in range(10)]
            equal({tell(posy, fans, one) for one in letters}, {202})
            arrives(anna, *letters)
            holds(not all(one.done() for one in asked), "the frozen server was not waited for")
            for one in asked:
                status, later = one.result(PATIENCE)
                equal(status, 503)
                holds(int(later) > 0, "no Retry-After")

    @check("the author is told why it waits, and until when")
    def _():
        path = f"/api/posy/v1/statuses/{known['posts'][0]['id']}/delivery/hosts"
        def tried():
            rows = anna.get(path, query={"state": "waiting"}).json
            return rows if rows and rows[0]["reason"] else None
        row = eventually(tried, "no reason is told", PATIENCE)[0]
        equal((row["host"], row["reason"]), (ice.name, "The other server takes too long"))
        holds(row["next_try_at"] and row["failing_since"], row)

    @check("when it goes on it gets everything, of each post in order")
    def _():
        ice.go_on()
        def count():
            return sum(len(said) for said in told_of(ice).values())
        eventually(lambda: count() == 6, "it did not get all", PATIENCE)
        equal(told_of(ice), known["told"])
        for one in known["posts"]:
            equal(finished(anna, one)["delivered"], 2)

    @check("and is heard again")
    def _():
        def is_taken():
            return post(posy, *prepared(ice, posy, known["zoe"], "zoe"))[0] == 202
        eventually(is_taken, "its key is not fetched", PATIENCE)
        arrives(anna, known["zoe"])
