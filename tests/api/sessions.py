"""What may act for a person, and her password: seen, ended, changed, and guessed by nobody."""

from support.browser import Browser
from support.checks import equal, holds
from support.database import person
from support.http import Client

SESSIONS = "/api/posy/v1/sessions"
PASSWORD = "correct horse battery"
OTHER = "a better horse battery"


def run(check, databases):
    with databases.server(limits_trusted_networks="") as posy:
        anna, berta = person(posy, "anna"), person(posy, "berta")
        seen_and_ended(check, posy, anna, berta)
        password(check, posy, anna, berta)

        @check("the server met no error of its own")
        def _():
            equal(posy.errors(), [])


def seen_and_ended(check, posy, anna, berta):
    @check("what may act for her is listed, the newest first, and nobody else's")
    def _():
        other = Client(posy.port, posy.token("anna", "read"))
        listed = anna.get(SESSIONS).json
        equal([(one["scopes"], one["current"]) for one in listed],
              [(["read"], False), (["read", "write", "follow", "push", "profile"], True)])
        equal([one["current"] for one in other.get(SESSIONS).json], [True, False])
        holds(not {one["id"] for one in berta.get(SESSIONS).json} & {one["id"] for one in listed}, "hers are listed")

    @check("what is ended opens nothing any more, and nobody ends another one's")
    def _():
        other = Client(posy.port, posy.token("anna"))
        theirs = next(one for one in other.get(SESSIONS).json if one["current"])["id"]
        berta.delete(f"{SESSIONS}/{theirs}", 404)
        other.get("/api/v1/accounts/verify_credentials")
        anna.delete(f"{SESSIONS}/{theirs}")
        other.get("/api/v1/accounts/verify_credentials", 401)
        anna.delete(f"{SESSIONS}/{theirs}", 404)
        for nonsense in ("0", "-1", "x", "99999999999999999999"):
            anna.delete(f"{SESSIONS}/{nonsense}", 404)

    @check("a token that may only read ends nothing and changes no password")
    def _():
        reader = Client(posy.port, posy.token("anna", "read"))
        mine = reader.get(SESSIONS).json[0]["id"]
        reader.delete(f"{SESSIONS}/{mine}", 403)
        reader.patch("/api/posy/v1/password", 403, json_body={"current_password": PASSWORD, "password": OTHER})


def password(check, posy, anna, berta):
    def change(client, current, new, expect, **more):
        return client.patch("/api/posy/v1/password", expect, json_body={"current_password": current, "password": new, **more})

    @check("only who knows her password changes it, to one that is long enough")
    def _():
        change(anna, "wrong", OTHER, 422)
        change(anna, PASSWORD, "short", 422)
        change(anna, PASSWORD, "x" * 5000, 422)
        anna.patch("/api/posy/v1/password", 422, json_body={"password": OTHER})
        browser = Browser(posy)
        browser.sign_in("anna", PASSWORD)
        other = Client(posy.port, posy.token("anna"))
        change(anna, PASSWORD, OTHER, 200)
        other.get("/api/v1/accounts/verify_credentials")
        browser.go("/auth/sign_out")
        equal(browser.location(), "/auth/sign_in", "the browser is signed in still")
        change(anna, PASSWORD, OTHER, 422)

    @check("with it, all others can be signed out")
    def _():
        other = Client(posy.port, posy.token("anna"))
        change(anna, OTHER, PASSWORD, 200, sign_out_others=True)
        other.get("/api/v1/accounts/verify_credentials", 401)
        equal(len(anna.get(SESSIONS).json), 1)

    @check("a password is not guessed by way of a token")
    def _():
        answers = [change(berta, f"guess {i}", OTHER, None).status for i in range(40)]
        holds(429 in answers and 200 not in answers, answers)
