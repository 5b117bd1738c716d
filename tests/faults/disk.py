"""The disk is full: what cannot be kept is refused with the reason, what was acknowledged is there, and all goes on when
there is space again."""

import contextlib
import re
import signal
import threading

from federation.fediverse import SOON, Person, servers
from federation.flood import arrives, post, prepared, to_anna
from federation.peer import Peer
from federation.reach import finished, follow
from support.checks import contains, equal, eventually, holds, lacks
from support.http import Client
from support.mounts import Mounts
from support.pictures import png

SIZE = "48m"  # a server says that it is full when less than 16 MiB are left
TRIES_MAX = 400  # what SQLite has room for in files that are there already
HOSTS = 5
BACK = 60  # seconds in which everything goes on: longer than the lease of what was under way


class Disk:
    """A small file system for the data of a server."""

    def __init__(self, mounts):
        self.mounts = mounts

    def put_under(self, posy):
        self.folder = posy.data
        self.mounts.run("mount", "-t", "tmpfs", "-o", f"size={SIZE},mode=0755", "small-disk", posy.data)
        posy.before = self.mounts.before

    def fill(self):
        self.mounts.run("sh", "-c", f"cat /dev/zero > {self.folder}/filler", check=False)
        left = self.mounts.run("stat", "-f", "-c", "%a", self.folder).stdout.strip()
        equal(left, "0", "blocks that are left")

    def free(self):
        self.mounts.run("rm", "-f", f"{self.folder}/filler")


def run(check, _):
    with contextlib.ExitStack() as stack:
        disk = Disk(stack.enter_context(Mounts()))
        peers = [stack.enter_context(Peer(f"h{i}.test")) for i in range(HOSTS)]
        posy, = stack.enter_context(servers("a.test", peers={one.name: one.port for one in peers},
                                            prepare=disk.put_under))
        anna = Person(posy, "anna")
        accept = {"for_private_mentions": "accept", "for_not_following": "accept", "for_new_accounts": "accept"}
        anna.patch("/api/v2/notifications/policy", json_body=accept)
        for one in peers:
            follow(posy, one, anna)
        kept = Kept()
        refuses(check, posy, anna, disk, peers[0], kept)
        fan_out(check, posy, anna, disk, peers)
        kill(check, posy, anna, disk, peers[0], kept)


class Kept:
    """What was acknowledged, and the first activity that was not."""

    def __init__(self):
        self.posts, self.letters = [], []
        self.refused = None

    def publish_until_refused(self, anna):
        for i in range(TRIES_MAX):
            answer = anna.post("/api/v1/statuses", None, json_body={"status": f"number {i} " + "x" * 400})
            if answer.status != 200:
                return answer
            self.posts.append(answer.json["id"])
        raise AssertionError("posts are accepted though the disk is full")

    def send_until_refused(self, posy, peer, name):
        for i in range(TRIES_MAX):
            letter = to_anna(peer, f"{name}-{i}", "carl", content="x" * 400)
            request = prepared(peer, posy, letter, "carl")
            status, later = post(posy, *request)
            if status != 202:
                self.refused = (letter, request)
                return status, later
            self.letters.append(letter)
        raise AssertionError("activities are accepted though the disk is full")

    def all_there(self, anna):
        for id in self.posts:
            anna.get(f"/api/v1/statuses/{id}")
        arrives(anna, *self.letters, seconds=BACK)


def errors_of(posy):
    return [line for line in posy.output().splitlines() if "Z error " in line]


def goes_on(anna):
    def is_taken():
        return anna.post("/api/v1/statuses", None, json_body={"status": "there is space again"}).status == 200
    eventually(is_taken, "posts are still refused", SOON)


