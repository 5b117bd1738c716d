"""What others know more about: conversations, pinned posts, counts and followers, between servers that mean well and
with one that does not."""

import base64
import contextlib
import email.utils
import hashlib
import json
import os
import sqlite3
import time

from federation.fediverse import SOON, Person, servers
from federation.peer import Peer, send, tell
from support.checks import contains, equal, eventually, holds, lacks
from support.http import Client

WANTS = {"Accept": "application/activity+json"}


def run(check, database_url):
    with Peer("p.test") as peer, Peer("q.test") as other:
        peers = {peer.name: peer.port, other.name: other.port}
        with servers("a.test", "b.test", "c.test", peers=peers, database_url=database_url) as (one, two, three):
            anna, bert, cora = Person(one, "anna"), Person(two, "bert"), Person(three, "cora")
            conversations(check, anna, bert, cora, two)
            profiles(check, anna, bert, cora)
            followers(check, anna, bert, one, two)
            hostile_threads(check, anna, peer, other)
            hostile_followers(check, one, anna, peer, other)

            @check("no server met an error of its own")
            def _():
                equal(one.errors() + two.errors() + three.errors(), [])


def soon(claim, otherwise):
    return eventually(claim, otherwise, SOON)


def below(person, post):
    return [one["uri"] for one in person.get(f"/api/v1/statuses/{post['id']}/context").json["descendants"]]


def relation(person, other):
    return person.get("/api/v1/accounts/relationships", query={"id[]": [other["id"]]}).json[0]


def follow(person, other):
    known = person.finds(other)
    person.post(f"/api/v1/accounts/{known['id']}/follow")
    soon(lambda: relation(person, known)["following"], "the follow was not accepted")
    return known


def path_of(uri):
    return uri.split(".test", 1)[1]


def conversations(check, anna, bert, cora, two):
    known = {}

    @check("what a third server's people said appears after the thread is opened")
    def _():
        root = bert.publish("what do you think?")
        there = cora.finds_post(root["uri"])
        answer = cora.publish(f"@{bert.handle} well", in_reply_to_id=there["id"])
        soon(lambda: answer["uri"] in below(bert, root), "the answer did not reach its author")
        came = next(one for one in bert.get(f"/api/v1/statuses/{root['id']}/context").json["descendants"])
        last = bert.publish(f"@{cora.handle} thank you", in_reply_to_id=came["id"])
        here = anna.finds_post(root["uri"])
        opened = anna.get(f"/api/v1/statuses/{here['id']}/context")
        header = opened.headers["Mastodon-Async-Refresh"] or ""
        contains(header, f'id="{here["id"]}", retry=')
        soon(lambda: below(anna, here) == [answer["uri"], last["uri"]], "the thread is not whole")

        def refresh():
            return anna.get(f"/api/v1_alpha/async_refreshes/{here['id']}").json["async_refresh"]
        soon(lambda: refresh()["status"] == "finished", "the search does not end")
        equal(refresh(), {"id": here["id"], "status": "finished", "result_count": 2})
        anna.get("/api/v1_alpha/async_refreshes/1", 404)
        Client(anna.port).get(f"/api/v1_alpha/async_refreshes/{here['id']}", 401)
        equal(anna.told("mention"), [], "she was told of old posts")
        known.update(root=root, answer=answer, last=last)

    @check("a thread is a collection of its own, in pages, of what everybody may see")
    def _():
        hidden = bert.publish(f"@{cora.handle} quietly", in_reply_to_id=known["root"]["id"], visibility="direct")
        anybody = Client(two.port)
        whole = anybody.get(path_of(known["root"]["uri"]) + "/context", headers=WANTS).json
        equal((whole["type"], whole["attributedTo"]), ("OrderedCollection", "http://b.test/users/bert"))
        equal(whole["first"]["orderedItems"], [known[name]["uri"] for name in ("root", "answer", "last")])
        lacks(json.dumps(whole), hidden["uri"])
        document = anybody.get(path_of(known["root"]["uri"]), headers=WANTS).json
        equal(document["context"], whole["id"])
        page = anybody.get(path_of(whole["first"]["id"]), headers=WANTS).json
        equal((page["type"], page["partOf"]), ("OrderedCollectionPage", whole["id"]))
        anybody.get(path_of(whole["id"]) + "?after=x", 400, headers=WANTS)
        anybody.get(path_of(known["last"]["uri"]) + "/context", 404, headers=WANTS)

    @check("the replies of a post are paged")
    def _():
        root = bert.publish("so many")
        for i in range(51):
            bert.publish(f"answer {i}", in_reply_to_id=root["id"])
        anybody = Client(two.port)
        whole = anybody.get(path_of(root["uri"]) + "/replies", headers=WANTS).json
        equal((whole["type"], len(whole["first"]["items"])), ("Collection", 50))
        second = anybody.get(path_of(whole["first"]["next"]), headers=WANTS).json
        equal((len(second["items"]), "next" in second), (1, False))


