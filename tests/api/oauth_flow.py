"""Signing in to applications, step by step, as browsers and applications do it."""

import base64
import hashlib

from support.browser import (CALLBACK, OUT_OF_BAND, Browser, allow, authorize_path, exchange, heading, query_of,
                             register)
from support.checks import contains, equal, holds, lacks
from support.database import value_of
from support.http import Client

VERIFIER = "a-verifier-of-the-length-that-the-standard-asks-for-0123456789"
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).decode().rstrip("=")


def run(check, databases):
    with databases.server() as posy:
        posy.account("anna")
        client = Client(posy.port)
        app = register(client)
        browser = Browser(posy)
        sign_in(check, posy, app, browser)
        consent(check, app, browser)
        codes(check, client, app, browser)
        out_of_band(check, client, browser)
        proof_keys(check, client, browser, app)
        tokens(check, posy, client, app, browser)
        sign_out(check, posy, app, browser)


def sign_in(check, posy, app, browser):
    @check("who is not signed in comes to the sign-in page, and back to the question afterwards")
    def _():
        browser.go(authorize_path(app, state="st"))
        holds((browser.location() or "").startswith("/auth/sign_in?return_to="), browser.page)
        browser.follow()
        page = browser.submit("password", username="anna", password="not this one")
        equal(page.status, 401)
        lacks(page.text, "not this one")
        page = browser.submit("password", username="anna", password="correct horse battery")
        equal(page.status, 303)
        page = browser.follow()
        contains(page.text, app["name"])
        contains(page.text, "anna")

    @check("unknown names are refused in the same words as wrong passwords")
    def _():
        pages = []
        for name in ("anna", "nobody-here"):
            other = Browser(posy)
            page = other.sign_in(name, "wrong wrong wrong")
            pages.append((page.status, page.text.replace(name, "NAME")))
        equal(pages[0][0], 401)
        holds(_without_secrets(pages[0][1]) == _without_secrets(pages[1][1]), "the pages differ")

    @check("the cookies cannot be read by scripts, nor sent from other sites")
    def _():
        other = Browser(posy)
        other.go("/auth/sign_in")
        cookies = other.page.headers.get_all("Set-Cookie")
        other.submit("password", username="anna", password="correct horse battery")
        for line in cookies + other.page.headers.get_all("Set-Cookie"):
            for part in ("HttpOnly", "SameSite=", "Path=/"):
                contains(line, part)

    @check("only a digest of the session is kept")
    def _():
        secret = browser.cookies["posy_session"]
        equal(value_of(posy, f"select count(*) from web_session where token_hash = '{secret}'"), "0")


def _without_secrets(html):
    return "\n".join(line for line in html.splitlines() if "csrf" not in line)


def consent(check, app, browser):
    @check("the question names the application, the person and what it may do")
    def _():
        page = browser.go(authorize_path(app))
        for part in ("Test app", "anna", "Publish"):
            contains(page.text, part)

    @check("refusing tells the application so")
    def _():
        browser.go(authorize_path(app, state="a&b=c"))
        browser.submit("decision", press="deny")
        address = browser.location()
        holds(address.startswith(CALLBACK + "?"), address)
        equal((query_of(address)["error"], query_of(address)["state"]), ("access_denied", "a&b=c"))
        lacks(address, "code=")

    @check("an answer without a press of a button gives nothing away")
    def _():
        browser.go(authorize_path(app))
        browser.submit("decision")
        lacks(browser.location() or "", "code=")

    @check("state and code come back to the registered address, through 303")
    def _():
        browser.go(authorize_path(app, state="ünï code"))
        page = browser.submit("decision", press="allow")
        equal(page.status, 303)
        equal(query_of(browser.location())["state"], "ünï code")
        holds(len(query_of(browser.location())["code"]) > 30, "a short code")
        equal(page.headers["Cache-Control"], "no-store")

    @check("force_login asks for the password again, and then asks the question")
    def _():
        browser.go(authorize_path(app, force_login="true"))
        contains(browser.location(), "/auth/sign_in")
        browser.follow()
        browser.submit("password", username="anna", password="correct horse battery")
        browser.follow()
        contains(browser.page.text, app["name"])


def codes(check, client, app, browser):
    @check("a code becomes a token that acts for the person")
    def _():
        answer = exchange(client, app, allow(browser, app))
        token = answer.json
        equal((token["token_type"], token["scope"].split()), ("Bearer", ["read", "write", "follow"]))
        contains(answer.headers["Cache-Control"], "no-store")
        me = Client(client.port, token["access_token"]).get("/api/v1/accounts/verify_credentials").json
        equal(me["username"], "anna")

    @check("the secret of the application may come as Basic")
    def _():
        code = allow(browser, app)
        basic = base64.b64encode(f"{app['client_id']}:{app['client_secret']}".encode()).decode()
        client.post("/oauth/token", form={"grant_type": "authorization_code", "code": code,
                                          "redirect_uri": CALLBACK}, headers={"Authorization": "Basic " + basic})

    @check("a code works once; the second use takes the token back")
    def _():
        code = allow(browser, app)
        token = exchange(client, app, code).json["access_token"]
        equal(exchange(client, app, code, 400).json["error"], "invalid_grant")
        Client(client.port, token).get("/api/v1/accounts/verify_credentials", 401)

    @check("a code is for its application, its address and its secret alone")
    def _():
        other = register(client, name="Another app")
        code = allow(browser, app)
        equal(exchange(client, other, code, 400).json["error"], "invalid_grant")
        equal(exchange(client, app, code, 400, redirect_uri=CALLBACK + "/").json["error"], "invalid_grant")
        equal(exchange(client, app, code, 401, client_secret="wrong").json["error"], "invalid_client")
        equal(exchange(client, app, code, 401, client_secret=None).json["error"], "invalid_client")
        equal(exchange(client, app, "no such code", 400).json["error"], "invalid_grant")


