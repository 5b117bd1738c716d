"""A browser without a window: cookies, forms, and redirects that are followed only when asked."""

import http.cookies
import re
import urllib.parse
from html.parser import HTMLParser

from support.http import Client

PASSWORD = "correct horse battery"


class Form:
    def __init__(self, action, method):
        self.action = action
        self.method = method
        self.fields = {}
        self.buttons = []  # (name, value)

    def __contains__(self, name):
        return name in self.fields or any(name == button for button, _ in self.buttons)


class Forms(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.found = []
        self.open = False
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        values = {name: value or "" for name, value in attributes}
        if tag == "form":
            self.found.append(Form(values.get("action", ""), values.get("method", "get").upper()))
            self.open = True
        if not self.open:
            return
        kind = values.get("type", "")
        if tag == "button" or (tag == "input" and kind == "submit"):
            self.found[-1].buttons.append((values.get("name", ""), values.get("value", "")))
        elif tag in ("input", "textarea") and values.get("name"):
            if kind not in ("checkbox", "radio") or "checked" in values:
                self.found[-1].fields[values["name"]] = values.get("value", "")

    def handle_endtag(self, tag):
        if tag == "form":
            self.open = False


class Browser:
    def __init__(self, posy, address=None):
        self.base = posy.base
        self.client = Client(posy.port, address=address)
        self.cookies = {}
        self.page = None
        self.path = "/"

    def go(self, path):
        return self._ask("GET", path)

    def follow(self):
        """Follows redirects as long as they stay here."""
        for _ in range(5):
            target = self.location()
            if not target or not target.startswith("/"):
                break
            self.go(target)
        return self.page

    def location(self):
        """Where the last answer sends us: a path of this server, or a foreign address."""
        if self.page.status not in (301, 302, 303, 307, 308):
            return None
        target = urllib.parse.urljoin(self.base + self.path, self.page.headers["Location"])
        return target.removeprefix(self.base) if target.startswith(self.base + "/") else target

    def form(self, field):
        for form in Forms(self.page.text).found:
            if field in form:
                return form
        raise AssertionError(f"no form with {field} on {self.path}: {self.page}")

    def submit(self, field, press=None, headers=None, **values):
        """Fills and sends the form that has `field`; `press` is the value of the button."""
        form = self.form(field)
        fields = {**form.fields, **values}
        for name, value in form.buttons:
            if name and value == press:
                fields[name] = value
        path = urllib.parse.urljoin(self.path, form.action or self.path)
        if form.method == "GET":
            return self._ask("GET", path + "?" + urllib.parse.urlencode(fields))
        return self._ask("POST", path, form=fields, headers={"Origin": self.base, **(headers or {})})

    def sign_in(self, name, password=PASSWORD, path="/auth/sign_in"):
        self.go(path)
        return self.submit("password", username=name, password=password)

    def _ask(self, method, path, headers=None, **options):
        sent = {"Accept": "text/html", **(headers or {})}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self.path = path
        self.page = self.client.request(method, path, headers=sent, **options)
        for line in self.page.headers.get_all("Set-Cookie") or []:
            for name, morsel in http.cookies.SimpleCookie(line).items():
                if morsel["max-age"] == "0" or not morsel.value:
                    self.cookies.pop(name, None)
                else:
                    self.cookies[name] = morsel.value
        return self.page


def heading(page):
    found = re.search(r"<h1[^>]*>(.*?)</h1>", page.text, re.S)
    return found[1].strip() if found else ""


def query_of(address):
    return dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(address).query))


# ---- what an application does ----

OUT_OF_BAND = "urn:ietf:wg:oauth:2.0:oob"
CALLBACK = "https://app.example/callback"


def register(client, redirect_uris=CALLBACK, scopes="read write follow", name="Test app"):
    return client.post("/api/v1/apps", json_body={"client_name": name, "redirect_uris": redirect_uris,
                                                  "scopes": scopes}).json


def authorize_path(app, **parameters):
    asked = {"response_type": "code", "client_id": app["client_id"], "redirect_uri": app["redirect_uris"][0],
             "scope": " ".join(app["scopes"]), **parameters}
    return "/oauth/authorize?" + urllib.parse.urlencode({k: v for k, v in asked.items() if v is not None})


def allow(browser, app, **parameters):
    """From the link in the application to the code, for a browser that is signed in."""
    browser.go(authorize_path(app, **parameters))
    browser.submit("decision", press="allow")
    return query_of(browser.location())["code"]


def exchange(client, app, code, expect=200, **parameters):
    body = {"grant_type": "authorization_code", "client_id": app["client_id"], "client_secret": app["client_secret"],
            "redirect_uri": app["redirect_uris"][0], "code": code, **parameters}
    return client.post("/oauth/token", expect, form={k: v for k, v in body.items() if v is not None})


def log_in(posy, name, redirect_uri=OUT_OF_BAND, scopes="read write follow"):
    """A token for a new application, by every step that a person takes."""
    client, browser = Client(posy.port), Browser(posy)
    app = register(client, redirect_uri, scopes)
    browser.sign_in(name)
    return app, exchange(client, app, allow(browser, app)).json["access_token"]
