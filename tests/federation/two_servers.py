"""Two Posy servers: each act is done on one and seen on the other, in both directions."""

from federation.fediverse import SOON, Person, path_of, relation, servers
from support.checks import contains, equal, eventually, holds, lacks
from support.http import Client
from support.pictures import png


def run(check, database_url):
    with servers("a.test", "b.test", database_url=database_url) as (one, two):
        anna, bert = Person(one, "anna"), Person(two, "bert")
        documents(check, one)
        direction(check, "to the other", anna, bert)
        direction(check, "and back", bert, anna)

        @check("no server met an error of its own")
        def _():
            equal(one.errors() + two.errors(), [])
    short_handles(check)


def short_handles(check):
    """A server whose accounts carry another domain than its own."""
    with servers("long.test", "b.test", account_domains={"long.test": "short.test"}) as (one, two):
        anna, bert = Person(one, "anna"), Person(two, "bert")

        @check("handles of another domain than the server's name are found, and kept as her server says")
        def _():
            equal(anna.handle, "anna@short.test")
            there = bert.finds(anna)
            equal((there["acct"], there["uri"]), ("anna@short.test", "http://long.test/users/anna"))
            bert.post(f"/api/v1/accounts/{there['id']}/follow")
            soon(lambda: relation(bert, there)["following"], "the follow was not accepted")
            post = anna.publish(f"hello @{bert.handle}")
            soon(lambda: bert.sees(post["uri"]), "the post did not arrive")
            answer = bert.publish("@anna@short.test hello")
            equal([mention["acct"] for mention in answer["mentions"]], ["anna@short.test"])
            soon(lambda: anna.told("mention"), "the answer did not arrive")


def soon(claim, otherwise):
    return eventually(claim, otherwise, SOON)


def documents(check, posy):
    anybody = Client(posy.port)
    wants = {"Accept": "application/activity+json"}

    @check("WebFinger finds her by handle and by address, and nobody else")
    def _():
        for resource in ("acct:anna@a.test", "http://a.test/users/anna", "http://a.test/@anna"):
            found = anybody.get("/.well-known/webfinger", query={"resource": resource})
            contains(found.headers["Content-Type"], "application/jrd+json")
            equal(found.json["subject"], "acct:anna@a.test")
            link = next(one for one in found.json["links"] if one["rel"] == "self")
            equal(link["href"], "http://a.test/users/anna")
        anybody.get("/.well-known/webfinger", 404, query={"resource": "acct:nobody@a.test"})
        anybody.get("/.well-known/webfinger", 404, query={"resource": "acct:anna@other.test"})
        anybody.get("/.well-known/webfinger", 400)

    @check("her address is a page to a browser and a document to a server")
    def _():
        answer = anybody.get("/users/anna", headers=wants)
        contains(answer.headers["Content-Type"], "application/activity+json")
        actor = answer.json
        equal((actor["id"], actor["type"], actor["preferredUsername"]), ("http://a.test/users/anna", "Person", "anna"))
        contains(actor["publicKey"]["publicKeyPem"], "BEGIN PUBLIC KEY")
        equal(anybody.get("/users/anna", 302, headers={"Accept": "text/html"}).headers["Location"], "/@anna")
        equal(anybody.get("/@anna", 302, headers=wants).headers["Location"], "/users/anna")
        anybody.get("/@anna", 200, headers={"Accept": "text/html"})
        equal(anybody.get("/actor", headers=wants).json["type"], "Application")