def profiles(check, anna, bert, cora):
    @check("pinned posts and counts are there after the profile was looked at, and follow what she does")
    def _():
        first, second = bert.publish("pinned first"), bert.publish("pinned later")
        bert.act(first, "pin")
        follow(cora, bert)
        known = anna.finds(bert)

        def pins():
            answer = anna.get(f"/api/v1/accounts/{known['id']}/statuses", query={"pinned": "true"})
            return sorted(post["uri"] for post in answer.json)
        anna.get(f"/api/v1/accounts/{known['id']}")
        soon(lambda: pins() == [first["uri"]], "the pinned post was not found")
        soon(lambda: anna.get(f"/api/v1/accounts/{known['id']}").json["followers_count"] == 1, "the count was not read")
        holds(anna.get(f"/api/v1/accounts/{known['id']}").json["statuses_count"] > 10, "posts were not counted")
        follow(anna, bert)
        bert.act(second, "pin")
        soon(lambda: pins() == sorted([first["uri"], second["uri"]]), "the Add was not acted on")
        bert.act(first, "unpin")
        soon(lambda: pins() == [second["uri"]], "the Remove was not acted on")

    @check("featured hashtags are a collection")
    def _():
        bert.post("/api/v1/featured_tags", form={"name": "evening"})
        anybody = Client(bert.port)
        actor = anybody.get("/users/bert", headers=WANTS).json
        tags = anybody.get(path_of(actor["featuredTags"]), headers=WANTS).json
        equal((tags["type"], tags["totalItems"]), ("Collection", 1))
        equal((tags["items"][0]["type"], tags["items"][0]["name"]), ("Hashtag", "#evening"))


def behind_its_back(posy, sql, *values):
    """Something is lost, as after an old backup was put back."""
    with contextlib.closing(sqlite3.connect(os.path.join(posy.data, "posy.db"), timeout=10)) as database:
        changed = database.execute(sql, values).rowcount
        database.commit()
    return changed


def followers(check, anna, bert, one, two):
    lost = "delete from follow where account = (select id from account where username = ? and domain = ?)"

    @check("a follow that her server lost ends here too")
    def _():
        mia = Person(one, "mia")
        known = follow(mia, bert)
        bert.publish("all is well", visibility="private")
        time.sleep(1)
        holds(relation(mia, known)["following"], "she lost her follow for nothing")
        equal(behind_its_back(two, lost, "mia", "a.test"), 1)
        bert.publish("for followers", visibility="private")
        soon(lambda: not relation(mia, known)["following"], "the lists still differ")
        holds(relation(anna, anna.finds(bert))["following"], "another one's follow was lost")

    @check("a follow that was lost here is ended at her server too, and one that was accepted there begins here")
    def _():
        nora, olga = Person(two, "nora"), Person(two, "olga")
        known, waited = follow(nora, anna), olga.finds(anna)
        anna.patch("/api/v1/accounts/update_credentials", form={"locked": "true"})
        olga.post(f"/api/v1/accounts/{waited['id']}/follow")
        soon(lambda: anna.get("/api/v1/follow_requests").json, "the request did not arrive")
        anna.patch("/api/v1/accounts/update_credentials", form={"locked": "false"})
        keep = follow(bert, anna)
        soon(lambda: relation(olga, waited)["following"], "she was not accepted")
        lost_here = "delete from follow where account = (select id from account where username = ? and domain = '')"
        equal(behind_its_back(two, lost_here, "nora"), 1)
        behind_its_back(two, "insert into follow_request (id, account, target, boosts, notify, languages, created_at, "
                        "by_local) select id, account, target, boosts, notify, languages, created_at, by_local from "
                        "follow where account = (select id from account where username = 'olga')")
        equal(behind_its_back(two, lost_here, "olga"), 1)
        anna.publish("for all who follow me", visibility="private")
        soon(lambda: relation(olga, waited)["following"], "the accepted one does not follow")
        handle = anna.finds(nora)
        soon(lambda: not relation(anna, handle)["followed_by"], "her server was not told")
        holds(relation(bert, keep)["following"] and not relation(nora, known)["following"], "others were changed")

    @check("whose followers they are is said only to their own server, and only to it when it signs")
    def _():
        Client(two.port).get("/users/bert/followers_synchronization", 401, headers=WANTS)


