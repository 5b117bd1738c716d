"""Well-formed requests with values that make no sense: wrong types, wrong ids, in every place."""

from support.checks import equal, holds, none_of
from support.database import person, value_of
from support.http import Client

VALUES = [None, True, False, 0, -1, 1.5, 1e308, 99999999999999999999999, "", " ", "x", "null", "-1", "0", "1e3",
          "x" * 100_000,
          [], [None], [[]], [{}], ["x"], ["1"] * 500, {}, {"a": 1}, {"0": "x"}, "\u202e", "😀", "'; drop table post; --",
          "%00", "../../etc/passwd", "2026-13-45T99:99:99Z", "9999999-01-01",
          [True, 1, "x", None, {}], {"a": {"b": [{}]}}]

PARAMETERS = ("status", "title", "spoiler_text", "sensitive", "language", "content_type", "visibility", "in_reply_to_id",
              "quoted_status_id", "quote_approval_policy", "scheduled_at", "media_ids", "poll", "poll[options]",
              "poll[expires_in]", "poll[multiple]", "poll[hide_totals]", "allowed_mentions", "preview_card", "posy",
              "posy[reach]")

IDS = ["0", "-1", "1", "9223372036854775807", "9223372036854775808", "99999999999999999999999999", "1.5", "0x10", "abc",
       "1e5", "%20", "+1", "01", "1%202", "%F0%9F%98%80", "null", "undefined", "1;drop", "%27", "*", "a" * 3000]

READ_ROUTES = ["statuses/:id", "statuses/:id/context", "statuses/:id/history", "statuses/:id/source",
               "statuses/:id/favourited_by", "statuses/:id/reblogged_by", "statuses/:id/quotes", "accounts/:id",
               "accounts/:id/statuses", "accounts/:id/followers", "accounts/:id/following", "accounts/:id/lists",
               "accounts/:id/featured_tags", "accounts/:id/endorsements", "media/:id", "polls/:id", "lists/:id",
               "lists/:id/accounts", "timelines/list/:id", "notifications/:id", "notifications/requests/:id",
               "scheduled_statuses/:id", "filters/:id", "tags/:id", "timelines/tag/:id"]

V2_ROUTES = ["filters/:id", "filters/:id/keywords", "filters/keywords/:id", "filters/:id/statuses",
             "filters/statuses/:id", "notifications/:id", "notifications/:id/accounts"]

POSY_ROUTES = ["statuses/:id/delivery", "statuses/:id/delivery/hosts"]

WRITE_ROUTES = [("POST", f"statuses/:id/{act}") for act in
                ("favourite", "unfavourite", "reblog", "unreblog", "bookmark", "unbookmark", "pin", "unpin", "mute",
                 "unmute", "translate")]
WRITE_ROUTES += [("POST", f"accounts/:id/{act}") for act in
                 ("follow", "unfollow", "block", "unblock", "mute", "unmute", "note", "endorse", "unendorse",
                  "remove_from_followers")]
WRITE_ROUTES += [("PUT", "statuses/:id"), ("DELETE", "statuses/:id"), ("PUT", "media/:id"), ("PUT", "lists/:id"),
                 ("DELETE", "lists/:id"), ("POST", "polls/:id/votes"), ("POST", "conversations/:id/read"),
                 ("DELETE", "conversations/:id"), ("POST", "notifications/:id/dismiss"),
                 ("POST", "follow_requests/:id/authorize"), ("POST", "follow_requests/:id/reject"),
                 ("DELETE", "scheduled_statuses/:id"), ("DELETE", "filters/:id"), ("DELETE", "featured_tags/:id")]

LISTS = ["timelines/home", "timelines/public", "timelines/tag/x", "notifications", "favourites", "bookmarks", "blocks",
         "mutes", "follow_requests", "conversations", "scheduled_statuses", "lists", "followed_tags", "directory",
         "accounts/search?q=x", "endorsements", "suggestions", "domain_blocks", "notifications/requests"]

