"""Where answers go, what they cost beforehand, and what their author sees of it. Peers of our own stand for a server
of followers (fans.test), of whom she answers (carl.test, who does not follow her), and for one that refuses
(grim.test)."""

import json
import re
import time

from federation.fediverse import SOON, Person, servers
from federation.peer import Peer, tell
from support.checks import contains, equal, eventually, holds
from support.http import Client
from support.posy import free_port
from support.websocket import WebSocket

QUIET_S = 2  # in which nothing comes that would have come


def soon(claim, otherwise):
    return eventually(claim, otherwise, SOON)


def run(check, database_url):
    with Peer("fans.test") as fans, Peer("carl.test") as carl, Peer("grim.test") as grim:
        ports = {peer.name: peer.port for peer in (fans, carl, grim)}
        figures = free_port()
        with servers("a.test", peers=ports, database_url=database_url,
                     more={"POSY_METRICS_LISTEN": f"127.0.0.1:{figures}"}) as (posy,):
            anna, eve = Person(posy, "anna"), Person(posy, "eve")
            follow(posy, fans, anna)
            answers(check, posy, anna, fans, carl)
            preferences(check, anna)
            progress(check, posy, anna, eve, fans, grim)
            stream(check, posy, anna, grim)
            commands(check, posy, anna, grim)
            metrics(check, Client(figures))
            deletions(check, posy, anna, fans, carl)

            @check("the server met no error of its own")
            def _():
                equal(posy.errors(), [])


def follow(posy, peer, anna):
    equal(tell(posy, peer, peer.activity("Follow", 1, anna.account["uri"])), 202)
    soon(lambda: [one for one in peer.got if one["type"] == "Accept"], "the follow was not accepted")


def letter(posy, peer, anna, number):
    """A public post of the peer's that names her, as she sees it."""
    note = peer.note(number, f"letter {number}", tag=[
        {"type": "Mention", "href": anna.account["uri"], "name": f"@{anna.handle}"}],
        cc=[anna.account["uri"]])
    equal(tell(posy, peer, peer.activity("Create", f"create-{number}", note, to=note["to"], cc=note["cc"])), 202)
    def found():
        told = [one["status"] for one in anna.told("mention")]
        return next((one for one in told if one["uri"] == note["id"]), None)
    return soon(found, "the letter did not arrive")


def heard(peer, kind, uri):
    def of(activity):
        thing = activity["object"]
        return thing if isinstance(thing, str) else thing["id"]
    return [one for one in peer.got if one["type"] == kind and of(one) == uri]


def delivery(anna, post, expect=200):
    return anna.get(f"/api/posy/v1/statuses/{post['id']}/delivery", expect).json


def finished(anna, post):
    def is_over():
        shown = delivery(anna, post)
        return shown if shown["finished_at"] else None
    return soon(is_over, "the delivery did not come to its end")


def cost(anna, **parameters):
    return anna.post("/api/posy/v1/statuses/cost", json_body=parameters).json


