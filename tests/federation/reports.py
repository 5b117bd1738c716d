"""Reports that go from server to server, in the name of none but the server."""

import json
import time

from federation.fediverse import SOON, Person, servers
from federation.peer import Peer, tell
from support.checks import equal, eventually, holds, lacks
from support.database import value_of


def run(check, database_url):
    with Peer("c.test") as peer:
        with servers("a.test", "b.test", peers={peer.name: peer.port}, database_url=database_url) as (one, two):
            anna, maud = Person(one, "anna"), Person(one, "maud", "moderator")
            bert, mia = Person(two, "bert"), Person(two, "mia", "moderator")
            there_and_back(check, one, two, anna, maud, bert, mia)
            there_and_back(check, two, one, bert, mia, anna, maud)
            to_a_peer(check, anna, peer)
            hostile(check, one, peer, anna, maud)

            @check("no server met an error of its own")
            def _():
                equal(one.errors() + two.errors(), [])


def soon(claim, otherwise):
    return eventually(claim, otherwise, SOON)


def reports(moderator):
    return [told["report"] for told in moderator.told("admin.report")]


def there_and_back(check, here, there, anna, maud, bert, mia):
    where = f"from {here.name} to {there.name}"
    post = bert.publish("something unkind")
    known, seen = anna.finds(bert), anna.finds_post(post["uri"])
    before = len(reports(mia))

    @check(f"{where}: a report is told to the moderators, here and where its target is")
    def _():
        comment = f"please look at this, {here.name}"
        made = anna.post("/api/v1/reports", form={"account_id": known["id"], "status_ids[]": seen["id"],
                                                  "comment": comment, "forward": "true"}).json
        equal(made["forwarded"], True)
        told = maud.told("admin.report")[0]
        equal((told["account"]["id"], told["report"]["id"]), (anna.account["id"], made["id"]))
        equal(told["report"]["target_account"]["acct"], bert.handle)
        soon(lambda: len(reports(mia)) > before, "it did not arrive")
        arrived = mia.told("admin.report")[0]
        equal((arrived["report"]["comment"], arrived["report"]["status_ids"]), (comment, [post["id"]]))
        equal(arrived["report"]["target_account"]["id"], bert.account["id"])
        group = mia.get("/api/v2/notifications", query={"types[]": ["admin.report"]}).json
        equal(group["notification_groups"][0]["report"]["id"], arrived["report"]["id"])
        # The server complains, not she.
        equal(arrived["account"]["acct"], f"{here.name}@{here.name}")
        lacks(json.dumps(arrived), "anna" if here.name == "a.test" else "bert@")

    @check(f"{where}: what is not to be forwarded stays here")
    def _():
        anna.post("/api/v1/reports", form={"account_id": known["id"], "comment": "quietly"})
        anna.post("/api/v1/reports", form={"account_id": maud.account["id"], "comment": "ours", "forward": "true"})
        equal(value_of(here, "select count(*) from job where kind = 'send'"), "0")
        equal(len(reports(mia)), before + 1)
        equal(anna.told("admin.report"), [])


def to_a_peer(check, anna, peer):
    @check("a Flag names the person and then the posts, once")
    def _():
        note = peer.note(1, "rude")
        peer.show("/users/carl/notes/1", note)
        seen = anna.finds_post(note["id"])
        anna.post("/api/v1/reports", form={"account_id": seen["account"]["id"], "status_ids[]": seen["id"],
                                           "comment": "rude", "forward": "true"})
        flag = soon(lambda: next((one for one in peer.got if one["type"] == "Flag"), None), "it was not sent")
        equal(flag["actor"], "http://a.test/actor")
        equal(flag["object"], [f"{peer.base}/users/carl", note["id"]])
        equal((flag["content"], flag["to"]), ("rude", [f"{peer.base}/users/carl"]))
        equal(len([one for one in peer.got if one["type"] == "Flag"]), 1)
        lacks(json.dumps(flag), "anna")


