"""A server of another make: Fedify, run by a small program of ours (fedify/server.mjs), behind Caddy like Posy."""

import contextlib
import json
import os
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

from federation.fediverse import SOON, Person
from support.caddy import Caddy
from support.checks import eventually
from support.posy import ROOT, Posy, free_port

NODE = os.path.join(ROOT, "tests", "node_modules", ".bin", "node")
SERVER = os.path.join(ROOT, "tests", "federation", "fedify", "server.mjs")
START_S = 30
ACT_S = 30


class Fedify:
    def __init__(self, name, port):
        self.name = name
        self.origin = f"https://{name}"
        self.port = port
        self.control = free_port()
        self.process = None
        self.log = tempfile.TemporaryFile(prefix="posy-fedify-")

    def start(self, proxy):
        environment = {**os.environ, "FEDIFY_NAME": self.name, "FEDIFY_PORT": str(self.port),
                       "FEDIFY_CONTROL_PORT": str(self.control), "FEDIFY_PROXY_PORT": str(proxy.port),
                       "NODE_EXTRA_CA_CERTS": proxy.authority}
        self.process = subprocess.Popen([NODE, SERVER], env=environment, stdin=subprocess.PIPE, stdout=self.log,
                                        stderr=subprocess.STDOUT)
        end = time.monotonic() + START_S
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise RuntimeError(f"Fedify ended at start:\n{self.output()}")
            try:
                self.state()
                return
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.05)
        raise RuntimeError(f"Fedify does not answer:\n{self.output()}")

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        if self.process:
            self.process.stdin.close()
        self.log.close()

    def output(self):
        self.log.seek(0)
        return self.log.read().decode("utf-8", "replace")[-4000:]

    def act(self, verb, **said):
        """One of the acts of fedify/acts.mjs."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.control}/{verb}", json.dumps(said).encode(),
                                         {"Content-Type": "application/json"})
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=ACT_S) as answer:
                return json.loads(answer.read())
        except urllib.error.HTTPError as error:
            raise AssertionError(f"{verb} {said}: {json.loads(error.read())['error'][:500]}") from None

    def state(self):
        """All that the server knows. `understood` is what it made of the object of an activity, perhaps nothing."""
        state = self.act("state")
        for one in state["received"]:
            one["understood"] = one["understood"] or {}
        return state

    def person(self, name):
        return Member(self, name)


class Member:
    """Somebody with an account on the Fedify server."""

    def __init__(self, server, name):
        self.server = server
        self.name = name
        self.handle = f"{name}@{server.name}"
        self.id = server.act("person", name=name)

    def act(self, verb, **said):
        return self.server.act(verb, who=self.name, **said)

    def post(self, content, **wanted):
        return self.act("post", content=content, **wanted)

    def received(self, kind, actor, fits=lambda one: True, since=0):
        """The newest activity of this type that came from this actor, once it is there; `since`: so many came before."""
        def find():
            came = self.server.state()["received"][since:]
            return next((one for one in reversed(came)
                         if one["type"] == kind and one["actor"] == actor and fits(one)), None)
        return eventually(find, f"no such {kind} came", SOON)

    def received_post(self, kind, actor, uri):
        """What was understood of a post, in the newest Create or Update of it."""
        return self.received(kind, actor, lambda one: one["understood"].get("id") == uri)["understood"]

    @property
    def knows(self):
        return self.server.state()["people"][self.name]


@contextlib.contextmanager
def posy_and_fedify(database_url=None):
    """https://a.test is Posy, https://c.test is Fedify, both behind one Caddy; each finds the other through it."""
    posy = Posy(database_url)
    posy.name = "a.test"
    fedify = Fedify("c.test", free_port())
    with contextlib.ExitStack() as stack:
        stack.callback(fedify.stop)
        proxy = stack.enter_context(Caddy({posy.name: posy.port, fedify.name: fedify.port}))
        posy.environment.update({
            "POSY_HOST": posy.name, "POSY_PUBLIC_URL": f"https://{posy.name}",
            "POSY_FEDERATION_RESOLVE": f"*.test:443=127.0.0.1:{proxy.port}",
            "POSY_FEDERATION_ALLOW_ADDRESSES": "127.0.0.0/8", "POSY_FEDERATION_CA_FILE": proxy.authority})
        fedify.start(proxy)
        stack.enter_context(posy)
        yield posy, fedify


def people(posy, fedify):
    """Anna on Posy, Carl and Dora on Fedify."""
    anna = Person(posy, "anna")
    anna.uri = f"https://{posy.name}/users/anna"
    return anna, fedify.person("carl"), fedify.person("dora")
