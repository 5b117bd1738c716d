"""The clock of the machine jumps while the server runs, and while it does not: a day forwards, a day back. What waits for
a time does not wait for a day; what comes later stands later; other servers are judged by the clock that there is.

Debian's libfaketime stands between the program and the clock, and reads a file anew each time. Clocks that only count
go on, as they do when somebody sets the clock of a machine."""

import contextlib
import email.utils
import glob
import json
import os
import time

from federation.fediverse import SOON, Person, servers
from federation.flood import arrives, post, to_anna
from federation.peer import Peer, signed
from federation.reach import delivery, finished, follow
from support.checks import equal, eventually

DAY = 86_400
BACK = 60  # seconds in which everything goes on


class FakeClock:
    def __init__(self, folder):
        found = glob.glob("/usr/lib/*/faketime/libfaketimeMT.so.1")
        if not found:
            raise RuntimeError("libfaketime is not installed (Debian package faketime)")
        self.library = found[0]
        self.file = os.path.join(folder, f"posy-clock-{os.getpid()}")
        self.set(0)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        os.remove(self.file)

    def set(self, seconds):
        """So far before or behind the true time."""
        self.ahead = seconds
        new = self.file + ".new"
        with open(new, "w") as file:
            file.write(f"{seconds:+d}")
        os.replace(new, self.file)  # never half of it

    def put_under(self, posy):
        posy.environment.update({"LD_PRELOAD": self.library, "FAKETIME_TIMESTAMP_FILE": self.file,
                                 "FAKETIME_NO_CACHE": "1", "FAKETIME_DONT_FAKE_MONOTONIC": "1"})

    def date(self):
        """The server's now, for a signature."""
        return email.utils.formatdate(time.time() + self.ahead, usegmt=True)


def run(check, database_url):
    with contextlib.ExitStack() as stack:
        clock = stack.enter_context(FakeClock("/tmp"))
        fans, grim = stack.enter_context(Peer("fans.test")), stack.enter_context(Peer("grim.test"))
        posy, = stack.enter_context(servers("a.test", peers={one.name: one.port for one in (fans, grim)},
                                            database_url=database_url, prepare=clock.put_under))
        anna = Person(posy, "anna")
        accept = {"for_private_mentions": "accept", "for_not_following": "accept", "for_new_accounts": "accept"}
        anna.patch("/api/v2/notifications/policy", json_body=accept)
        for one in (fans, grim):
            follow(posy, one, anna)
        forwards(check, posy, anna, clock, fans)
        back(check, posy, anna, clock, fans, grim)
        while_it_is_off(check, posy, anna, clock, grim)

        @check("the server met no error of its own")
        def _():
            equal(posy.errors(), [])


def says(posy, peer, activity, date):
    body = json.dumps(activity).encode()
    return post(posy, signed(peer, posy.name, "/inbox", body, date=date), body)[0]


def has(peer, sent):
    return any(act["type"] == "Create" and act["object"]["id"] == sent["uri"] for act in peer.got)


def logged(posy, words):
    eventually(lambda: words in posy.output(), f"{words!r} is not in the log", SOON)


def forwards(check, posy, anna, clock, fans):
    @check("a jump forwards is named in the log, and posts go out and stand on top")
    def _():
        anna.publish("the day before")
        clock.set(DAY)
        logged(posy, "The clock went forward by 86400 seconds")
        sent = anna.publish("a day later")
        eventually(lambda: has(fans, sent), "it did not arrive", SOON)
        equal(anna.home()[0]["id"], sent["id"])

    @check("other servers are judged by the clock that there is")
    def _():
        true_date = email.utils.formatdate(usegmt=True)
        letter = to_anna(fans, "forwards", "carl")
        equal(says(posy, fans, letter, true_date), 401)
        equal(says(posy, fans, letter, clock.date()), 202)
        arrives(anna, letter)


def waits_for(anna, sent, host):
    def tried():
        path = f"/api/posy/v1/statuses/{sent['id']}/delivery/hosts"
        rows = anna.get(path, query={"state": "waiting"}).json
        return [one["host"] for one in rows] == [host] and rows[0]["reason"]
    eventually(tried, "it was not tried", SOON)


def back(check, posy, anna, clock, fans, grim):
    known = {}

    @check("what waits when the clock is set back does not wait for a day")
    def _():
        grim.answers_with = 503
        known["post"] = anna.publish("wait a little")
        waits_for(anna, known["post"], grim.name)
        # What this answers cannot be fetched now: the activity is tried again later.
        parent = f"{grim.base}/users/carl/notes/1"
        grim.pages["/users/carl/notes/1"] = (503, {}, b"")
        letter = to_anna(fans, "answer", "carl", inReplyTo=parent)
        equal(says(posy, fans, letter, clock.date()), 202)
        clock.set(0)
        logged(posy, "The clock was set back by 86400 seconds")
        grim.answers_with = 202
        grim.show("/users/carl/notes/1", grim.note(1, "the first"))
        eventually(lambda: delivery(anna, known["post"])["finished_at"], "it did not arrive", BACK)
        equal(finished(anna, known["post"])["delivered"], 2)
        arrives(anna, letter, seconds=BACK)

    @check("a post made then stands on top, and goes out")
    def _():
        sent = anna.publish("the same day again")
        equal([one["id"] for one in anna.home()[:2]], [sent["id"], known["post"]["id"]])
        eventually(lambda: has(fans, sent) and has(grim, sent), "it did not arrive", SOON)
        equal(finished(anna, sent)["delivered"], 2)

    @check("letters and their notifications come, on top")
    def _():
        letter = to_anna(fans, "back", "carl")
        equal(says(posy, fans, letter, clock.date()), 202)
        arrives(anna, letter)
        equal(anna.told("mention")[0]["status"]["uri"], letter["object"]["id"])

    @check("what was signed by the wrong clock is refused")
    def _():
        tomorrow = email.utils.formatdate(time.time() + DAY, usegmt=True)
        equal(says(posy, fans, to_anna(fans, "tomorrow", "carl"), tomorrow), 401)

    @check("a poll's end and a scheduled post keep their time")
    def _():
        due = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 7200))
        known["due"] = anna.post("/api/v1/statuses", json_body={"status": "at its time", "scheduled_at": due}).json
        clock.set(-3600)
        logged(posy, "The clock was set back by 3600 seconds")
        equal([one["id"] for one in anna.get("/api/v1/scheduled_statuses").json], [known["due"]["id"]])
        clock.set(7300)
        def is_out():
            return [one for one in anna.home() if "at its time" in one["content"]]
        eventually(is_out, "it was not published", SOON)
        clock.set(0)


def while_it_is_off(check, posy, anna, clock, grim):
    @check("set back while the server is off it is noticed at the start, and nothing waits for a day")
    def _():
        grim.answers_with = 503
        sent = anna.publish("before it went off")
        waits_for(anna, sent, grim.name)
        posy.stop()
        clock.set(-DAY)
        posy.start()
        logged(posy, "before the newest that is kept here")
        grim.answers_with = 202
        eventually(lambda: delivery(anna, sent)["finished_at"], "it did not arrive", BACK)
        equal(finished(anna, sent)["delivered"], 2)

    @check("and what comes stands on top")
    def _():
        sent = anna.publish("after it went on")
        equal(anna.home()[0]["id"], sent["id"])
        eventually(lambda: has(grim, sent), "it did not arrive", SOON)
        equal(delivery(anna, sent)["servers"], 2)
