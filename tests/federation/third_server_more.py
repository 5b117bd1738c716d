"""Posy and Fedify: proofs, fetches by followers, quotes by consent (FEP-044f), articles that Posy sends, and people
who move (FEP-7628)."""

from federation.fediverse import Person, person_found, relation
from federation.fedify_server import people, posy_and_fedify
from federation.third_server import PUBLIC, no_errors, soon
from support.checks import contains, equal, holds


def run(check, database_url):
    with posy_and_fedify(database_url) as (posy, fedify):
        anna, carl, _ = people(posy, fedify)
        there = anna.finds(carl)
        anna.post(f"/api/v1/accounts/{there['id']}/follow")
        soon(lambda: relation(anna, there)["following"], "the follow was not accepted")
        carl.act("follow", target=anna.uri)
        soon(lambda: anna.uri in carl.knows["following"], "the follow from there was not accepted")
        proofs(check, fedify, anna, carl)
        fetches(check, fedify, anna, carl)
        quotes_from_posy(check, fedify, anna, carl)
        quotes_from_there(check, fedify, anna, carl)
        articles(check, anna, carl)
        moves_there(check, fedify, anna)
        moves_to_posy(check, posy, fedify, anna)
        moves_from_posy(check, posy, fedify)
        no_errors(check, posy, fedify)


def proofs(check, fedify, anna, carl):
    @check("the proof of what Posy sends is verified there (FEP-8b32)")
    def _():
        post = anna.publish("proven")
        came = carl.received("Create", anna.uri, lambda one: one["understood"].get("id") == post["uri"])
        equal(came["document"]["proof"]["cryptosuite"], "eddsa-jcs-2022")
        holds(fedify.act("isProven", id=came["id"]), "the proof does not hold")


def fetches(check, fedify, anna, carl):
    @check("a followers-only post is served to a follower who signs, and to nobody else")
    def _():
        post = anna.publish("for friends", visibility="private")
        equal(carl.act("lookUp", what=post["uri"])["id"], post["uri"])
        equal(fedify.person("eve").act("lookUp", what=post["uri"]), None)
        equal(fedify.act("lookUp", what=post["uri"]), None)


def quotes_from_posy(check, fedify, anna, carl):
    def quote_of(text):
        uri = carl.post(text, canQuote="asked")
        there = soon(lambda: anna.sees(uri), "the post did not arrive")
        post = anna.publish(f"see: {text}", quoted_status_id=there["id"])
        request = carl.received("QuoteRequest", anna.uri, lambda one: one["object"] == uri)
        equal(request["understood"]["instrument"]["id"], post["uri"])
        equal(request["understood"]["instrument"]["quote"], uri)
        equal(state_of(anna, post), "pending")
        return post, request

    @check("a quote by Posy is asked for, shown once there is a stamp, and not any more when it is taken back")
    def _():
        post, request = quote_of("quotable")
        stamp = carl.act("approveQuote", id=request["id"])
        soon(lambda: state_of(anna, post) == "accepted", "the approval did not arrive")
        carl.received("Update", anna.uri, lambda one: one["understood"].get("id") == post["uri"]
                      and one["understood"].get("quoteAuthorization") == stamp)
        carl.act("revokeQuote", stamp=stamp, target=anna.uri)
        soon(lambda: state_of(anna, post) == "revoked", "it was not taken back")

    @check("a quote by Posy that is refused is not shown")
    def _():
        post, request = quote_of("not quotable")
        carl.act("rejectQuote", id=request["id"])
        soon(lambda: state_of(anna, post) == "rejected", "the refusal did not arrive")


def state_of(person, post):
    return person.get(f"/api/v1/statuses/{post['id']}").json["quote"]["state"]


