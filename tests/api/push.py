"""Web Push: apps that nobody looks at are told, sealed, and not too often."""

import json
import os
import queue
import subprocess
import threading

from support.checks import contains, equal, eventually, holds
from support.database import person
from support.posy import ROOT

NODE = os.path.join(ROOT, "tests", "node_modules", ".bin", "node")
SERVICE = os.path.join(ROOT, "tests", "api", "push_service.mjs")
SUBSCRIPTION = "/api/v1/push/subscription"
LETTERS = 40  # more than an app is told of at once
SOON = 20


class Service:
    def __enter__(self):
        self.process = subprocess.Popen([NODE, SERVICE], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        about = json.loads(self.process.stdout.readline())
        self.port, self.keys = about["port"], {"p256dh": about["p256dh"], "auth": about["auth"]}
        self.got = queue.Queue()
        self.thread = threading.Thread(target=self.listen, daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()

    def listen(self):
        for line in self.process.stdout:
            push = json.loads(line)
            if "message" in push:
                push["message"] = json.loads(push["message"])
            self.got.put(push)

    def next(self, seconds=SOON):
        try:
            return self.got.get(timeout=seconds)
        except queue.Empty:
            raise AssertionError("nothing was pushed") from None

    def at(self, name, status=201):
        return f"http://push.test/{status}/{name}"

    def subscription(self, name, standard=True, status=201):
        return {"endpoint": self.at(name, status), "keys": self.keys, "standard": standard}


def run(check, databases):
    with Service() as service:
        settings = {"federation_scheme": "http", "federation_resolve": f"push.test:80=127.0.0.1:{service.port}"}
        with databases.server(federation_allow_addresses="127.0.0.0/8", **settings) as posy:
            anna, berta = person(posy, "anna"), person(posy, "berta")
            told(check, service, posy, anna, berta)
            rules(check, service, posy, anna, berta)
            hostile(check, service, anna)

            @check("the server met no error of its own")
            def _():
                equal(posy.errors(), [])
        with databases.server(**settings) as posy:
            guarded(check, service, posy)


def subscribe(client, subscription, alerts=("mention",), **data):
    return client.post(SUBSCRIPTION, json_body={"subscription": subscription,
                                                "data": {"alerts": {kind: True for kind in alerts}, **data}}).json


def told(check, service, posy, anna, berta):
    @check("a mention is pushed as RFC 8291 and 8292 say")
    def _():
        made = subscribe(anna, service.subscription("anna"), ["mention", "favourite"])
        equal((made["standard"], made["alerts"]["mention"], made["alerts"]["follow"]), (True, True, False))
        post = berta.publish("@anna good morning & <b>welcome</b>")
        push = service.next()
        equal(push["name"], "anna", push)
        equal((push["encoding"], push["ttl"]), ("aes128gcm", "172800"))
        holds(push["claims"]["holds"], "the sender's signature does not hold")
        equal(push["claims"]["point"], made["server_key"])
        equal(push["claims"]["aud"], "http://push.test")
        message = push["message"]
        equal(message["title"], "berta mentioned you")
        contains(message["body"], "good morning & <b>welcome</b>")
        equal(message["notification_type"], "mention")
        equal(message["access_token"], anna.token)
        of_it = anna.get(f"/api/v1/notifications/{message['notification_id']}").json
        equal(of_it["status"]["id"], post["id"])
        equal(anna.get("/api/v2/instance").json["configuration"]["vapid"]["public_key"], made["server_key"])

    @check("apps that came before the standard are told as they read it")
    def _():
        subscribe(anna, service.subscription("early", standard=False))
        berta.publish("@anna ä €")
        push = service.next()
        equal((push["name"], push["encoding"]), ("early", "aesgcm"), push)
        holds(push["claims"]["holds"] and "ä €" in push["message"]["body"], push)

    @check("behind a content notice nothing of the text is pushed")
    def _():
        berta.publish("@anna the end of the film", spoiler_text="film")
        equal(service.next()["message"]["body"], "film")


def rules(check, service, posy, anna, berta):
    def quiet():
        """Nothing comes: a push to berta's own app, which is asked for after it, comes first."""
        equal(service.next()["name"], "berta")

    def mark(text):
        subscribe(berta, service.subscription("berta"))
        anna.publish(f"@berta {text}")

    @check("what was not asked for is not pushed, and from whom")
    def _():
        subscribe(anna, service.subscription("anna"), ["follow"])
        berta.publish("@anna not asked for")
        mark("one")
        quiet()
        changed = anna.put(SUBSCRIPTION, json_body={"data": {"alerts": {"mention": True}, "policy": "followed"}}).json
        equal((changed["policy"], changed["alerts"]["mention"], changed["alerts"]["follow"]), ("followed", True, False))
        berta.publish("@anna a stranger")
        mark("two")
        quiet()
        anna.post(f"/api/v1/accounts/{berta.account['id']}/follow")
        berta.publish("@anna one whom she follows")
        equal(service.next()["name"], "anna")

    @check("it outlives a restart, and ends with the app")
    def _():
        key = anna.get(SUBSCRIPTION).json["server_key"]
        posy.stop()
        posy.start()
        equal(anna.get(SUBSCRIPTION).json["server_key"], key)
        berta.publish("@anna after the restart")
        equal(service.next()["name"], "anna")
        anna.delete(SUBSCRIPTION)
        anna.get(SUBSCRIPTION, 404)
        anna.put(SUBSCRIPTION, 404, json_body={"data": {"alerts": {"mention": True}}})
        berta.publish("@anna to nobody")
        mark("three")
        quiet()

    @check("a service that says that the app is gone is not asked again")
    def _():
        subscribe(anna, service.subscription("gone", status=410))
        berta.publish("@anna are you there?")
        equal(service.next()["name"], "gone")
        eventually(lambda: anna.get(SUBSCRIPTION, None).status == 404, "the subscription is still there", SOON)

    @check("who is written to by many is not told of each")
    def _():
        subscribe(anna, service.subscription("many"))
        for i in range(LETTERS):
            berta.publish(f"@anna {i}")
        last = anna.get("/api/v1/notifications", query={"limit": 1}).json[0]
        contains(last["status"]["content"], str(LETTERS - 1))
        pushed = [service.next()["name"]]
        mark("four")
        while pushed[-1] == "many":
            pushed.append(service.next()["name"])
        holds(2 < len(pushed) < LETTERS, f"{len(pushed)} were told")


def hostile(check, service, anna):
    @check("what nobody can be told by is refused")
    def _():
        good = service.subscription("anna")
        for broken in ({"endpoint": "nothing"}, {"endpoint": ""}, {"endpoint": "ftp://push.test/1"},
                       {"endpoint": "http://user:secret@push.test/"}, {"endpoint": "javascript:alert(1)"},
                       {"endpoint": "http://push.test/" + "a" * 3000},
                       {"keys": {"p256dh": "AAAA", "auth": service.keys["auth"]}},
                       {"keys": {"p256dh": "B" + "A" * 86, "auth": service.keys["auth"]}},
                       {"keys": {"p256dh": service.keys["p256dh"], "auth": "AAAA"}},
                       {"keys": {"p256dh": service.keys["p256dh"], "auth": "A" * 100_000}}, {"keys": {}}, {"keys": "x"}):
            answer = anna.post(SUBSCRIPTION, None, json_body={"subscription": {**good, **broken}})
            holds(answer.status in (400, 422), f"{broken}: {answer}")
        for body in ({}, {"subscription": None}, {"subscription": []}, {"subscription": good, "data": {"policy": "x"}},
                     {"subscription": good, "data": {"alerts": {"mention": "perhaps"}}}):
            answer = anna.post(SUBSCRIPTION, None, json_body=body)
            holds(answer.status in (400, 422), f"{body}: {answer}")


def guarded(check, service, posy):
    @check("nothing is pushed to an address that is nobody's business")
    def _():
        anna, berta = person(posy, "anna"), person(posy, "berta")
        subscribe(anna, service.subscription("inside"))
        berta.publish("@anna hello")
        # The connection would be made at once; what is known of it is that the post is there and nothing came.
        eventually(lambda: anna.get("/api/v1/notifications").json, "she was not told", SOON)
        try:
            service.next(3)
        except AssertionError:
            return
        raise AssertionError("it was pushed to a loopback address")
