"""What a token may do: each scope opens its own doors, and the person is told before she grants it."""

from support.browser import Browser, authorize_path, register
from support.checks import contains, holds, none_of
from support.http import Client

# A route for each granular scope, with a request that is right but for the scope.
SCOPES = {
    "read:accounts": ("GET", "/api/v1/accounts/search?q=x"),
    "read:blocks": ("GET", "/api/v1/blocks"),
    "read:bookmarks": ("GET", "/api/v1/bookmarks"),
    "read:favourites": ("GET", "/api/v1/favourites"),
    "read:filters": ("GET", "/api/v2/filters"),
    "read:follows": ("GET", "/api/v1/follow_requests"),
    "read:lists": ("GET", "/api/v1/lists"),
    "read:mutes": ("GET", "/api/v1/mutes"),
    "read:notifications": ("GET", "/api/v1/notifications"),
    "read:statuses": ("GET", "/api/v1/timelines/home"),
    "write:accounts": ("PATCH", "/api/v1/accounts/update_credentials"),
    "write:blocks": ("POST", "/api/v1/accounts/1/block"),
    "write:bookmarks": ("POST", "/api/v1/statuses/1/bookmark"),
    "write:conversations": ("POST", "/api/v1/conversations/1/read"),
    "write:favourites": ("POST", "/api/v1/statuses/1/favourite"),
    "write:filters": ("POST", "/api/v2/filters"),
    "write:follows": ("POST", "/api/v1/accounts/1/follow"),
    "write:lists": ("POST", "/api/v1/lists"),
    "write:media": ("POST", "/api/v2/media"),
    "write:mutes": ("POST", "/api/v1/accounts/1/mute"),
    "write:notifications": ("POST", "/api/v1/notifications/clear"),
    "write:statuses": ("POST", "/api/v1/statuses"),
    "profile": ("GET", "/oauth/userinfo"),
}
WIDE = {"read": "read:", "write": "write:"}
FOLLOW = ("read:blocks", "read:follows", "read:mutes", "write:blocks", "write:follows", "write:mutes")


def run(check, databases):
    with databases.server() as posy:
        posy.account("anna")
        scopes(check, posy)


def scopes(check, posy):
    def allowed(token, scope):
        method, path = SCOPES[scope]
        status = Client(posy.port, token).request(method, path).status
        holds(status != 401, f"{path}: 401")
        return status != 403

    @check("each granular scope opens its own door and no other")
    def _():
        wrong = []
        for scope in SCOPES:
            token = posy.token("anna", scope)
            wrong += [f"{scope} {'opens' if other != scope else 'does not open'} {other}" for other in SCOPES
                      if allowed(token, other) != (other == scope)]
        none_of(wrong)

    @check("read, write and follow open what stands below them")
    def _():
        wrong = []
        for wide, prefix in WIDE.items():
            token = posy.token("anna", wide)
            wrong += [f"{wide}: {scope}" for scope in SCOPES if allowed(token, scope) != scope.startswith(prefix)]
        token = posy.token("anna", "follow")
        wrong += [f"follow: {scope}" for scope in SCOPES if allowed(token, scope) != (scope in FOLLOW)]
        none_of(wrong)

    @check("the consent page names every scope that is granted, however they are separated")
    def _():
        client, browser = Client(posy.port), Browser(posy)
        browser.sign_in("anna")
        app = register(client, scopes="read write")
        for text in ("read write", "write,read", "read+write", " write  read "):
            page = browser.go(authorize_path(app, scope=text))
            if browser.location():
                contains(browser.location(), "invalid_scope")
                continue
            for title in ("Act in your name", "See everything in your account"):
                holds(title in page.text, f"scope={text!r} is granted, and the page does not say: {title}")