def quotes_from_there(check, fedify, anna, carl):
    @check("a quote of theirs gets a stamp that their server can check, is shown, and can be taken back")
    def _():
        post = anna.publish("quote me", quote_approval_policy="public")
        came = carl.received_post("Create", anna.uri, post["uri"])
        contains(came["canQuote"]["automatic"], PUBLIC)
        made = carl.act("quote", content="hear her", quote=post["uri"])
        answer = carl.received("Accept", anna.uri, lambda one: one["object"] == made["request"])
        stamp = answer["document"]["result"]
        shown = fedify.act("lookUp", what=stamp)
        equal((shown["kind"], shown["author"]), ("QuoteAuthorization", anna.uri))
        equal((shown["interactingObject"], shown["interactionTarget"]), (made["post"], post["uri"]))
        carl.act("publish", id=made["post"], stamp=stamp)
        there = soon(lambda: anna.sees(made["post"]), "the quote did not arrive")
        equal((there["quote"]["state"], there["quote"]["quoted_status"]["uri"]), ("accepted", post["uri"]))
        anna.post(f"/api/v1/statuses/{post['id']}/quotes/{there['id']}/revoke")
        carl.received("Delete", anna.uri, lambda one: one["object"] == stamp)
        equal(fedify.act("lookUp", what=stamp), None)
        equal(state_of(anna, there), "revoked")

    @check("a quote of theirs is refused where nobody may quote")
    def _():
        post = anna.publish("do not quote me", quote_approval_policy="nobody")
        came = carl.received_post("Create", anna.uri, post["uri"])
        equal(came["canQuote"]["automatic"], [anna.uri])
        made = carl.act("quote", content="hear her", quote=post["uri"])
        carl.received("Reject", anna.uri, lambda one: one["object"] == made["request"])


def articles(check, anna, carl):
    @check("an article by Posy is an Article there, with its title and a note that stands for it")
    def _():
        post = anna.publish("## One\n\nA long text.", title="On letters", summary="Of many kinds")
        there = carl.received_post("Create", anna.uri, post["uri"])
        equal((there["kind"], there["name"]), ("Article", "On letters"))
        contains(there["content"], "A long text.")
        equal(there["preview"]["kind"], "Note")
        contains(there["preview"]["content"], "On letters")
        contains(there["preview"]["content"], "Of many kinds")
        anna.put(f"/api/v1/statuses/{post['id']}", json_body={"status": "A longer text.", "title": "On long letters"})
        edited = carl.received_post("Update", anna.uri, post["uri"])
        equal((edited["kind"], edited["name"]), ("Article", "On long letters"))


def moves_there(check, fedify, anna):
    @check("who moves there keeps followers on Posy, if the new account says so too")
    def _():
        old, new = fedify.person("olga"), fedify.person("nina")
        there = anna.finds(old)
        anna.post(f"/api/v1/accounts/{there['id']}/follow")
        soon(lambda: relation(anna, there)["following"], "the follow was not accepted")
        stranger = fedify.person("paul")
        old.act("move", target=stranger.id)
        new.act("alias", target=old.id)
        old.act("move", target=new.id)
        new.received("Follow", anna.uri, lambda one: one["object"] == new.id)
        soon(lambda: relation(anna, anna.finds(new))["following"], "she does not follow the new account")
        old.received("Undo", anna.uri, lambda one: one["understood"] == {"kind": "Follow", "object": old.id})
        holds(not relation(anna, anna.finds(stranger))["following"], "she follows one who never agreed")
        equal(anna.get(f"/api/v1/accounts/{there['id']}").json["moved"]["acct"], new.handle)


def moves_to_posy(check, posy, fedify, anna):
    @check("who moves from there to Posy finds her followers there")
    def _():
        cora, old = Person(posy, "cora"), fedify.person("otto")
        uri = f"https://{posy.name}/users/cora"
        there = anna.finds(old)
        anna.post(f"/api/v1/accounts/{there['id']}/follow")
        soon(lambda: relation(anna, there)["following"], "the follow was not accepted")
        posy.command("account", "alias", "cora", "add", f"@{old.handle}")
        contains(fedify.act("lookUp", what=uri)["aliases"], old.id)
        old.act("move", target=uri)
        soon(lambda: relation(anna, cora.account)["following"], "she does not follow the new account")
        holds(not relation(anna, there)["following"], "she follows the old one still")


def moves_from_posy(check, posy, fedify):
    @check("who moves from Posy tells her followers there, once the new account says so too")
    def _():
        bella, follower, new = Person(posy, "bella"), fedify.person("fred"), fedify.person("vera")
        uri = f"https://{posy.name}/users/bella"
        follower.act("follow", target=uri)
        soon(lambda: uri in follower.knows["following"], "the follow was not accepted")
        holds(person_found(bella, new.handle), "the new account was not found")
        refused = posy.command("account", "move", "bella", f"@{new.handle}", check=False)
        holds(refused.returncode != 0, "she moved to an account that does not name hers")
        new.act("alias", target=uri)
        posy.command("account", "move", "bella", f"@{new.handle}")
        move = follower.received("Move", uri)
        equal((move["object"], move["target"]), (uri, new.id))
        equal(fedify.act("lookUp", what=uri)["successor"], new.id)
