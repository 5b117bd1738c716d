"""What must not work in sign-in and authorization, and what browsers are told to forbid."""

from support.browser import CALLBACK, Browser, authorize_path, register
from support.checks import contains, equal, holds, lacks, none_of
from support.database import person
from support.http import Client


def run(check, databases):
    with databases.server() as posy:
        anna = person(posy, "anna")
        client = Client(posy.port)
        app = register(client)
        browser = Browser(posy)
        browser.sign_in("anna")
        addresses(check, posy, client, app, browser)
        forgery(check, posy, app, browser)
        headers(check, client, app, browser)
        documents(check, posy, client, anna)
        throttling(check, posy)


def addresses(check, posy, client, app, browser):
    @check("no redirect to an address that is not registered letter by letter")
    def _():
        wrong = []
        for address in ("https://evil.example/", CALLBACK + "/", CALLBACK + "?x=1", CALLBACK.upper(),
                        "https://app.example.evil.example/callback", "//app.example/callback",
                        "https://app.example@evil.example/callback", "javascript:alert(1)", ""):
            browser.go(authorize_path(app, redirect_uri=address))
            if browser.page.status != 400 or browser.location():
                wrong.append(f"{address}: {browser.page.status} {browser.location()}")
        none_of(wrong)

    @check("an unknown application is told to nobody")
    def _():
        browser.go(authorize_path(app, client_id="unknown"))
        equal((browser.page.status, browser.location()), (400, None))

    @check("addresses that run or show something here are never registered")
    def _():
        wrong = []
        for address in ("javascript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd", "/relative", "",
                        "https://", "https://user:word@app.example/", "https://app.example/#part", "blob:x",
                        "https://app.example/a b\x00", "about:blank", "JavaScript:alert(1)"):
            status = client.post("/api/v1/apps", None, json_body={"client_name": "x", "redirect_uris": address}).status
            if status not in (400, 422):
                wrong.append(f"{address!r}: {status}")
        none_of(wrong)

    @check("an address of an app's own, and several of them, are")
    def _():
        made = register(client, ["myapp://done", "https://app.example/a", "http://127.0.0.1:1234/x"])
        equal(len(made["redirect_uris"]), 3)
        browser.go(authorize_path(made, redirect_uri="myapp://done"))
        browser.submit("decision", press="allow")
        holds(browser.location().startswith("myapp://done?code="), browser.location())

    @check("after signing in nobody is sent to another site")
    def _():
        wrong = []
        for target in ("https://evil.example/", "//evil.example/", "/\\evil.example/", "\\\\evil.example",
                       "/\t/evil.example", "javascript:alert(1)", "http:evil.example", "/%0d%0aSet-Cookie: x=1",
                       "/\r\nX: y"):
            other = Browser(posy)
            other.go("/auth/sign_in")
            other.submit("password", username="anna", password="correct horse battery", return_to=target)
            where = other.location()
            if where is None or not where.startswith("/") or where.startswith(("//", "/\\")):
                wrong.append(f"{target!r}: {other.page.status} {where}")
            if "evil.example" in (other.page.headers.get("Set-Cookie") or "") or other.page.headers.get("X"):
                wrong.append(f"{target!r} made a header")
        none_of(wrong)


def forgery(check, posy, app, browser):
    @check("a decision without the secret of its form is refused")
    def _():
        for change in ({"csrf": ""}, {"csrf": "wrong"}):
            browser.go(authorize_path(app))
            equal(browser.submit("decision", press="allow", **change).status, 403)

    @check("a form sent from another site is refused, even with the right secret")
    def _():
        for sent in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}):
            browser.go(authorize_path(app))
            equal(browser.submit("decision", press="allow", headers=sent).status, 403, str(sent))

    @check("nobody is signed in or out by a form of another site")
    def _():
        other = Browser(posy)
        other.go("/auth/sign_in")
        equal(other.submit("password", username="anna", password="correct horse battery", csrf="wrong").status, 403)
        other.go("/auth/sign_in")
        other.cookies.clear()
        equal(other.submit("password", username="anna", password="correct horse battery").status, 403)
        browser.go("/auth/sign_out")
        equal(browser.submit("csrf", csrf="wrong").status, 403)
        equal(browser.go(authorize_path(app)).status, 200)

    @check("signing in begins a new session; one that was planted is worth nothing")
    def _():
        other = Browser(posy)
        other.cookies["posy_session"] = "planted"
        other.sign_in("anna")
        holds(other.cookies["posy_session"] != "planted", "the planted session is used")

    @check("a token does not decide for a person")
    def _():
        answer = Client(posy.port, posy.token("anna")).post("/oauth/authorize", None, form={
            "client_id": app["client_id"], "redirect_uri": CALLBACK, "response_type": "code", "decision": "allow"})
        lacks(answer.headers.get("Location") or "", "code=")


