"""Posy and a server that we did not write (Fedify): each act is done on one and seen on the other, both ways."""

import base64
import time

from federation.fediverse import SOON, person_found, relation
from federation.fedify_server import people, posy_and_fedify
from support.checks import contains, equal, eventually, holds, lacks
from support.http import Client
from support.pictures import png

PUBLIC = "https://www.w3.org/ns/activitystreams#Public"
AS_DOCUMENT = {"Accept": "application/activity+json"}


def run(check, database_url):
    with posy_and_fedify(database_url) as (posy, fedify):
        anna, carl, dora = people(posy, fedify)
        discovery(check, posy, fedify, anna, carl)
        following(check, fedify, anna, carl, dora)
        posts(check, fedify, anna, carl)
        reactions(check, fedify, anna, carl)
        changes(check, fedify, anna, carl)
        polls(check, fedify, anna, carl)
        for_some(check, fedify, anna, carl, dora)
        articles(check, anna, carl)
        signatures(check, fedify, anna, carl, dora)
        profiles(check, fedify, anna, carl)
        blocks(check, fedify, anna, carl)
        no_errors(check, posy, fedify)


def no_errors(check, posy, fedify):
    @check("every signature held there, and no server met an error of its own")
    def _():
        state = fedify.state()
        equal(state["unverified"], [])
        equal(state["errors"], [])
        equal(posy.errors(), [])


def soon(claim, otherwise):
    return eventually(claim, otherwise, SOON)


def picture():
    return {"base64": base64.b64encode(png(8, 8)).decode(), "description": "A small square"}


def discovery(check, posy, fedify, anna, carl):
    @check("each finds the other one's people by their handles, over HTTPS")
    def _():
        found = fedify.act("lookUp", what=f"@{anna.handle}")
        equal((found["kind"], found["id"], found["username"]), ("Person", anna.uri, "anna"))
        there = anna.finds(carl)
        equal((there["acct"], there["uri"]), (carl.handle, carl.id))
        equal(there["url"], "https://c.test/@carl")
        contains(there["note"], "another kind")

    @check("nobody is found where there is nobody")
    def _():
        equal(fedify.act("lookUp", what="@nobody@a.test"), None)
        equal(person_found(anna, "nobody@c.test"), None)

    @check("NodeInfo says what the server is")
    def _():
        equal(fedify.act("nodeInfo", of="https://a.test/"), {"name": "posy", "protocols": ["activitypub"]})


def following(check, fedify, anna, carl, dora):
    carl_there = anna.finds(carl)

    @check("a follow from Posy is accepted, refused and taken back there")
    def _():
        anna.post(f"/api/v1/accounts/{carl_there['id']}/follow")
        soon(lambda: relation(anna, carl_there)["following"], "the follow was not accepted")
        contains(carl.knows["followers"], anna.uri)
        anna.post(f"/api/v1/accounts/{carl_there['id']}/unfollow")
        undo = carl.received("Undo", anna.uri)
        equal(undo["understood"], {"kind": "Follow", "object": carl.id})
        lacks(carl.knows["followers"], anna.uri)

        dora.act("lock", isLocked=True)
        dora_there = anna.finds(dora)
        anna.post(f"/api/v1/accounts/{dora_there['id']}/follow")
        asked = dora.received("Follow", anna.uri, lambda one: one["object"] == dora.id)
        holds(relation(anna, dora_there)["requested"], "it is not a request")
        dora.act("reject", id=asked["id"])
        soon(lambda: not relation(anna, dora_there)["requested"], "the refusal did not arrive")
        anna.post(f"/api/v1/accounts/{dora_there['id']}/follow")
        again = dora.received("Follow", anna.uri, lambda one: one["object"] == dora.id and one["id"] != asked["id"])
        dora.act("accept", id=again["id"])
        soon(lambda: relation(anna, dora_there)["following"], "the permission did not arrive")
        anna.post(f"/api/v1/accounts/{dora_there['id']}/unfollow")
        anna.post(f"/api/v1/accounts/{carl_there['id']}/follow")
        soon(lambda: relation(anna, carl_there)["following"], "the second follow was not accepted")

    @check("a follow from there is accepted, refused and taken back on Posy")
    def _():
        follow = carl.act("follow", target=f"@{anna.handle}")
        soon(lambda: anna.uri in carl.knows["following"], "the Accept did not come")
        holds(relation(anna, carl_there)["followed_by"], "she does not know her follower")
        holds(anna.told("follow"), "she was not told")
        carl.act("undo", id=follow)
        soon(lambda: not relation(anna, carl_there)["followed_by"], "the Undo did not arrive")

        anna.patch("/api/v1/accounts/update_credentials", form={"locked": "true"})
        def asks(answer):
            dora.act("follow", target=anna.uri)
            request = soon(lambda: anna.get("/api/v1/follow_requests").json, "the request did not arrive")[0]
            equal(request["acct"], dora.handle)
            anna.post(f"/api/v1/follow_requests/{request['id']}/{answer}")
        asks("reject")
        dora.received("Reject", anna.uri)
        lacks(dora.knows["following"], anna.uri)
        asks("authorize")
        soon(lambda: anna.uri in dora.knows["following"], "the permission did not arrive")
        anna.patch("/api/v1/accounts/update_credentials", form={"locked": "false"})
        carl.act("follow", target=anna.uri)
        soon(lambda: relation(anna, carl_there)["followed_by"], "the second follow did not arrive")