OTHER_WRITES = {
    "PATCH /api/v1/accounts/update_credentials": ("display_name", "note", "avatar", "locked", "bot",
                                                  "fields_attributes", "source", "discoverable", "source[privacy]",
                                                  "attribution_domains"),
    "POST /api/v1/lists": ("title", "replies_policy", "exclusive"),
    "POST /api/v2/filters": ("title", "context", "filter_action", "expires_in", "keywords_attributes"),
    "POST /api/v1/filters": ("phrase", "context", "expires_in", "whole_word"),
    "POST /api/v1/markers": ("home", "notifications", "home[last_read_id]"),
    "POST /api/v1/apps": ("client_name", "redirect_uris", "scopes", "website"),
    "POST /oauth/token": ("grant_type", "client_id", "client_secret", "code", "redirect_uri", "scope"),
    "POST /oauth/revoke": ("token", "client_id", "client_secret"),
    "POST /api/v1/accounts": ("username", "email", "password", "agreement", "locale", "reason"),
    "POST /api/v1/featured_tags": ("name",),
    "POST /api/v1/domain_blocks": ("domain",),
    "PATCH /api/v2/notifications/policy": ("for_not_following", "for_private_mentions"),
    "POST /api/v1/notifications/requests/accept": ("id",),
    "GET /api/v2/search": ("q", "type", "limit", "offset", "resolve", "account_id", "min_id", "following"),
    "GET /api/v1/accounts/relationships": ("id", "with_suspended"),
    "GET /api/v1/accounts/lookup": ("acct",),
    "GET /api/oembed": ("url", "maxwidth"),
    "POST /api/posy/v1/statuses/cost": ("status", "in_reply_to_id", "quoted_status_id", "visibility", "content_type",
                                        "posy", "posy[reach]"),
    "PATCH /api/posy/v1/preferences": ("reply_reach",),
}

ADMIN_WRITES = {
    "POST /api/v1/admin/domain_blocks": ("domain", "severity", "reject_media", "reject_reports", "private_comment",
                                         "public_comment", "obfuscate"),
    "POST /api/v1/admin/domain_allows": ("domain",),
}
ADMIN_ROUTES = [("GET", "admin/domain_blocks/:id"), ("PUT", "admin/domain_blocks/:id"),
                ("DELETE", "admin/domain_blocks/:id"), ("GET", "admin/domain_allows/:id"),
                ("DELETE", "admin/domain_allows/:id")]
ADMIN = " ".join(f"admin:{act}:domain_{rules}" for act in ("read", "write") for rules in ("blocks", "allows"))


def run(check, databases):
    with databases.server() as posy:
        anna = person(posy, "anna")
        publishing(check, posy, anna)
        others(check, posy, anna, OTHER_WRITES)
        owner = person(posy, "owner", "read write " + ADMIN, role="owner")
        others(check, posy, owner, ADMIN_WRITES)
        admin_ids(check, owner)
        ids(check, posy, anna)
        paging(check, anna)
        posy_paging(check, anna)
        pages(check, posy)

        @check("the same process is well after all of it, and had no error of its own")
        def _():
            equal(posy.process.poll(), None)
            Client(posy.port).get("/health")
            equal(posy.errors(), [])


def body_with(parameter, value, base):
    """poll[options] stands for {"poll": {"options": value}} beside what is right."""
    if "[" not in parameter:
        return {**base, parameter: value}
    outer, inner = parameter.rstrip("]").split("[")
    whole = {"options": ["a", "b"], "expires_in": 600} if outer == "poll" else {}
    return {**base, outer: {**whole, inner: value}}


def is_answer(answer):
    """2xx, or 4xx with a sentence in JSON."""
    if 200 <= answer.status < 300:
        return True
    return 400 <= answer.status < 500 and bool(answer.json.get("error"))


def publishing(check, posy, anna):
    for parameter in PARAMETERS:
        @check(f"POST /api/v1/statuses takes any {parameter} or says why not, and makes one post or none")
        def _():
            wrong = []
            before = counts(posy)
            published = 0
            for value in VALUES:
                body = body_with(parameter, value, {} if parameter == "status" else {"status": "x"})
                answer = anna.post("/api/v1/statuses", None, json_body=body)
                if not is_answer(answer):
                    wrong.append(f"{str(value)[:40]!r}: {answer}")
                    continue
                if answer.status == 200 and "content" in answer.json:
                    published += 1
                    if anna.get(f"/api/v1/statuses/{answer.json['id']}", None).status != 200:
                        wrong.append(f"{str(value)[:40]!r}: made a post that cannot be read")
            none_of(wrong)
            after = counts(posy)
            equal(after["post"] - before["post"], published, "posts in the database")
            holds(after["poll"] - before["poll"] <= published, "polls without a post")