class Watched(dict):
    """Pages of a peer that are made when they are asked for, and a list of what was."""

    def __init__(self, pages, make=None):
        super().__init__(pages)
        self.make, self.asked = make or (lambda path: None), []

    def get(self, path, default=None):
        self.asked.append(path)
        made = self.make(path)
        if made is None:
            return super().get(path, default)
        return 200, {"Content-Type": "application/activity+json"}, json.dumps(made).encode()


def hostile_threads(check, anna, peer, other):
    def opened(number, replies, make=None, **changes):
        """A post with this collection of replies, opened: the ids of what was found below it."""
        note = peer.note(number, "root", replies=replies, **changes)
        peer.show(f"/users/carl/notes/{number}", note)
        peer.pages, other.pages = Watched(peer.pages, make), Watched(other.pages)
        here = anna.finds_post(note["id"])
        anna.get(f"/api/v1/statuses/{here['id']}/context")

        def finished():
            state = anna.get(f"/api/v1_alpha/async_refreshes/{here['id']}").json["async_refresh"]
            return state["status"] == "finished"
        eventually(finished, "the search does not end", 60)
        return below(anna, here)

    def page(path, items, **changes):
        return {"id": peer.base + path, "type": "CollectionPage", "items": items, **changes}

    def answer(number, above, **changes):
        return peer.note(number, f"answer {number}", inReplyTo=f"{peer.base}/users/carl/notes/{above}", **changes)

    @check("a collection without end is left after some pages")
    def _():
        def endless(path):
            if not path.startswith("/endless"):
                return None
            number = int(path[len("/endless"):])
            return page(path, [answer(f"{number}x", 100)], next=f"{peer.base}/endless{number + 1}")
        found = opened(100, f"{peer.base}/endless0", endless)
        holds(0 < len(found) <= 25, f"{len(found)} were kept")
        holds(len(peer.pages.asked) < 30, f"{len(peer.pages.asked)} requests")

    @check("pages that lead to themselves or to another server end the walk")
    def _():
        peer.show("/self", page("/self", [answer("self", 101)], next=peer.base + "/self"))
        equal(opened(101, peer.base + "/self"), [f"{peer.base}/users/carl/notes/self"])
        equal(peer.pages.asked.count("/self"), 1)
        peer.show("/away", page("/away", [answer("away", 102)], next=other.base + "/next"))
        opened(102, peer.base + "/away")
        equal(other.pages.asked, [])
        opened(103, other.base + "/not-mine")
        lacks(" ".join(other.pages.asked), "not-mine")

    @check("what is embedded is believed of its own server only, and what belongs elsewhere is left out")
    def _():
        eve = other.person("eve")
        forged = {**other.note(1, "forged", "eve"), "inReplyTo": f"{peer.base}/users/carl/notes/104"}
        true = {**other.note(2, "true", "eve"), "inReplyTo": f"{peer.base}/users/carl/notes/104"}
        other.show("/users/eve/notes/2", true)
        theirs = answer("theirs", 104, attributedTo=eve)
        private = answer("private", 104, to=[f"{peer.base}/users/carl/followers"])
        items = [forged, {**true, "content": "changed"}, answer("mine", 104), answer("stray", 100), theirs, private,
                 peer.note("root2", "no answer"), "http://a.test/users/anna/statuses/1", 7, {"id": "x"}, [], None]
        peer.show("/mixed", page("/mixed", items))
        found = opened(104, peer.base + "/mixed")
        equal(sorted(found), sorted([f"{peer.base}/users/carl/notes/mine", true["id"]]))
        shown = anna.finds_post(true["id"])
        lacks(shown["content"], "changed")

    @check("the collection of a thread brings what is of the thread, in whatever order it comes")
    def _():
        first, second = answer("t1", 105), answer("t2", "t1")
        stray = peer.note("t3", "of another thread", inReplyTo=f"{peer.base}/users/carl/notes/100")
        peer.show("/thread", {"id": peer.base + "/thread", "type": "OrderedCollection",
                              "orderedItems": [second, stray, first]})
        found = opened(105, None, context=peer.base + "/thread")
        equal(sorted(found), [first["id"], second["id"]])

    @check("one post costs so many requests and no more, however long what it answers and whomever it names")
    def _():
        def chain(path):
            if not path.startswith("/users/carl/notes/c"):
                return None
            number = int(path.rsplit("c", 1)[1])
            return peer.note(f"c{number}", "deep", inReplyTo=f"{peer.base}/users/carl/notes/c{number + 1}",
                             tag=[{"type": "Mention", "href": f"{peer.base}/users/x{number}-{i}"} for i in range(30)])
        peer.pages = Watched(peer.pages, chain)
        holds(anna.finds_post(f"{peer.base}/users/carl/notes/c0"), "it was not found")
        holds(len(peer.pages.asked) <= 55, f"{len(peer.pages.asked)} requests")