def answers(check, posy, anna, fans, carl):
    known = {}

    @check("an answer for people goes to them and to no server of followers, and costs what was said")
    def _():
        came = known["letter"] = letter(posy, carl, anna, 1)
        words = {"status": f"@carl@{carl.name} thank you", "in_reply_to_id": came["id"], "posy": {"reach": "people"}}
        said = cost(anna, **words)
        equal((said["is_answer"], said["reach"], said["people"], said["followers"]), (True, "people", 1, 2))
        post = known["post"] = anna.post("/api/v1/statuses", json_body=words).json
        shown = finished(anna, post)
        equal((shown["reach"], shown["servers"], shown["delivered"]), ("people", said["people"], said["people"]))
        equal([one["kind"] for one in shown["activities"]], ["post"])
        equal(len(heard(carl, "Create", post["uri"])), 1)

    @check("a change of it and its deletion go the same way")
    def _():
        post = known["post"]
        anna.put(f"/api/v1/statuses/{post['id']}", json_body={"status": "thank you very much"})
        soon(lambda: heard(carl, "Update", post["uri"]), "the change did not arrive")
        soon(lambda: [one["kind"] for one in delivery(anna, post)["activities"]] == ["edit", "post"],
             "the change is not shown")
        anna.delete(f"/api/v1/statuses/{post['id']}")
        soon(lambda: heard(carl, "Delete", post["uri"]), "the deletion did not arrive")
        shown = finished(anna, post)
        equal((shown["activities"][0]["kind"], shown["servers"], shown["delivered"]), ("deletion", 1, 1))
        time.sleep(QUIET_S)
        for kind in ("Create", "Update", "Delete"):
            equal(heard(fans, kind, post["uri"]), [])

    @check("by default it goes to all followers too while their servers are few, as forms may ask for as well")
    def _():
        said = cost(anna, status="x", in_reply_to_id=known["letter"]["id"])
        equal((said["reach"], said["followers"]), ("followers", 2))
        for form in ({}, {"posy[reach]": "followers"}):
            post = anna.post("/api/v1/statuses", form={"status": f"for all {form}",
                                                       "in_reply_to_id": known["letter"]["id"], **form}).json
            shown = finished(anna, post)
            equal((shown["reach"], shown["delivered"]), ("followers", said["followers"]))
            equal(len(heard(fans, "Create", post["uri"])), 1)

    @check("what is no answer goes where posts go, and boosts too")
    def _():
        said = cost(anna, status="to all")
        equal((said["is_answer"], said["reach"], said["followers"], said["people"]), (False, "followers", 1, 0))
        post = anna.publish("to all")
        equal(finished(anna, post)["delivered"], 1)
        equal(delivery(anna, post)["reach"], None)
        boost = anna.act(post, "reblog")
        equal(finished(anna, boost)["delivered"], 1)

    @check("what is refused: another reach, answers to what is not there, and asking without a token")
    def _():
        anna.post("/api/v1/statuses", 422, json_body={"status": "x", "posy": {"reach": "everywhere"}})
        anna.post("/api/posy/v1/statuses/cost", 404, json_body={"status": "x", "in_reply_to_id": "1"})
        Client(posy.port).post("/api/posy/v1/statuses/cost", 401, json_body={"status": "x"})


def preferences(check, anna):
    path = "/api/posy/v1/preferences"

    @check("what she prefers for her answers can be read and changed")
    def _():
        equal(anna.get(path).json, {"reply_reach": "automatic", "reply_reach_now": "followers", "servers": 1})
        equal(anna.patch(path, json_body={"reply_reach": "people"}).json["reply_reach_now"], "people")
        came = anna.told("mention")[0]["status"]
        equal(cost(anna, status="x", in_reply_to_id=came["id"])["reach"], "people")
        anna.patch(path, 422, json_body={"reply_reach": "nowhere"})
        equal(anna.patch(path, form={"reply_reach": "automatic"}).json["reply_reach"], "automatic")


def progress(check, posy, anna, eve, fans, grim):
    @check("a server that refuses is shown with its reason, and nobody else sees that")
    def _():
        follow(posy, grim, anna)
        grim.answers_with = 404
        post = anna.publish("not for everybody")
        shown = finished(anna, post)
        equal((shown["servers"], shown["delivered"], shown["failed"], shown["waiting"]), (2, 1, 1, 0))
        path = f"/api/posy/v1/statuses/{post['id']}/delivery/hosts"
        rows = anna.get(path, query={"state": "failed"}).json
        equal([(one["host"], one["state"]) for one in rows], [("grim.test", "failed")])
        equal(rows[0]["reason"], "It does not know this address (404)")
        holds(rows[0]["failed_at"], rows)
        equal(anna.get(path).json, [])
        for who in (eve, Client(posy.port)):
            answers_with = 404 if who is eve else 401
            who.get(f"/api/posy/v1/statuses/{post['id']}/delivery", answers_with)
            who.get(path, answers_with)

    @check("a server that has no time waits, with its next try, and pages go on")
    def _():
        grim.answers_with = fans.answers_with = 503
        post = anna.publish("later perhaps")
        path = f"/api/posy/v1/statuses/{post['id']}/delivery/hosts"
        def tried():
            rows = anna.get(path, query={"state": "waiting"}).json
            return rows if len(rows) == 2 and all(one["reason"] for one in rows) else None
        rows = soon(tried, "they were not tried")
        equal([one["host"] for one in rows], ["fans.test", "grim.test"])
        equal(rows[0]["reason"], "It is overloaded or being mended (503)")
        holds(all(one["next_try_at"] and one["failing_since"] for one in rows), rows)
        shown = delivery(anna, post)
        equal((shown["waiting"], shown["finished_at"]), (2, None))
        holds(shown["next_try_at"], shown)
        first = anna.get(path, query={"limit": "1"})
        target = re.fullmatch(r'<http://a\.test(.*)>; rel="next"', first.headers["Link"])[1]
        second = anna.get(target)
        equal([first.json[0]["host"], second.json[0]["host"]], ["fans.test", "grim.test"])
        rest = anna.get(re.fullmatch(r'<http://a\.test(.*)>; rel="next"', second.headers["Link"])[1])
        equal((rest.json, rest.headers["Link"]), ([], None))
        anna.get(path, 404, query={"activity_id": "12"})
        anna.get(path, 422, query={"state": "lost"})
        fans.answers_with = grim.answers_with = 202