def counts(posy):
    return {table: int(value_of(posy, f"select count(*) from {table}")) for table in ("post", "poll")}


def admin_ids(check, owner):
    @check("rules about servers are asked for by any id or not found")
    def _():
        wrong = []
        for method, route in ADMIN_ROUTES:
            for one in IDS:
                answer = owner.request(method, f"/api/v1/{route}".replace(":id", one))
                if not is_answer(answer):
                    wrong.append(f"{method} {route} {one[:20]}: {answer}")
        none_of(wrong)


def others(check, posy, anna, writes):
    for route, parameters in writes.items():
        method, path = route.split(" ")

        @check(f"{route} takes any value or says why not")
        def _():
            wrong = []
            for parameter in parameters:
                for value in VALUES:
                    if method == "GET":
                        if isinstance(value, (dict, list)):
                            answer = anna.request(method, path, query=[(f"{parameter}[]", "x"), (f"{parameter}[]", "")])
                        else:
                            answer = anna.request(method, path, query={parameter: str(value)[:2000]})
                    else:
                        answer = anna.request(method, path, json_body=body_with(parameter, value, {}))
                    if not is_answer(answer):
                        wrong.append(f"{parameter}={str(value)[:40]!r}: {answer}")
            none_of(wrong)


def ids(check, posy, anna):
    @check("ids of every shape on every route that reads")
    def _():
        wrong = []
        for version, routes in (("v1", READ_ROUTES), ("v2", V2_ROUTES), ("posy/v1", POSY_ROUTES)):
            for route in routes:
                for one in IDS:
                    answer = anna.get(f"/api/{version}/{route.replace(':id', one)}", None)
                    if not is_answer(answer) or answer.status not in (200, 400, 404, 422):
                        wrong.append(f"{route} {one[:30]}: {answer}")
        none_of(wrong)

    @check("and on every route that writes")
    def _():
        wrong = []
        for method, route in WRITE_ROUTES:
            for one in IDS:
                answer = anna.request(method, f"/api/v1/{route.replace(':id', one)}", json_body={})
                if not is_answer(answer) or answer.status == 401:
                    wrong.append(f"{method} {route} {one[:30]}: {answer}")
        none_of(wrong)


def paging(check, anna):
    @check("lists take any limit and any id, and never give more than they may")
    def _():
        wrong = []
        for path in LISTS:
            for name in ("limit", "max_id", "since_id", "min_id", "offset"):
                for value in ("0", "-1", "1", "1000000", "99999999999999999999", "abc", "", "1.5", "null"):
                    answer = anna.get(f"/api/v1/{path}{'&' if '?' in path else '?'}{name}={value}", None)
                    if not is_answer(answer):
                        wrong.append(f"{path} {name}={value}: {answer}")
                    elif isinstance(answer.json, list) and len(answer.json) > 80:
                        wrong.append(f"{path} {name}={value}: {len(answer.json)} rows")
        none_of(wrong)


def posy_paging(check, anna):
    @check("pages of hosts take any place, activity, state and limit")
    def _():
        wrong, post = [], anna.publish("x")
        for name in ("after", "activity_id", "state", "limit"):
            for value in VALUES:
                answer = anna.get(f"/api/posy/v1/statuses/{post['id']}/delivery/hosts", None,
                                  query={name: str(value)[:3000]})
                if not is_answer(answer):
                    wrong.append(f"{name}={str(value)[:40]!r}: {answer}")
        none_of(wrong)


def pages(check, posy):
    @check("pages take any name, id and page number")
    def _():
        client, wrong = Client(posy.port), []
        for one in IDS:
            for path in (f"/@{one}", f"/@anna/{one}", f"/@anna/{one}/embed", f"/tags/{one}", f"/@{one}.rss",
                         f"/@anna?max_id={one}", f"/tags/x?max_id={one}", f"/users/{one}",
                         f"/users/anna/statuses/{one}",
                         f"/api/oembed?url={posy.base}/@anna/{one}", f"/@anna/with_replies?max_id[]={one}"):
                answer = client.get(path, None, headers={"Accept": "text/html"})
                if answer.status not in (200, 302, 400, 404, 414):
                    wrong.append(f"{path[:60]}: {answer}")
        none_of(wrong)