def posts(check, fedify, anna, carl):
    @check("a post from Posy with all that it can have is understood there")
    def _():
        media = anna.upload("a.png", png(8, 8), description="A small square").json["id"]
        soon(lambda: anna.get(f"/api/v1/media/{media}", None).status == 200, "the picture was not made")
        post = anna.publish(f"hello @{carl.handle} #evening", media_ids=[media], spoiler_text="mind", language="en")
        there = carl.received("Create", anna.uri)["understood"]
        equal((there["kind"], there["id"], there["author"]), ("Note", post["uri"], anna.uri))
        equal((there["summary"], there["sensitive"], there["language"]), ("mind", True, "en"))
        contains(there["content"], "hello")
        equal(there["to"], [PUBLIC])
        equal(sorted(there["cc"]), sorted([f"{anna.uri}/followers", carl.id]))
        equal(sorted((tag["kind"], tag["name"]) for tag in there["tags"]),
              [("Hashtag", "#evening"), ("Mention", f"@{carl.handle}")])
        shown = there["attachments"][0]
        equal((shown["kind"], shown["name"]), ("Image", "A small square"))
        holds(shown["url"].startswith("https://a.test/"), shown["url"])
        Client(anna.port).get(shown["url"].removeprefix("https://a.test"))

    @check("a post from there with all that it can have is shown on Posy")
    def _():
        uri = carl.post("good evening", to=[f"@{anna.handle}"], tags=["dusk"], summary="careful", language="de",
                        picture=picture())
        there = soon(lambda: anna.sees(uri), "the post did not arrive")
        equal((there["spoiler_text"], there["language"], there["visibility"]), ("careful", "de", "public"))
        contains(there["content"], "good evening")
        equal([tag["name"] for tag in there["tags"]], ["dusk"])
        equal([mention["acct"] for mention in there["mentions"]], ["anna"])
        shown = there["media_attachments"][0]
        equal((shown["type"], shown["description"]), ("image", "A small square"))
        equal(there["account"]["acct"], carl.handle)
        soon(lambda: anna.told("mention"), "she was not told")

    @check("what each published can be looked up on the other side")
    def _():
        post = anna.publish("an older one")
        found = carl.act("lookUp", what=post["uri"])
        equal((found["kind"], found["id"]), ("Note", post["uri"]))
        contains(carl.act("outbox", target=anna.uri), post["uri"])
        dora = fedify.person("dora")
        uri = dora.post("nobody here follows me")
        equal(anna.sees(uri), None)
        equal(anna.finds_post(uri)["uri"], uri)

    @check("a post that was looked up before it was sent is news all the same")
    def _():
        uri = carl.act("draft", content="in a moment")
        equal(anna.finds_post(uri)["uri"], uri)
        equal(anna.sees(uri), None)
        carl.act("publish", id=uri)
        soon(lambda: anna.sees(uri), "the post did not arrive")


