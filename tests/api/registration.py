"""New members: closed, by approval, and open; with a browser and with an app."""

from support.browser import PASSWORD, Browser, register
from support.checks import contains, equal, holds, lacks
from support.database import value_of
from support.http import Client

FORM = {"username": "nora", "email": "nora@mail.example", "password": PASSWORD, "agreement": "true"}


def app_client(posy):
    """An application that may make accounts, and acts for nobody yet."""
    client = Client(posy.port)
    app = register(client)
    token = client.post("/oauth/token", form={"grant_type": "client_credentials", "client_id": app["client_id"],
                                              "client_secret": app["client_secret"], "scope": "read write"}).json
    return Client(posy.port, token["access_token"])


def run(check, databases):
    with databases.server() as posy:
        closed(check, posy)
    with databases.server(registrations="open") as posy:
        posy.account("owner", role="owner")
        opened(check, posy)
    with databases.server(registrations="approval") as posy:
        posy.account("owner", role="owner")
        approval(check, posy)


def closed(check, posy):
    @check("a closed server takes nobody, and says so everywhere")
    def _():
        browser = Browser(posy)
        equal(browser.go("/auth/sign_up").status, 403)
        equal(browser.client.post("/auth/sign_up", None, form=FORM).status, 403)
        app_client(posy).post("/api/v1/accounts", 403, form=FORM)
        equal(browser.client.get("/api/v2/instance").json["registrations"]["enabled"], False)
        lacks(browser.go("/auth/sign_in").text, "sign_up")
        equal(value_of(posy, "select count(*) from account"), "0")


def opened(check, posy):
    @check("an open server takes who fills in the form, and signs them in")
    def _():
        browser = Browser(posy)
        contains(browser.go("/auth/sign_in?return_to=/oauth/authorize?x=1%26y=2").text, "/auth/sign_up?return_to=")
        browser.go("/auth/sign_up?return_to=/about")
        equal(browser.submit("username", **FORM).status, 303)
        equal(browser.location(), "/about")
        equal(browser.go("/auth/sign_out").status, 200)

    @check("the form says what is wrong, and keeps what was right")
    def _():
        browser = Browser(posy)
        browser.go("/auth/sign_up")
        page = browser.submit("username", username="nora", email="other@mail.example", password=PASSWORD)
        equal(page.status, 422)
        for part in ("taken", 'value="other@mail.example"', "accepted"):
            contains(page.text, part)
        lacks(page.text, PASSWORD)

    @check("names that would mislead are reserved")
    def _():
        client = app_client(posy)
        for name in ("admin", "Administrator", "support", "root", "posy"):
            answer = client.post("/api/v1/accounts", 422, form={**FORM, "username": name, "email": f"{name}@m.example"})
            holds("username" in answer.json["details"], answer)

    @check("an app makes an account, and gets a token for it")
    def _():
        form = {**FORM, "username": "olaf", "email": "olaf@mail.example", "locale": "en"}
        token = app_client(posy).post("/api/v1/accounts", form=form).json
        mine = Client(posy.port, token["access_token"])
        equal(mine.get("/api/v1/accounts/verify_credentials").json["username"], "olaf")
        mine.post("/api/v1/accounts", 403, form={**form, "username": "second", "email": "second@mail.example"})

    @check("what is wrong is told field by field")
    def _():
        form = {"username": "a b", "email": "x", "password": "short", "agreement": "false"}
        details = app_client(posy).post("/api/v1/accounts", 422, form=form).json["details"]
        equal({name: errors[0]["error"] for name, errors in details.items()},
              {"username": "ERR_INVALID", "email": "ERR_INVALID", "password": "ERR_TOO_SHORT",
               "agreement": "ERR_ACCEPTED"})

    @check("one address makes a few accounts, not thousands")
    def _():
        client = app_client(posy)
        client.address = "198.51.100.99"
        statuses = [client.post("/api/v1/accounts", None, form={"username": "x"}).status for _ in range(12)]
        contains(statuses, 429)


def approval(check, posy):
    @check("who must be approved waits, and cannot sign in before")
    def _():
        browser = Browser(posy)
        browser.go("/auth/sign_up")
        equal(browser.submit("username", **FORM).status, 422)
        page = browser.submit("username", **FORM, reason="I like it here")
        equal(page.status, 200, page.text[-300:])
        holds("posy_session" not in browser.cookies, "signed in")
        equal(browser.sign_in("nora").status, 403)
        owner = Client(posy.port, posy.token("owner", "read"))
        contains([one["type"] for one in owner.get("/api/v1/notifications").json], "admin.sign_up")

    @check("an app gets a token that opens nothing until then")
    def _():
        form = {**FORM, "username": "olaf", "email": "olaf@mail.example", "reason": "please"}
        token = app_client(posy).post("/api/v1/accounts", form=form).json["access_token"]
        mine = Client(posy.port, token)
        holds(mine.get("/api/v1/timelines/home", None).status in (401, 403), "she is in")
        mine.post("/api/v1/statuses", None, form={"status": "too early"})
        equal(value_of(posy, "select count(*) from post"), "0")