def hostile(check, posy, peer, anna, maud):
    her = "http://a.test/users/anna"

    def flag(number, objects, **changes):
        activity = peer.activity("Flag", f"flag-{number}", objects, content="look", **changes)
        equal(tell(posy, peer, activity), 202)
        def outcome():
            return value_of(posy, f"select outcome from received where activity = '{activity['id']}'")
        return soon(outcome, "it was not worked off")

    @check("a Flag from elsewhere names only posts of its target that its server may have")
    def _():
        post = anna.publish("open")
        secret = anna.publish("secret", visibility="direct")
        friends = anna.publish("friends", visibility="private")
        others = maud.publish("another one's")
        before = len(reports(maud))
        objects = [her, post["uri"], secret["uri"], friends["uri"], "http://a.test/users/anna/statuses/1",
                   "http://elsewhere.test/1", "javascript:x"]
        equal(flag(1, objects), "done")
        equal(len(reports(maud)), before + 1)
        equal(reports(maud)[0]["status_ids"], [post["id"]])
        equal(reports(maud)[0]["category"], "other")
        # Some name only a post: its author is meant.
        equal(flag(2, others["uri"]), "done")
        equal(reports(maud)[0]["status_ids"], [others["id"]])

    @check("a Flag about nobody here, or about nothing, is no report")
    def _():
        before = value_of(posy, "select count(*) from report")
        nobody = (["http://b.test/users/bert"], [], None, {}, 7, ["http://a.test/users/nobody"])
        for number, objects in enumerate(nobody):
            holds(flag(10 + number, objects).startswith(("ignored", "refused")), objects)
        equal(value_of(posy, "select count(*) from report"), before)

    @check("a Flag that comes again is one report, and a long one is cut")
    def _():
        before = int(value_of(posy, "select count(*) from report"))
        activity = peer.activity("Flag", "flag-20", [her], content="x" * 15000)
        for _ in range(2):
            equal(tell(posy, peer, activity), 202)
            time.sleep(1.1)  # so that the second signature is another one
        soon(lambda: int(value_of(posy, "select count(*) from report")) == before + 1, "it did not arrive")
        soon(lambda: len(reports(maud)[0]["comment"]) == 1000, "it was not cut")
        equal(int(value_of(posy, "select count(*) from report")), before + 1)

    @check("a thousand objects are looked at in part, and make few reports")
    def _():
        before = int(value_of(posy, "select count(*) from report"))
        flag(30, [her] * 500 + ["http://a.test/users/maud"] * 500)
        flag(31, [f"http://a.test/users/anna/statuses/{number}" for number in range(1000)])
        holds(int(value_of(posy, "select count(*) from report")) - before <= 2, "too many")

    @check("reports of a server whose reports the operator rejects are taken and are none; what it writes arrives")
    def _():
        posy.command("domain", "block", "c.test", "--severity", "noop", "--reject-reports")
        def ignored():
            ignored.number += 1
            return flag(f"rejected-{ignored.number}", [her]).startswith("ignored")
        ignored.number = 0
        soon(ignored, "they are still heard")
        heard = value_of(posy, "select count(*) from report")
        flag("rejected-last", [her])
        equal(value_of(posy, "select count(*) from report"), heard)
        note = peer.note("heard", "I still write", cc=[her], tag=[{"type": "Mention", "href": her}])
        equal(tell(posy, peer, peer.activity("Create", "create-heard", note)), 202)
        soon(lambda: any(told["status"] and "I still write" in told["status"]["content"]
                         for told in anna.told("mention")), "what it writes is rejected too")
        posy.command("domain", "unblock", "c.test")
        def heard_again():
            heard_again.number += 1
            return flag(f"again-{heard_again.number}", [her]) == "done"
        heard_again.number = 0
        soon(heard_again, "they are still rejected")