def stream(check, posy, anna, grim):
    @check("she is told while it goes on, the end included")
    def _():
        with WebSocket(posy.port, "/api/v1/streaming?stream=user", anna.token) as live:
            time.sleep(0.3)
            post = anna.publish("watched")
            def last():
                while True:
                    names, told = live.wait_for("posy.delivery", SOON)
                    equal(names, ["user"])
                    if told["status_id"] == post["id"] and told["finished_at"]:
                        return told
            told = last()
            shown = delivery(anna, post)
            equal(told, shown)


def commands(check, posy, anna, grim):
    @check("posy deliveries shows what is under way, what was given up, and servers in trouble")
    def _():
        grim.answers_with = 503
        anna.publish("on its way")
        soon(lambda: json.loads(posy.command("deliveries", "--hosts", "--json").stdout), "it was not tried")
        contains(posy.command("deliveries").stdout, "SERVERS")
        contains(posy.command("deliveries", "--failed").stdout, "grim.test")
        contains(posy.command("deliveries", "--failed").stdout, "It does not know this address (404)")
        rows = json.loads(posy.command("deliveries", "--failed", "--json").stdout)
        equal((rows[0]["host"], rows[0]["state"]), ("grim.test", "failed"))
        one = json.loads(posy.command("deliveries", "--post", rows[0]["post"], "--json").stdout)
        equal((one["activities"][0]["failed"], one["hosts"][0]["host"]), (1, "grim.test"))
        contains(posy.command("deliveries", "--post", rows[0]["post"]).stdout, "100 %")
        hosts = json.loads(posy.command("deliveries", "--hosts", "--json").stdout)
        holds(all(one["since"] and one["reason"] for one in hosts), hosts)
        grim.answers_with = 202

    @check("it says what it cannot do")
    def _():
        for arguments in (["--post", "none"], ["--post", "12"], ["--failed", "--hosts"]):
            done = posy.command("deliveries", *arguments, check=False)
            holds(done.returncode not in (0, -6, -11) and done.stderr.strip(), f"{arguments}: {done.stdout}")


def deletions(check, posy, anna, fans, carl):
    @check("a deletion reaches who was taken out of the post, and a server whose last follower has left")
    def _():
        post = anna.publish(f"@carl@{carl.name} hello")
        for peer in (fans, carl):
            soon(lambda peer=peer: heard(peer, "Create", post["uri"]), f"the post did not arrive at {peer.name}")
        anna.put(f"/api/v1/statuses/{post['id']}", json_body={"status": "hello all"})
        soon(lambda: heard(carl, "Update", post["uri"]), "the change did not arrive")
        following = fans.activity("Follow", 1, anna.account["uri"])
        equal(tell(posy, fans, fans.activity("Undo", "undo-1", following)), 202)
        soon(lambda: anna.get("/api/posy/v1/preferences").json["servers"] == 1, "she still follows")
        later = anna.publish("who has left does not get this")
        finished(anna, later)
        for gone in (post, later):
            anna.delete(f"/api/v1/statuses/{gone['id']}")
        for peer in (fans, carl):
            soon(lambda peer=peer: heard(peer, "Delete", post["uri"]), f"the deletion did not arrive at {peer.name}")
        equal(heard(fans, "Create", later["uri"]), [])


def metrics(check, client):
    def value(text, name):
        found = re.search(rf"^{re.escape(name)} ([-+.0-9e]+)$", text, re.M)
        holds(found, f"{name} is not there")
        return float(found[1])

    @check("what went out and came in is counted")
    def _():
        text = client.get("/metrics").text
        for name in ('posy_delivery_attempts_total{outcome="delivered"}',
                     'posy_delivery_attempts_total{outcome="later"}',
                     'posy_delivery_attempts_total{outcome="refused"}', "posy_delivery_seconds_count",
                     "posy_inbox_accepted_total",
                     'posy_inbox_key_fetches_total{outcome="fetched"}'):
            holds(value(text, name) > 0, f"{name} is 0")
        for name in ("posy_delivery_connections", "posy_delivery_waiting", "posy_delivery_hosts",
                     "posy_delivery_hosts_resting", "posy_inbox_waiting",
                     "posy_inbox_oldest_seconds", 'posy_inbox_refused_total{reason="unsigned"}'):
            value(text, name)
