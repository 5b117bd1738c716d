"""Names are looked up by the system: nobody answers, somebody answers nonsense, and then all is well again. The server
sees files of ours as /etc/hosts, /etc/resolv.conf and /etc/nsswitch.conf."""

import contextlib
import json
import os
import random
import socket
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor

from federation.fediverse import SOON, Person, servers
from federation.flood import arrives, post, prepared, to_anna
from federation.peer import Peer, signed
from federation.reach import delivery, finished, follow
from support.checks import contains, equal, eventually, holds
from support.mounts import Mounts

NOBODY = "127.0.0.99"  # where no server of names listens
LIAR = "127.0.0.98"
DNS_PORT = 53  # the only one that resolv.conf knows
STRANGERS = 12
PATIENCE = 120  # until a server is tried again, after some failures


class Names:
    """The files of the system by which names are looked up, for those who are started in these mounts."""

    def __init__(self, mounts, folder):
        self.folder = folder
        self.write("nsswitch.conf", "hosts: files dns\n")
        self.ask(NOBODY)
        self.know()
        for name in ("hosts", "resolv.conf", "nsswitch.conf"):
            mounts.run("mount", "--bind", os.path.join(folder, name), os.path.realpath(f"/etc/{name}"))

    def write(self, name, text):
        with open(os.path.join(self.folder, name), "w") as file:  # in place: another file would not be seen
            file.write(text)

    def know(self, *names):
        self.write("hosts", "".join(f"127.0.0.1 {name}\n" for name in ("localhost", *names)))

    def ask(self, server):
        self.write("resolv.conf", f"nameserver {server}\n")


class Liar:
    """Answers questions about names with whatever nobody should send."""

    def __init__(self):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind((LIAR, DNS_PORT))
        self.asked = 0
        self.thread = threading.Thread(target=self.lie, daemon=True)
        self.thread.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def lie(self):
        dice = random.Random(4)
        with contextlib.suppress(OSError):
            while True:
                question, who = self.socket.recvfrom(4096)
                self.asked += 1
                self.socket.sendto(self.answer(question, dice), who)

    def answer(self, question, dice):
        id, asked = question[:2], question[12:]
        def head(flags, answers, of=id):
            return of + flags + b"\x00\x01" + answers.to_bytes(2, "big") + b"\x00\x00\x00\x00"
        ours = b"\xc0\x0c\x00\x01\x00\x01\x00\x00\x00\x3c\x00\x04\x7f\x00\x00\x01"  # 127.0.0.1
        return dice.choice([
            dice.randbytes(dice.randint(0, 600)),  # noise
            id + dice.randbytes(dice.randint(0, 600)),
            head(b"\x81\x80", 1, bytes(2)) + asked + ours,  # to another question
            head(b"\x81\x80", 65535) + asked + ours,  # cut off
            head(b"\x81\x80", 1) + asked + b"\xc0\x0c" * 100,  # a name that points at itself
            head(b"\x81\x80", 1) + asked + ours[:-4] + b"\xff",
            head(b"\x83\x80", 0) + asked,  # ask again by TCP, where nobody is
            head(b"\x81\x82", 0) + asked,  # SERVFAIL
            head(b"\x81\x85", 0) + asked,  # REFUSED
        ])


def run(check, _):
    with contextlib.ExitStack() as stack:
        mounts = stack.enter_context(Mounts())
        names = Names(mounts, stack.enter_context(tempfile.TemporaryDirectory(prefix="posy-names-")))
        far, near = stack.enter_context(Peer("far.test")), stack.enter_context(Peer("near.test"))
        far.name = f"far.test:{far.port}"
        far.base = f"http://{far.name}"
        far.person("carl")
        def prepare(posy):
            posy.before = mounts.before
        posy, = stack.enter_context(servers("a.test", peers={near.name: near.port}, prepare=prepare))
        anna = Person(posy, "anna")
        accept = {"for_private_mentions": "accept", "for_not_following": "accept", "for_new_accounts": "accept"}
        anna.patch("/api/v2/notifications/policy", json_body=accept)
        names.know("far.test")
        follow(posy, near, anna)
        follow(posy, far, anna)
        nobody_answers(check, posy, anna, names, far, near)
        somebody_lies(check, posy, anna, names, far, near)

        @check("the server met no error of its own")
        def _():
            equal(posy.errors(), [])


def has(peer, sent):
    return any(act["type"] == "Create" and act["object"]["id"] == sent["uri"] for act in peer.got)


def waits(anna, sent, host):
    """How the server that a post waits for is shown, once there is a reason."""
    def tried():
        path = f"/api/posy/v1/statuses/{sent['id']}/delivery/hosts"
        rows = anna.get(path, query={"state": "waiting"}).json
        return rows[0] if rows and rows[0]["host"] == host and rows[0]["reason"] else None
    return eventually(tried, "no reason is told", SOON * 2)


def restart(posy):
    """Forgets the addresses and the connections that are known."""
    posy.stop()
    posy.start()


def nobody_answers(check, posy, anna, names, far, near):
    known = {}

    @check("a post reaches whose name is known, and waits for the others with the reason")
    def _():
        names.know()
        restart(posy)
        sent = known["sent"] = anna.publish("is anybody there")
        eventually(lambda: has(near, sent), "the near one did not get it", SOON)
        row = waits(anna, sent, far.name)
        contains(row["reason"], "cannot be looked up")
        holds(row["next_try_at"], row)

    @check("whose key lives behind such a name is asked to come later")
    def _():
        far.person("dora")
        known["letter"] = to_anna(far, "unknown", "dora")
        status, later = post(posy, *prepared(far, posy, known["letter"], "dora"))
        equal(status, 503)
        holds(int(later) > 0, "no Retry-After")

    @check("when names are known again everything arrives, without a restart")
    def _():
        names.know("far.test")
        eventually(lambda: has(far, known["sent"]), "it did not arrive", PATIENCE)
        equal(finished(anna, known["sent"])["delivered"], 2)
        eventually(lambda: post(posy, *prepared(far, posy, known["letter"], "dora"))[0] == 202,
                   "the key is not fetched", PATIENCE)
        arrives(anna, known["letter"])


def stranger_says(posy, far, number):
    """Signed with a key that is said to live behind a name which only the liar knows."""
    actor = f"http://lie{number}.test/users/carl"
    body = json.dumps({**to_anna(far, f"lie-{number}", "carl"), "id": f"{actor}/1", "actor": actor}).encode()
    return post(posy, signed(far, posy.name, "/inbox", body, key_id=f"{actor}#main-key"), body)[0]


def somebody_lies(check, posy, anna, names, far, near):
    sentence = "answers that nobody should send harm nobody, and are not believed"
    try:
        liar = Liar()
    except OSError as error:
        check.skip(sentence, f"{LIAR}:{DNS_PORT} cannot be used: {error.strerror}")
        return

    with liar:
        @check(sentence)
        def _():
            names.know()
            names.ask(LIAR)
            restart(posy)
            before = len(far.got)
            sent = anna.publish("who believes this")
            eventually(lambda: has(near, sent), "the near one did not get it", SOON)
            waits(anna, sent, far.name)
            with ThreadPoolExecutor(STRANGERS) as pool:
                answers = list(pool.map(lambda i: stranger_says(posy, far, i), range(STRANGERS)))
            equal(set(answers), {503})
            holds(liar.asked > 0, "nobody asked")
            equal(len(far.got), before)
            equal(delivery(anna, sent)["waiting"], 1)
            names.know("far.test")
            eventually(lambda: has(far, sent), "it did not arrive", PATIENCE)