def reactions(check, fedify, anna, carl):
    @check("what Posy says to a post of theirs arrives, and can be taken back")
    def _():
        uri = carl.post("what do you say?")
        there = soon(lambda: anna.sees(uri), "the post did not arrive")
        answer = anna.publish("a lot", in_reply_to_id=there["id"])
        equal(carl.received_post("Create", anna.uri, answer["uri"])["inReplyTo"], uri)
        anna.act(there, "favourite")
        anna.act(there, "reblog")
        equal(carl.received("Like", anna.uri)["object"], uri)
        equal(carl.received("Announce", anna.uri)["object"], uri)
        anna.act(there, "unfavourite")
        carl.received("Undo", anna.uri, lambda one: one["understood"] == {"kind": "Like", "object": uri})
        anna.act(there, "unreblog")
        carl.received("Undo", anna.uri, lambda one: one["understood"] == {"kind": "Announce", "object": uri})
        anna.delete(f"/api/v1/statuses/{answer['id']}")
        equal(carl.received("Delete", anna.uri)["object"], answer["uri"])

    @check("what they say to a post of Posy arrives, and can be taken back")
    def _():
        post = anna.publish("and what do you say?")
        answer = carl.post("not much", inReplyTo=post["uri"])
        like = carl.act("like", target=post["uri"])
        boost = carl.act("boost", target=post["uri"])
        def stats():
            shown = anna.get(f"/api/v1/statuses/{post['id']}").json
            return shown["replies_count"], shown["favourites_count"], shown["reblogs_count"]
        soon(lambda: stats() == (1, 1, 1), "they did not come")
        below = anna.get(f"/api/v1/statuses/{post['id']}/context").json["descendants"]
        equal([one["uri"] for one in below], [answer])
        for kind in ("favourite", "reblog", "mention"):
            holds(anna.told(kind), f"she was not told of the {kind}")
        carl.act("undo", id=like)
        carl.act("undo", id=boost)
        carl.act("delete", id=answer)
        soon(lambda: stats() == (0, 0, 0), "they were not taken back")

    @check("a boost of theirs brings a post of somebody who is not followed here")
    def _():
        dora = fedify.person("dora")
        uri = dora.post("worth reading")
        carl.act("boost", target=uri)
        def boosted():
            return next((one for one in anna.home() if one["reblog"] and one["reblog"]["uri"] == uri), None)
        equal(soon(boosted, "the boost did not arrive")["reblog"]["account"]["acct"], dora.handle)


def changes(check, fedify, anna, carl):
    @check("an edit and a deletion on Posy are told there")
    def _():
        post = anna.publish("first words")
        anna.put(f"/api/v1/statuses/{post['id']}", form={"status": "second words"})
        edited = carl.received_post("Update", anna.uri, post["uri"])
        contains(edited["content"], "second words")
        holds(edited["updated"], "it does not say when")
        anna.delete(f"/api/v1/statuses/{post['id']}")
        gone = carl.received("Delete", anna.uri, lambda one: one["object"] == post["uri"])
        equal(gone["understood"], {"kind": "Tombstone"})
        equal(carl.act("lookUp", what=post["uri"]), None)

    @check("an edit and a deletion there are shown on Posy")
    def _():
        uri = carl.post("first thoughts")
        there = soon(lambda: anna.sees(uri), "the post did not arrive")
        carl.act("edit", id=uri, content="second thoughts")
        def shown():
            return anna.get(f"/api/v1/statuses/{there['id']}").json
        soon(lambda: "second thoughts" in shown()["content"], "the edit did not arrive")
        holds(shown()["edited_at"], "it does not say when")
        equal(len(anna.get(f"/api/v1/statuses/{there['id']}/history").json), 2)
        carl.act("delete", id=uri)
        soon(lambda: anna.get(f"/api/v1/statuses/{there['id']}", None).status == 404, "it was not deleted")


