"""The demonstration, smaller and without anybody who looks."""

import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import urllib.request

from support.checks import Checks, contains, equal, eventually, holds
from support.posy import PROGRAM, ROOT, free_port

sys.path.insert(0, ROOT)

SERVERS, LETTERS, SOON = 40, 60, 60


def run(report):
    from demo.story import Story
    check = Checks(report, "demo")
    with tempfile.TemporaryDirectory(prefix="posy-demo-test-") as folder:
        with Story(PROGRAM, folder, free_port(), SERVERS, LETTERS, say=lambda *_, **__: None) as story:
            tell(check, story)
            process = story.server.process

        @check("it stops cleanly")
        def _():
            equal(process.returncode, 0)
            equal([line for line in story.server.log.read_text().splitlines() if "Z error " in line], [])

    @check("the command explains itself, and says what is wrong")
    def _():
        command = ["/usr/bin/python3", os.path.join(ROOT, "demo")]
        contains(subprocess.run([*command, "--help"], capture_output=True, text=True, check=True).stdout, "--letters")
        with taken_port() as port:
            taken = subprocess.run([*command, "--port", str(port)], capture_output=True, text=True, check=False)
            equal((taken.returncode, taken.stderr.strip()), (1, f"Port {port} is taken. Another one: ./run demo --port {port + 1}"))


@contextlib.contextmanager
def taken_port():
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen()
        yield door.getsockname()[1]


def tell(check, story):
    @check("she moves in with a picture, and everybody's follow is taken")
    def _():
        story.settle()
        equal(story.followers(), SERVERS * 3)

    @check("the link signs a browser in, and leads to her desk")
    def _():
        with urllib.request.urlopen(story.link(), timeout=30) as page:
            holds(page.url.endswith("/desk/"), page.url)
            contains(page.read().decode(), "<title>Posy</title>")

    @check("her essay reaches every server that answers, and the report names those that are gone")
    def _():
        story.publish()
        shown = story.delivery()
        equal((shown["servers"], shown["delivered"], shown["waiting"]), (SERVERS, SERVERS - len(story.them.gone), 2))
        hosts = story.author.ask("GET", f"/api/posy/v1/statuses/{story.essay['id']}/delivery/hosts")
        equal({one["host"] for one in hosts}, story.them.gone)
        for host in set(story.them.hosts) - story.them.gone:
            kinds = [one["object"]["type"] for one in story.them.got[host] if one["type"] == "Create"]
            holds("Article" in kinds, f"{host} got {kinds}")

    @check("every letter is taken, and can be read")
    def _():
        taken, sent = story.write_back(pause_s=0)
        equal(taken, sent)
        eventually(lambda: story.told() == LETTERS, "not every letter can be read", SOON)
        shown = story.author.ask("GET", f"/api/v1/statuses/{story.essay['id']}")
        holds(shown["favourites_count"] > 0 and shown["reblogs_count"] > 0 and shown["replies_count"] > 0, shown)
        private = story.author.ask("GET", "/api/v1/conversations?limit=40")
        equal(len(private), LETTERS // 4)
