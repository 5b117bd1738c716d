"""toot, Debian's client for the command line, in a home of its own."""

import os
import re
import shutil
import subprocess
import tempfile
import urllib.parse

from support import pictures
from support.browser import Browser, query_of
from support.checks import contains, equal, eventually, holds, lacks

TOOT = "/usr/bin/toot"
TIMEOUT_S = 60


def run(check, posy, berta):
    if not os.path.exists(TOOT):
        check.skip("toot works", "it is not installed (Debian package toot)")
        return
    home = tempfile.mkdtemp(prefix="posy-toot-")
    try:
        with_home(check, posy, berta, home)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def with_home(check, posy, berta, home):
    environment = {**os.environ, "HOME": home, "XDG_CONFIG_HOME": home, "PYTHONUNBUFFERED": "1", "NO_PROXY": "*",
                   "TERM": "dumb"}

    def toot(*arguments, stdin=None):
        done = subprocess.run([TOOT, *arguments, "--no-color"], env=environment, input=stdin, capture_output=True,
                              text=True, check=False, timeout=TIMEOUT_S)
        if done.returncode != 0 or "error" in done.stderr.lower():
            raise AssertionError(f"toot {' '.join(arguments)}: {done.stdout[-300:]} {done.stderr[-300:]}")
        return done.stdout

    def post(*arguments):
        said = toot("post", *arguments)
        return re.search(r"/@anna/(\d+)", said)[1]

    @check("logs in through the browser with a code")
    def _():
        log_in(posy, environment)
        contains(toot("auth"), f"anna@localhost:{posy.port}")
        contains(toot("whoami"), "anna")

    @check("shows the server")
    def _():
        contains(toot("instance", "--disable-https"), "Posy")

    @check("posts text, with notice, visibility and language")
    def _():
        number = post("hello from toot #terminal", "-p", "the notice", "-v", "unlisted", "-l", "en")
        shown = berta.get(f"/api/v1/statuses/{number}").json
        equal((shown["spoiler_text"], shown["visibility"], shown["application"]["name"]),
              ("the notice", "unlisted", "toot - a Mastodon CLI client"))

    @check("posts a photo with a description")
    def _():
        path = os.path.join(home, "photo.jpg")
        with open(path, "wb") as file:
            file.write(pictures.photo())
        number = post("a photo", "-m", path, "-d", "two colours")
        media = berta.get(f"/api/v1/statuses/{number}").json["media_attachments"]
        equal([(one["type"], one["description"]) for one in media], [("image", "two colours")])

    @check("uploads a file for later")
    def _():
        contains(toot("upload", os.path.join(home, "photo.jpg")), "/media/")

    @check("reads home, public and tag timelines, and a thread")
    def _():
        number = post("for the timelines #terminal")
        berta.publish("@anna an answer", in_reply_to_id=number)
        contains(toot("timeline", "-1"), "for the timelines")
        contains(toot("timeline", "-1", "--public", "--local"), "for the timelines")
        contains(toot("timeline", "-1", "--tag", "terminal"), "for the timelines")
        contains(toot("thread", number), "an answer")

    @check("answers, favourites, boosts, bookmarks, pins, and takes it back")
    def _():
        number = berta.publish("for toot")["id"]
        post("@berta yes", "-r", number)
        for act, count in (("favourite", "favourites_count"), ("reblog", "reblogs_count")):
            toot(act, number)
            equal(berta.get(f"/api/v1/statuses/{number}").json[count], 1)
        contains(toot("reblogged_by", number), "anna")
        contains([one["type"] for one in berta.get("/api/v1/notifications").json], "mention")
        toot("bookmark", number)
        contains(toot("bookmarks", "-1"), "for toot")
        for act in ("unfavourite", "unreblog", "unbookmark"):
            toot(act, number)
        mine = post("to be pinned")
        toot("pin", mine)
        toot("unpin", mine)

    @check("follows and mutes people, and follows tags")
    def _():
        for act in ("follow", "mute", "unmute"):
            toot(act, "berta")
        contains(toot("following", f"anna@localhost:{posy.port}"), "berta")
        contains(toot("followers", f"berta@localhost:{posy.port}"), "anna")
        toot("tags_follow", "terminal")
        contains(toot("tags_followed"), "terminal")
        toot("tags_unfollow", "terminal")

    @check("shows notifications, and clears them")
    def _():
        berta.publish("@anna knock knock")
        contains(toot("notifications"), "knock knock")
        toot("notifications", "--clear")
        lacks(toot("notifications"), "knock knock")

    @check("searches people and tags")
    def _():
        contains(toot("search", "berta"), "@berta")
        eventually(lambda: "terminal" in toot("search", "terminal"), "the tag is not found")
        contains(toot("whois", "berta"), "berta")

    @check("blocks, and still finds whom to unblock")
    def _():
        toot("block", "berta")
        toot("unblock", "berta")

    @check("schedules, deletes, and logs out")
    def _():
        contains(toot("post", "later", "--scheduled-in", "1 hour"), "scheduled")
        number = post("to be deleted")
        toot("delete", number)
        berta.get(f"/api/v1/statuses/{number}", 404)
        toot("logout", f"anna@localhost:{posy.port}")
        lacks(toot("auth"), "anna@")


def log_in(posy, environment):
    """`toot login` prints an address, and waits for the code that the browser shows there."""
    program = subprocess.Popen([TOOT, "login", "-i", f"localhost:{posy.port}", "--disable-https", "--no-color"],
                               env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                               text=True)
    try:
        program.stdin.write("n\n")
        program.stdin.flush()
        address = next((line.strip() for line in program.stdout if "/oauth/authorize" in line), None)
        holds(address, "no address was printed")
        parts = urllib.parse.urlsplit(address)
        browser = Browser(posy)
        browser.sign_in("anna")
        browser.go(f"{parts.path}?{parts.query}")
        browser.submit("decision", press="allow")
        said, failed = program.communicate(query_of(browser.location())["code"] + "\n", timeout=TIMEOUT_S)
        equal(program.returncode, 0, said + failed)
    finally:
        if program.poll() is None:
            program.kill()
            program.communicate()