def polls(check, fedify, anna, carl):
    @check("votes from there are counted in a poll on Posy")
    def _():
        post = anna.publish("which?", poll={"options": ["red", "blue"], "expires_in": 600, "multiple": True})
        there = carl.received_post("Create", anna.uri, post["uri"])
        equal((there["kind"], there["options"]), ("Question", ["red", "blue"]))
        carl.act("vote", target=post["uri"], choices=["red", "blue"])
        def votes():
            poll = anna.get(f"/api/v1/statuses/{post['id']}").json["poll"]
            return [option["votes_count"] for option in poll["options"]], poll["voters_count"]
        soon(lambda: votes() == ([1, 1], 1), "the votes did not come")

    @check("a vote on Posy arrives in a poll of theirs, and is told to nobody else")
    def _():
        uri = carl.post("tea?", poll={"options": ["yes", "no"], "multiple": False})
        there = soon(lambda: anna.sees(uri), "the poll did not arrive")
        equal([option["title"] for option in there["poll"]["options"]], ["yes", "no"])
        anna.post(f"/api/v1/polls/{there['poll']['id']}/votes", json_body={"choices": [1]})
        vote = carl.received("Create", anna.uri, lambda one: one["understood"].get("inReplyTo") == uri)["understood"]
        equal((vote["kind"], vote["name"], vote["content"]), ("Note", "no", None))
        equal((vote["to"], vote["cc"]), ([carl.id], []))


def for_some(check, fedify, anna, carl, dora):
    """Carl and Dora follow Anna; Anna follows Carl."""
    stranger = fedify.person("eve")

    @check("what is only for followers or for one person is told to them, and served to nobody else")
    def _():
        for visibility, to in (("private", [f"{anna.uri}/followers"]), ("direct", [carl.id])):
            post = anna.publish(f"quietly @{carl.handle}", visibility=visibility)
            there = carl.received_post("Create", anna.uri, post["uri"])
            equal(there["to"], to)
            lacks(there["to"] + there["cc"], PUBLIC)
            equal(fedify.act("lookUp", what=post["uri"]), None)
            equal(stranger.act("lookUp", what=post["uri"]), None)
            lacks(carl.act("outbox", target=anna.uri), post["uri"])

    @check("what Anna tells her followers does not reach a server without one")
    def _():
        begin = len(fedify.state()["received"])
        for member in (carl, dora):
            there = anna.finds(member)
            anna.post(f"/api/v1/accounts/{there['id']}/remove_from_followers")
        for member in (carl, dora):
            member.received("Reject", anna.uri, since=begin)
        before = len(fedify.state()["received"])
        post = anna.publish("for nobody there", visibility="private")
        last = anna.publish(f"@{carl.handle} and you?", visibility="direct")
        carl.received_post("Create", anna.uri, last["uri"])
        came = [one["understood"].get("id") for one in fedify.state()["received"][before:]]
        lacks(came, post["uri"])
        for member in (carl, dora):
            member.act("follow", target=anna.uri)
            soon(lambda member=member: anna.uri in member.knows["following"], "the follow was not accepted")

    @check("what they say only to followers or to one person is shown to them alone")
    def _():
        stranger = Client(anna.port)
        for visibility in ("private", "direct"):
            uri = carl.post("hush", to=[f"@{anna.handle}"], visibility=visibility)
            def found(uri=uri):
                told = [one["status"] for one in anna.told("mention")]
                return next((one for one in told if one["uri"] == uri), None)
            there = soon(found, f"the {visibility} post did not arrive")
            equal(there["visibility"], visibility)
            stranger.get(f"/api/v1/statuses/{there['id']}", 404)


def articles(check, anna, carl):
    @check("an article of theirs is shown with its title, and leads to its own page")
    def _():
        uri = carl.post("A long text.", title="On tea", summary="It is warm.")
        there = soon(lambda: anna.sees(uri), "the article did not arrive")
        contains(there["content"], "On tea")
        holds(there["url"].startswith("https://c.test/@carl/"), there["url"])