def out_of_band(check, client, browser):
    @check("without an address the code is shown, in the page and in its address")
    def _():
        app = register(client, OUT_OF_BAND)
        browser.go(authorize_path(app))
        browser.submit("decision", press="allow")
        code = query_of(browser.location())["code"]
        page = browser.follow()
        equal(page.status, 200)
        contains(page.text, code)
        exchange(client, app, code)

    @check("refusing it shows a page that says so")
    def _():
        app = register(client, OUT_OF_BAND)
        browser.go(authorize_path(app))
        equal(browser.submit("decision", press="deny").status, 200)


def proof_keys(check, client, browser, app):
    def code():
        return allow(browser, app, code_challenge=CHALLENGE, code_challenge_method="S256")

    @check("the right verifier opens a code with a challenge")
    def _():
        exchange(client, app, code(), code_verifier=VERIFIER)

    @check("a wrong verifier, or none, does not")
    def _():
        for verifier in (VERIFIER[:-1] + "x", "", None, CHALLENGE):
            equal(exchange(client, app, code(), 400, code_verifier=verifier).json["error"], "invalid_grant")

    @check("a verifier for a code without a challenge is refused (no downgrade)")
    def _():
        exchange(client, app, allow(browser, app), 400, code_verifier=VERIFIER)

    @check("the method plain is not offered")
    def _():
        browser.go(authorize_path(app, code_challenge=VERIFIER, code_challenge_method="plain"))
        equal(query_of(browser.location())["error"], "invalid_request")


def tokens(check, posy, client, app, browser):
    secret = {"client_id": app["client_id"], "client_secret": app["client_secret"]}

    @check("client_credentials is a token of the application, and of nobody")
    def _():
        token = client.post("/oauth/token", form={**secret, "grant_type": "client_credentials", "scope": "read"}).json
        own = Client(client.port, token["access_token"])
        equal(own.get("/api/v1/apps/verify_credentials").json["name"], "Test app")
        own.get("/api/v1/accounts/verify_credentials", 422)
        own.get("/api/v1/timelines/home", 422)

    @check("no grant goes beyond what the application registered")
    def _():
        small = register(client, scopes="read:statuses")
        browser.go(authorize_path(small, scope="read write"))
        equal(query_of(browser.location())["error"], "invalid_scope")
        asked = {"client_id": small["client_id"], "client_secret": small["client_secret"], "scope": "write",
                 "grant_type": "client_credentials"}
        equal(client.post("/oauth/token", 400, form=asked).json["error"], "invalid_scope")

    @check("passwords are no grant, and neither is nothing")
    def _():
        for grant, error in (("password", "unsupported_grant_type"), ("", "invalid_request")):
            body = {**secret, "grant_type": grant, "username": "anna", "password": "correct horse battery"}
            equal(client.post("/oauth/token", 400, form=body).json["error"], error)

    @check("a revoked token is dead at once, and revoking needs the application's secret")
    def _():
        token = exchange(client, app, allow(browser, app)).json["access_token"]
        mine = Client(client.port, token)
        mine.get("/api/v1/accounts/verify_credentials")
        client.post("/oauth/revoke", 401, form={"token": token, "client_id": app["client_id"], "client_secret": "x"})
        mine.get("/api/v1/accounts/verify_credentials")
        client.post("/oauth/revoke", form={**secret, "token": token})
        mine.get("/api/v1/accounts/verify_credentials", 401)
        client.post("/oauth/revoke", form={**secret, "token": token})

    @check("an application cannot revoke another one's token")
    def _():
        token = exchange(client, app, allow(browser, app)).json["access_token"]
        other = register(client)
        body = {"token": token, "client_id": other["client_id"], "client_secret": other["client_secret"]}
        client.post("/oauth/revoke", 403, form=body)
        Client(client.port, token).get("/api/v1/accounts/verify_credentials")

    @check("no secret lies readable in the database")
    def _():
        token = exchange(client, app, allow(browser, app)).json["access_token"]
        equal(value_of(posy, f"select count(*) from oauth_token where token_hash = '{token}'"), "0")
        equal(value_of(posy, f"select count(*) from oauth_app where secret_hash = '{app['client_secret']}'"), "0")


def sign_out(check, posy, app, browser):
    @check("signing out ends the session on the server too")
    def _():
        stolen = Browser(posy)
        stolen.cookies = dict(browser.cookies)
        browser.go("/auth/sign_out")
        browser.submit("csrf")
        holds("posy_session" not in browser.cookies, "the cookie stays")
        for one in (browser, stolen):
            one.go(authorize_path(app))
            contains(one.location(), "/auth/sign_in")
        equal(heading(browser.follow()) != "", True)