def refuses(check, posy, anna, disk, peer, kept):
    @check("a post is refused with the reason, and nothing of the inside")
    def _():
        kept.posts.append(anna.publish("before")["id"])
        disk.fill()
        answer = kept.publish_until_refused(anna)
        equal(answer.status, 503)
        contains(answer.json["error"], "The disk of this server is full")
        lacks(answer.text, "SQL")
        holds(int(answer.headers["Retry-After"]) > 0, "no Retry-After")

    @check("an activity is not acknowledged: its server is asked to come later")
    def _():
        status, later = kept.send_until_refused(posy, peer, "full")
        equal(status, 503)
        holds(int(later) > 0, "no Retry-After")

    @check("an upload is refused likewise")
    def _():
        answer = anna.upload("a.png", png(8, 8), expect=503)
        contains(answer.json["error"], "The disk of this server is full")

    @check("the health check says why it fails")
    def _():
        answer = Client(posy.port).get("/health", 503)
        contains(answer.json["error"], "The disk of this server is full")

    @check("what is there can be read")
    def _():
        equal(anna.home()[0]["id"], kept.posts[-1])
        anna.get(f"/api/v1/statuses/{kept.posts[0]}")
        Client(posy.port).get("/@anna", headers={"Accept": "text/html"})

    @check("the log names the full disk, and is not flooded by it")
    def _():
        before = len(errors_of(posy))
        for _ in range(300):
            anna.post("/api/v1/statuses", 503, json_body={"status": "x" * 400})
        lines = errors_of(posy)
        holds(any("The disk is full: requests are refused" in line for line in lines), lines[-3:])
        holds(len(lines) - before < 30, f"{len(lines) - before} lines: {lines[-2:]}")

    @check("with space again posts and the very same activity are taken, without a restart")
    def _():
        disk.free()
        goes_on(anna)
        letter, request = kept.refused
        equal(post(posy, *request)[0], 202)
        kept.letters.append(letter)
        Client(posy.port).get("/health")

    @check("all that was acknowledged is there")
    def _():
        kept.all_there(anna)


def fan_out(check, posy, anna, disk, peers):
    @check("a fan-out that cannot be recorded comes to its end when there is space")
    def _():
        equal(finished(anna, anna.publish("nothing else is under way"))["delivered"], HOSTS)
        gate = threading.Event()
        for one in peers:
            one.waits_for = gate
        sent = anna.publish("to all")
        def has_it(one):
            return any(act["type"] == "Create" and act["object"]["id"] == sent["uri"] for act in one.got)
        eventually(lambda: all(has_it(one) for one in peers), "it did not leave", SOON)
        disk.fill()
        Kept().publish_until_refused(anna)
        before = len(posy.output())
        gate.set()
        eventually(lambda: re.search("error delivery: .*full", posy.output()[before:]), "nothing was refused", SOON)
        for one in peers:
            one.waits_for = None
        disk.free()
        goes_on(anna)
        shown = eventually(lambda: finished(anna, sent), "", BACK)
        equal((shown["servers"], shown["delivered"], shown["failed"]), (HOSTS, HOSTS, 0))

    @check("and what was posted meanwhile goes out")
    def _():
        later = anna.publish("after it")
        equal(finished(anna, later)["delivered"], HOSTS)


def kill(check, posy, anna, disk, peer, kept):
    @check("after kill -9 on a full disk it serves, or says why it does not")
    def _():
        disk.fill()
        equal(kept.publish_until_refused(anna).status, 503)
        equal(kept.send_until_refused(posy, peer, "killed")[0], 503)
        posy.process.send_signal(signal.SIGKILL)
        posy.process.wait()
        before = len(posy.output())
        with contextlib.suppress(RuntimeError):
            posy.start()
            return
        if posy.process.poll() is None:
            contains(Client(posy.port).get("/health", 503).text, "There is no space left on the disk")
            return
        holds(posy.process.wait(SOON) not in (0, -6, -11), f"ended with {posy.process.returncode}")
        contains(posy.output()[before:], "There is no space left on the disk")

    @check("with space again it starts, and all that was acknowledged is there")
    def _():
        posy.process.kill()
        posy.process.wait()
        disk.free()
        posy.start()
        letter, request = kept.refused
        equal(post(posy, *request)[0], 202)
        kept.letters.append(letter)
        kept.all_there(anna)