def signatures(check, fedify, anna, carl, dora):
    def told_in(form):
        fedify.act("speak", to="https://a.test", form=form)
        before = len(fedify.state()["sent"])
        uri = carl.post(f"signed as {form}")
        soon(lambda: anna.sees(uri), "the post did not arrive")
        posts_ = [one for one in fedify.state()["sent"][before:] if one["method"] == "POST"]
        equal([(one["form"], one["status"]) for one in posts_], [(form, 202)])

    @check("Posy takes both forms of HTTP signatures from there, each at the first knock")
    def _():
        told_in("cavage")
        told_in("rfc9421")

    @check("both forms that Posy sends are verified there")
    def _():
        for form in ("cavage", "rfc9421"):
            fedify.act("accepts", form=form)
            post = anna.publish(f"heard as {form}")
            came = carl.received("Create", anna.uri, lambda one: one["understood"].get("id") == post["uri"])
            equal(came["form"], form)
        fedify.act("accepts", form="both")

    @check("Posy signs what it asks for, and the signature is verified there")
    def _():
        uri = dora.post("only for whom I know", isOnlyForKnown=True)
        equal(Client(carl.server.port).get(uri.removeprefix("https://c.test"), None, headers=AS_DOCUMENT).status, 401)
        equal(anna.finds_post(uri)["uri"], uri)
        asked = {one["by"] for one in fedify.state()["asked"] if one["post"] == uri}
        equal(asked, {None, "https://a.test/actor"})

    @check("what somebody passes on is believed for its author's proof (FEP-8b32), and for no other")
    def _():
        passed = carl.act("forward", by="dora", target=anna.uri, content="passed on")
        equal((passed["isTaken"], passed["answer"]), (True, ""))
        soon(lambda: anna.sees(passed["post"]), "it did not arrive")
        forged = carl.act("forward", by="dora", target=anna.uri, content="passed on", isForged=True)
        holds(not forged["isTaken"], "a forged proof was taken")
        contains(forged["answer"], "proof")


def profiles(check, fedify, anna, carl):
    @check("a changed profile is told in both directions")
    def _():
        there = anna.finds(carl)
        carl.act("rename", displayName="Carl of Tea")
        soon(lambda: anna.get(f"/api/v1/accounts/{there['id']}").json["display_name"] == "Carl of Tea",
             "the new name did not arrive")
        anna.patch("/api/v1/accounts/update_credentials", form={"display_name": "A. New"})
        carl.received("Update", anna.uri, lambda one: one["understood"].get("kind") == "Person"
                      and one["understood"].get("name") == "A. New")


def blocks(check, fedify, anna, carl):
    there = anna.finds(carl)

    @check("a block on Posy is told there, ends both follows, and can be lifted")
    def _():
        anna.post(f"/api/v1/accounts/{there['id']}/block")
        equal(carl.received("Block", anna.uri)["object"], carl.id)
        holds(not relation(anna, there)["followed_by"], "he follows still")
        uri = carl.post("can you hear me?", to=[f"@{anna.handle}"])
        time.sleep(0.5)
        lacks([one["status"]["uri"] for one in anna.told("mention")], uri)
        anna.post(f"/api/v1/accounts/{there['id']}/unblock")
        carl.received("Undo", anna.uri, lambda one: one["document"]["object"]["type"] == "Block")

    @check("a block of theirs is obeyed on Posy")
    def _():
        anna.post(f"/api/v1/accounts/{there['id']}/follow")
        soon(lambda: relation(anna, there)["following"], "the follow was not accepted")
        block = carl.act("block", target=anna.uri)
        soon(lambda: relation(anna, there)["blocked_by"], "the block did not arrive")
        holds(not relation(anna, there)["following"], "she follows still")
        anna.post(f"/api/v1/accounts/{there['id']}/follow", None)
        holds(not relation(anna, there)["following"], "she follows again")
        carl.act("undo", id=block)
        soon(lambda: not relation(anna, there)["blocked_by"], "the Undo did not arrive")