def direction(check, where, anna, bert):
    """Anna acts, Bert is told; he follows her."""
    known = {}

    @check(f"{where}: she is found by her handle")
    def _():
        known["anna"] = bert.finds(anna)
        equal(known["anna"]["acct"], anna.handle)
        known["bert"] = anna.finds(bert)
        equal(known["bert"]["acct"], bert.handle)

    @check(f"{where}: a follow is accepted, and both know it")
    def _():
        bert.post(f"/api/v1/accounts/{known['anna']['id']}/follow")
        soon(lambda: relation(bert, known["anna"])["following"], "the follow was not accepted")
        holds(relation(anna, known["bert"])["followed_by"], "she does not know her follower")
        soon(lambda: anna.told("follow"), "she was not told")

    @check(f"{where}: a post with all that it can have arrives")
    def _():
        media = anna.upload("a.png", png(8, 8), description="A small square").json["id"]
        soon(lambda: anna.get(f"/api/v1/media/{media}", None).status == 200, "the picture was not made")
        post = anna.publish(f"hello @{bert.handle} #evening", media_ids=[media], spoiler_text="mind", language="en")
        there = soon(lambda: bert.sees(post["uri"]), "the post did not arrive")
        equal((there["spoiler_text"], there["language"], there["visibility"]), ("mind", "en", "public"))
        contains(there["content"], "hello")
        equal([tag["name"] for tag in there["tags"]], ["evening"])
        equal([mention["acct"] for mention in there["mentions"]], ["bert" if bert.handle.startswith("bert") else "anna"])
        picture = there["media_attachments"][0]
        equal((picture["type"], picture["description"]), ("image", "A small square"))
        soon(lambda: bert.told("mention"), "he was not told")
        known["post"], known["there"] = post, there

    @check(f"{where}: an answer, a favourite and a boost come back, and can be taken back")
    def _():
        post, there = known["post"], known["there"]
        answer = bert.publish("well said", in_reply_to_id=there["id"])
        def stats():
            shown = anna.get(f"/api/v1/statuses/{post['id']}").json
            return shown["replies_count"], shown["favourites_count"], shown["reblogs_count"]
        bert.act(there, "favourite")
        bert.act(there, "reblog")
        soon(lambda: stats() == (1, 1, 1), "they did not come")
        below = anna.get(f"/api/v1/statuses/{post['id']}/context").json["descendants"]
        equal([one["uri"] for one in below], [answer["uri"]])
        for kind in ("favourite", "reblog"):
            holds(anna.told(kind), f"she was not told of the {kind}")
        bert.act(there, "unfavourite")
        bert.act(there, "unreblog")
        bert.delete(f"/api/v1/statuses/{answer['id']}")
        soon(lambda: stats() == (0, 0, 0), "they were not taken back")

    @check(f"{where}: an edit arrives with its history, and a deletion takes it away")
    def _():
        post, there = known["post"], known["there"]
        anna.put(f"/api/v1/statuses/{post['id']}", form={"status": "hello again"})
        def text():
            return bert.get(f"/api/v1/statuses/{there['id']}").json["content"]
        soon(lambda: "again" in text(), "the edit did not arrive")
        equal(len(bert.get(f"/api/v1/statuses/{there['id']}/history").json), 2)
        anna.delete(f"/api/v1/statuses/{post['id']}")
        soon(lambda: bert.get(f"/api/v1/statuses/{there['id']}", None).status == 404, "it was not deleted")
        left = Client(anna.port).get(path_of(post["uri"]), None, headers={"Accept": "application/activity+json"})
        equal((left.status, left.json["type"]), (410, "Tombstone"))

    @check(f"{where}: a vote is counted")
    def _():
        post = anna.publish("which?", poll={"options": ["red", "blue"], "expires_in": 600, "multiple": True})
        there = soon(lambda: bert.sees(post["uri"]), "the poll did not arrive")
        equal([option["title"] for option in there["poll"]["options"]], ["red", "blue"])
        bert.post(f"/api/v1/polls/{there['poll']['id']}/votes", json_body={"choices": [0, 1]})
        def votes():
            poll = anna.get(f"/api/v1/statuses/{post['id']}").json["poll"]
            return [option["votes_count"] for option in poll["options"]], poll["voters_count"]
        soon(lambda: votes() == ([1, 1], 1), "the votes did not come")

    @check(f"{where}: a quote is asked for, allowed and taken back")
    def _():
        post = anna.publish("quote me", quote_approval_policy="public")
        there = soon(lambda: bert.sees(post["uri"]), "the post did not arrive")
        quote = bert.publish("as she says", quoted_status_id=there["id"])
        def state():
            return bert.get(f"/api/v1/statuses/{quote['id']}").json["quote"]["state"]
        soon(lambda: state() == "accepted", "the quote was not allowed")
        wants = {"Accept": "application/activity+json"}
        shown = Client(bert.port).get(path_of(quote["uri"]), headers=wants).json
        equal(shown["quote"], post["uri"])
        stamp = Client(anna.port).get(path_of(shown["quoteAuthorization"]), headers=wants).json
        equal((stamp["type"], stamp["interactingObject"], stamp["interactionTarget"]),
              ("QuoteAuthorization", quote["uri"], post["uri"]))
        holds(anna.told("quote"), "she was not told")
        listed = anna.get(f"/api/v1/statuses/{post['id']}/quotes").json
        equal([one["uri"] for one in listed], [quote["uri"]])
        anna.post(f"/api/v1/statuses/{post['id']}/quotes/{listed[0]['id']}/revoke")
        soon(lambda: state() == "revoked", "the quote was not taken back")
        equal(Client(anna.port).get(path_of(shown["quoteAuthorization"]), None, headers=wants).status, 404)
        lacks(Client(bert.port).get(path_of(quote["uri"]), headers=wants).text, "quote_authorizations")

    @check(f"{where}: who wants no quotes has none")
    def _():
        post = anna.publish("leave me", quote_approval_policy="nobody")
        there = soon(lambda: bert.sees(post["uri"]), "the post did not arrive")
        equal(there["quote_approval"]["current_user"], "denied")
        bert.post("/api/v1/statuses", 403, form={"status": "look", "quoted_status_id": there["id"]})

    @check(f"{where}: an article arrives whole, with its title")
    def _():
        article = anna.publish("# Part\n\nLong words.", title="On squares", content_type="text/markdown")
        there = soon(lambda: bert.sees(article["uri"]), "the article did not arrive")
        equal(there["title"], "On squares")
        for part in ("On squares", "Part", "Long words."):
            contains(there["content"], part)
        shown = Client(anna.port).get(path_of(article["uri"]), headers={"Accept": "application/activity+json"}).json
        equal((shown["type"], shown["name"], shown["preview"]["type"]), ("Article", "On squares", "Note"))
        lacks(shown["content"], "On squares")

    @check(f"{where}: an essay with cover and summary arrives with both, and its edit too")
    def _():
        cover = anna.upload("c.png", png(8, 8), "image/png", description="a hive").json
        inside = anna.upload("i.png", png(9, 9), "image/png", description="a bee").json
        essay = anna.publish(f"They hum[^1].\n\n![](media:{inside['id']})\n\n[^1]: Low.", title="On bees " + where,
                             summary="What they do", cover_id=cover["id"])
        there = soon(lambda: bert.sees(essay["uri"]), "the essay did not arrive")
        equal((there["title"], there["essay"]["summary"], there["spoiler_text"]), (essay["title"], "What they do", ""))
        contains(there["content"], "They hum")
        equal([one["description"] for one in there["media_attachments"]], ["a hive", "a bee"])
        equal(there["url"], essay["url"])
        anna.put(f"/api/v1/statuses/{essay['id']}", json_body={"status": "They sting.", "summary": "What they did"})
        soon(lambda: "sting" in bert.sees(essay["uri"])["content"], "the edit did not arrive")
        equal(bert.sees(essay["uri"])["essay"]["summary"], "What they did")

    @check(f"{where}: what is only for some is for them, and nobody else gets it")
    def _():
        stranger = Client(anna.port)
        for visibility in ("private", "direct"):
            post = anna.publish(f"quietly @{bert.handle}", visibility=visibility)
            def found(uri=post["uri"]):
                told = [one["status"] for one in bert.told("mention")]
                return next((one for one in told if one["uri"] == uri), None)
            there = soon(found, f"the {visibility} post did not arrive")
            equal(there["visibility"], visibility)
            answer = stranger.get(path_of(post["uri"]), None, headers={"Accept": "application/activity+json"})
            equal(answer.status, 404)
        public = stranger.get(f"/users/{anna.account['username']}/outbox", query={"before": str(2 ** 62)},
                              headers={"Accept": "application/activity+json"})
        lacks(public.text, "quietly")

    @check(f"{where}: an old post is looked up by its address, with what it answers")
    def _():
        root = anna.publish("the root", visibility="unlisted")
        answer = anna.publish("the answer", visibility="unlisted", in_reply_to_id=root["id"])
        there = bert.finds_post(answer["uri"])
        holds(there, "it was not found")
        above = bert.get(f"/api/v1/statuses/{there['id']}/context").json["ancestors"]
        equal([one["uri"] for one in above], [root["uri"]])

    @check(f"{where}: who locked her account decides about each follower")
    def _():
        bert.post(f"/api/v1/accounts/{known['anna']['id']}/unfollow")
        soon(lambda: not relation(anna, known["bert"])["followed_by"], "the unfollow did not arrive")
        anna.patch("/api/v1/accounts/update_credentials", form={"locked": "true"})
        bert.post(f"/api/v1/accounts/{known['anna']['id']}/follow")
        soon(lambda: anna.get("/api/v1/follow_requests").json, "the request did not arrive")
        holds(relation(bert, known["anna"])["requested"], "he follows already")
        anna.post(f"/api/v1/follow_requests/{known['bert']['id']}/reject")
        soon(lambda: not relation(bert, known["anna"])["requested"], "the rejection did not arrive")
        bert.post(f"/api/v1/accounts/{known['anna']['id']}/follow")
        soon(lambda: anna.get("/api/v1/follow_requests").json, "the second request did not arrive")
        anna.post(f"/api/v1/follow_requests/{known['bert']['id']}/authorize")
        soon(lambda: relation(bert, known["anna"])["following"], "the permission did not arrive")
        anna.patch("/api/v1/accounts/update_credentials", form={"locked": "false"})

    @check(f"{where}: a changed profile arrives")
    def _():
        anna.patch("/api/v1/accounts/update_credentials", form={"display_name": "A. New"})
        soon(lambda: bert.get(f"/api/v1/accounts/{known['anna']['id']}").json["display_name"] == "A. New",
             "the new name did not arrive")

    @check(f"{where}: whom she blocks follows her no more")
    def _():
        anna.post(f"/api/v1/accounts/{known['bert']['id']}/block")
        soon(lambda: not relation(bert, known["anna"])["following"], "the block did not arrive")
        bert.post(f"/api/v1/accounts/{known['anna']['id']}/follow", None)
        anna.post(f"/api/v1/accounts/{known['bert']['id']}/unblock")
        soon(lambda: not relation(bert, known["anna"])["blocked_by"], "the unblock did not arrive")
