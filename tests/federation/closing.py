"""Closing an account for ever: every server that is known hears of it, and nothing of it is left here."""

import os

from federation.fediverse import SOON, Person, person_found, relation, servers
from federation.peer import Peer
from support.checks import contains, equal, eventually, holds
from support.database import value_of
from support.http import Client
from support.pictures import photo

DOCUMENT = {"Accept": "application/activity+json"}
ADA = "http://a.test/users/ada"


def run(check, database_url):
    with Peer("p.test") as peer:
        with servers("a.test", "b.test", peers={peer.name: peer.port}, database_url=database_url) as (one, two):
            closing(check, one, two, peer)

            @check("no server met an error of its own")
            def _():
                equal(one.errors() + two.errors(), [])


def soon(claim, otherwise):
    return eventually(claim, otherwise, SOON)


def files(posy):
    return sum(len(names) for _, _, names in os.walk(os.path.join(posy.data, "media")))


def closing(check, one, two, peer):
    ada, alan, bert = Person(one, "ada"), Person(one, "alan"), Person(two, "bert")
    browser = Client(one.port)
    known = bert.finds(ada)
    bert.post(f"/api/v1/accounts/{known['id']}/follow")
    soon(lambda: relation(bert, known)["following"], "the follow was not accepted")
    # Nobody of this server follows her; it is known, and may have read her posts.
    holds(person_found(alan, f"carl@{peer.name}"), "the peer's person was not found")
    posts = [ada.publish(f"number {number}") for number in range(30)]
    picture = ada.upload("a.jpg", photo()).json
    posts.append(ada.publish("with a picture", media_ids=[picture["id"]]))
    soon(lambda: bert.sees(posts[-1]["uri"]), "the last post did not arrive")
    of_bert = bert.publish("hers")
    liked = ada.finds_post(of_bert["uri"])
    ada.act(liked, "favourite")

    @check("it is not done without a confirmation, and the name must be right")
    def _():
        done = one.command("account", "delete", "ada", check=False)
        holds(done.returncode != 0, "it was done at once")
        contains(done.stderr, "--confirm")
        holds(one.command("account", "delete", "nobody", "--confirm", check=False).returncode != 0, "nobody was closed")
        ada.get("/api/v1/accounts/verify_credentials")
        equal(browser.get("/users/ada", headers=DOCUMENT).json["type"], "Person")

    @check("her actor answers 410 with a Tombstone, and WebFinger and her posts are gone")
    def _():
        contains(one.command("account", "delete", "ada", "--confirm").stdout, "closed")
        gone = soon(lambda: next((answer for answer in [browser.get("/users/ada", None, headers=DOCUMENT)]
                                  if answer.status == 410), None), "the actor is still there")
        equal((gone.json["type"], gone.json["id"], gone.json["formerType"]), ("Tombstone", ADA, "Person"))
        soon(lambda: browser.get("/.well-known/webfinger", None, query={"resource": "acct:ada@a.test"}).status == 410,
             "WebFinger still finds her")
        for post in (posts[0], posts[-1]):
            path = post["uri"].split("a.test")[1]
            soon(lambda: browser.get(path, None, headers=DOCUMENT).status == 410, "a post is still there")

    @check("every server that is known is sent the Delete, once")
    def _():
        def deletes():
            return [one for one in peer.got if one["type"] == "Delete"]
        soon(deletes, "the peer was not told")
        equal([(one["actor"], one["object"]) for one in deletes()], [(ADA, ADA)])
        soon(lambda: value_of(two, "select suspended_at from account where uri = 'http://a.test/users/ada'"),
             "the other Posy does not believe it")
        soon(lambda: value_of(two, "select count(*) from post where uri like 'http://a.test/users/ada/%'") == "0",
             "her posts are still there")
        equal([post for post in bert.home() if post["account"]["acct"] == "ada@a.test"], [])

    @check("her posts and follows go here too, a slice at a time")
    def _():
        def left(table, column):
            return value_of(one, f"select count(*) from {table} where {column} = {ada.account['id']}")
        for table, column in (("post", "author"), ("follow", "target"), ("favourite", "account"), ("login", "account"),
                              ("oauth_token", "account"), ("notification", "account")):
            soon(lambda: left(table, column) == "0", f"{table} still has rows of hers")

    @check("her token is worth nothing, and nobody signs in")
    def _():
        holds(one.command("token", "create", "ada", check=False).returncode != 0, "a token was given out")
        holds(one.command("account", "password", "ada", "--password", "another long one", check=False).returncode != 0,
              "she has a login")

    @check("the name is not given away again, and she is closed once")
    def _():
        again = one.command("account", "create", "ADA", "--email", "x@a.example", "--password", "correct horse",
                            check=False)
        holds(again.returncode != 0, "the name was given away")
        done = one.command("account", "delete", "ada", "--confirm", check=False)
        contains(done.stderr, "closed before")

    @check("the clean-up takes her files")
    def _():
        before = files(one)
        value_of(one, "update job set run_at = 1 where kind = 'clean_up'")
        soon(lambda: value_of(one, f"select count(*) from media where account = {ada.account['id']}") == "0",
             "the rows of her files stayed")
        soon(lambda: files(one) < before, "the files stayed")