def headers(check, client, app, browser):
    @check("the pages of sign-in cannot be framed, kept, or run scripts")
    def _():
        paths = ["/auth/sign_in", authorize_path(app), "/auth/sign_out", "/oauth/authorize/native?code=x"]
        for path in paths:
            page = browser.go(path)
            equal(page.status, 200, path)
            policy = page.headers["Content-Security-Policy"]
            for part in ("frame-ancestors 'none'", "default-src 'none'", "form-action"):
                contains(policy, part)
            lacks(policy, "unsafe")
            equal((page.headers["X-Frame-Options"], page.headers["Cache-Control"]), ("DENY", "no-store"), path)
            equal(page.headers["X-Content-Type-Options"], "nosniff")
            lacks(page.text, "<script")

    @check("other sites may call the endpoints for programs, and none for people")
    def _():
        asked = {"Origin": "https://client.example", "Access-Control-Request-Method": "POST",
                 "Access-Control-Request-Headers": "authorization"}
        wrong = []
        for path, open_ in (("/oauth/token", True), ("/oauth/revoke", True), ("/api/v1/apps", True),
                            ("/.well-known/oauth-authorization-server", True), ("/.well-known/nodeinfo", True),
                            ("/oauth/userinfo", True), ("/oauth/authorize", False), ("/auth/sign_in", False),
                            ("/setup", False)):
            for method, sent in (("OPTIONS", asked), ("GET", {"Origin": "https://client.example"})):
                origin = client.request(method, path, headers=sent).headers.get("Access-Control-Allow-Origin")
                if (origin == "*") != open_:
                    wrong.append(f"{method} {path}: {origin}")
        none_of(wrong)

    @check("the name of an application is text, whatever it holds")
    def _():
        odd = register(client, name='<script>alert(1)</script>"&\'{{CSRF}}')
        page = browser.go(authorize_path(odd))
        lacks(page.text, "<script")
        contains(page.text, "&lt;script&gt;")
        page = browser.go("/oauth/authorize/native?code=%3Cimg%20src%3Dx%3E")
        lacks(page.text, "<img src=x>")


def documents(check, posy, client, anna):
    @check("the metadata is true (RFC 8414)")
    def _():
        told = client.get("/.well-known/oauth-authorization-server").json
        equal(told["issuer"], posy.base)
        equal(told["code_challenge_methods_supported"], ["S256"])
        for name in ("token_endpoint", "revocation_endpoint", "userinfo_endpoint", "app_registration_endpoint"):
            path = told[name].removeprefix(posy.base)
            holds(client.post(path, None).status not in (404, 405), told[name])
        equal(client.get(told["authorization_endpoint"].removeprefix(posy.base), None).status, 400)

    @check("userinfo tells who a token belongs to")
    def _():
        told = anna.get("/oauth/userinfo").json
        equal((told["iss"], told["preferred_username"], told["profile"]), (posy.base, "anna", f"{posy.base}/@anna"))
        client.get("/oauth/userinfo", 401)


def throttling(check, posy):
    @check("guessing one person's password is slowed down, wherever it comes from")
    def _():
        statuses = []
        for number in range(40):
            other = Browser(posy, address=f"198.51.100.{number + 1}")
            statuses.append(other.sign_in("anna", f"guess {number}").status)
            if statuses[-1] == 429:
                break
        equal(statuses[-1], 429)
        equal(set(statuses[:-1]), {401})

    @check("guessing from one address is slowed down, whoever it is after")
    def _():
        other = Browser(posy, address="203.0.113.9")
        # A window may end while we count: so up to twice as many.
        statuses = []
        while len(statuses) < 60 and 429 not in statuses:
            statuses.append(other.sign_in(f"person{len(statuses)}", "guess").status)
        equal(statuses[-1], 429)
        equal(Browser(posy, address="203.0.113.10").go("/auth/sign_in").status, 200)

    @check("applications are not registered by the thousand")
    def _():
        client = Client(posy.port, address="203.0.113.11")
        body = {"client_name": "x", "redirect_uris": CALLBACK}
        statuses = [client.post("/api/v1/apps", None, json_body=body).status for _ in range(60)]
        equal(statuses[0], 200)
        contains(statuses, 429)