def hostile_followers(check, posy, anna, peer, other):
    known = {}

    def tell_with(url, digest="0" * 64, collection=None, covered=True):
        followers_id = collection or f"{peer.base}/users/carl/followers"
        value = f'collectionId="{followers_id}", url="{url}", digest="{digest}"'
        known["number"] = known.get("number", 900) + 1
        body = json.dumps(peer.activity("Like", known["number"], "http://a.test/users/anna/statuses/1")).encode()
        date = email.utils.formatdate(time.time(), usegmt=True)
        hashed = "SHA-256=" + base64.b64encode(hashlib.sha256(body).digest()).decode()
        names = "(request-target) host date digest" + (" collection-synchronization" if covered else "")
        text = f"(request-target): post /inbox\nhost: {posy.name}\ndate: {date}\ndigest: {hashed}"
        text += f"\ncollection-synchronization: {value}" if covered else ""
        signature = (f'keyId="{peer.base}/users/carl#main-key",algorithm="rsa-sha256",headers="{names}",'
                     f'signature="{peer.key.sign(text)}"')
        headers = {"Host": posy.name, "Date": date, "Digest": hashed, "Signature": signature,
                   "Content-Type": "application/activity+json", "Collection-Synchronization": value}
        equal(send(posy, headers, body), 202)
        time.sleep(0.5)

    @check("a list of followers is asked for only at the sender's own server, when she signed for it")
    def _():
        carl = anna.finds(_Handle("carl@p.test"))
        anna.post(f"/api/v1/accounts/{carl['id']}/follow")
        sent = soon(lambda: [one for one in peer.got if one["type"] == "Follow"], "the Follow was not sent")[-1]
        tell(posy, peer, peer.activity("Accept", 800, sent))
        soon(lambda: relation(anna, carl)["following"], "not accepted")
        known["carl"] = carl
        peer.pages, other.pages = Watched(peer.pages), Watched(other.pages)
        tell_with(f"{other.base}/list")
        tell_with(f"{peer.base}/list", covered=False)
        tell_with(f"{peer.base}/list", collection=f"{peer.base}/users/mia/followers")
        tell_with(f"{peer.base}/list", digest="nonsense")
        equal(("/list" in peer.pages.asked, other.pages.asked), (False, []))

    @check("a list that cannot be read to its end costs nobody her follow")
    def _():
        peer.show("/list", {"id": f"{peer.base}/list", "type": "OrderedCollection", "orderedItems": [],
                            "next": f"{peer.base}/list"})
        tell_with(f"{peer.base}/list")
        soon(lambda: "/list" in peer.pages.asked, "it was not asked for")
        time.sleep(0.5)
        holds(relation(anna, known["carl"])["following"], "the follow was lost")


class _Handle:
    def __init__(self, handle):
        self.handle = handle
