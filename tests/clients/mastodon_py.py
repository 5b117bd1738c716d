"""Mastodon.py, the library that most bots are written with (Debian's python3-mastodon)."""

import datetime
import os
import tempfile
import threading
import urllib.parse

from support import pictures
from support.browser import Browser, query_of
from support.checks import contains, equal, eventually, holds

try:
    import mastodon
except ImportError:
    mastodon = None


def run(check, posy, berta):
    if mastodon is None:
        check.skip("Mastodon.py works", "it is not installed (Debian package python3-mastodon)")
        return
    os.environ["NO_PROXY"] = "*"
    holder = {}

    @check("registers, logs in with a code, and checks itself")
    def _():
        holder["api"] = log_in(posy)
        equal(holder["api"].account_verify_credentials()["username"], "anna")
        equal(holder["api"].app_verify_credentials()["name"], "bot")
        holds(holder["api"].retrieve_mastodon_version() >= "4", "an old version")
        equal(holder["api"].instance()["uri"].split(":")[0], "localhost")

    if "api" not in holder:
        return
    api = holder["api"]
    posts(check, api, berta)
    reading(check, api, berta)
    settings(check, api, berta)
    streams(check, api, berta)

    @check("gives its token back")
    def _():
        api.revoke_access_token()
        try:
            api.account_verify_credentials()
        except mastodon.MastodonError:
            return
        raise AssertionError("the token still works")


def log_in(posy):
    scopes = ["read", "write", "follow"]
    client_id, secret = mastodon.Mastodon.create_app("bot", scopes=scopes, api_base_url=posy.base)
    api = mastodon.Mastodon(client_id, secret, api_base_url=posy.base, version_check_mode="none", request_timeout=30)
    parts = urllib.parse.urlsplit(api.auth_request_url(scopes=scopes, state="x"))
    browser = Browser(posy)
    browser.sign_in("anna")
    browser.go(f"{parts.path}?{parts.query}")
    browser.submit("decision", press="allow")
    api.log_in(code=query_of(browser.location())["code"], scopes=scopes)
    return api


def posts(check, api, berta):
    @check("publishes with photos, each with a description and a focus")
    def _():
        with tempfile.NamedTemporaryFile(suffix=".jpg") as file:
            file.write(pictures.photo())
            file.flush()
            one = api.media_post(file.name, description="two colours", focus=(0.5, -0.5))
        two = api.media_post(pictures.png(20, 10), mime_type="image/png", synchronous=True)
        post = api.status_post("photos", media_ids=[one, two], sensitive=True, spoiler_text="bright",
                               visibility="unlisted", language="de", idempotency_key="1")
        again = api.status_post("photos", media_ids=[one, two], idempotency_key="1")
        equal(post["id"], again["id"])
        equal([media["meta"]["original"]["width"] for media in post["media_attachments"]], [1200, 20])

    @check("asks, votes, and sees the result")
    def _():
        poll = api.make_poll(["tea", "coffee"], expires_in=3600, multiple=True, hide_totals=False)
        post = api.status_post("which?", poll=poll)
        berta.post(f"/api/v1/polls/{post['poll']['id']}/votes", json_body={"choices": [0, 1]})
        equal([option["votes_count"] for option in api.poll(post["poll"])["options"]], [1, 1])
        asked = berta.publish("and you?", poll={"options": ["a", "b"], "expires_in": 600})
        api.poll_vote(asked["poll"]["id"], 1)
        equal(api.poll(asked["poll"]["id"])["own_votes"], [1])

    @check("edits, answers, threads, deletes")
    def _():
        post = api.status_post("first")
        contains(api.status_update(post, "second")["content"], "second")
        equal(len(api.status_history(post)), 2)
        equal(api.status_source(post)["text"], "second")
        asked = berta.publish("question @anna")
        answer = api.status_reply(api.status(asked["id"]), "an answer")
        contains(answer["content"], "berta")
        equal([one["id"] for one in api.status_context(answer)["ancestors"]], [int(asked["id"])])
        api.status_delete(post)

    @check("marks posts in every way, and takes it back")
    def _():
        post = api.status(berta.publish("mark me")["id"])
        for do, undo, mark in (("status_favourite", "status_unfavourite", "favourited"),
                               ("status_bookmark", "status_unbookmark", "bookmarked"),
                               ("status_mute", "status_unmute", "muted")):
            holds(getattr(api, do)(post)[mark], do)
            holds(not getattr(api, undo)(post)[mark], undo)
        holds(api.status_reblog(post)["reblog"]["reblogged"], "not boosted")
        equal([one["username"] for one in api.status_reblogged_by(post)], ["anna"])
        api.status_unreblog(post)
        own = api.status_post("pin me")
        holds(api.status_pin(own)["pinned"], "not pinned")
        api.status_unpin(own)

    @check("schedules and cancels")
    def _():
        due = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=1)
        row = api.status_post("later", scheduled_at=due)
        equal([one["id"] for one in api.scheduled_statuses()], [row["id"]])
        api.scheduled_status_update(row, due + datetime.timedelta(hours=1))
        api.scheduled_status_delete(row)


def reading(check, api, berta):
    @check("pages through timelines without losing or repeating a post")
    def _():
        wanted = {int(berta.publish(f"page {number}")["id"]) for number in range(25)}
        seen, page = [], api.timeline_local(limit=7)
        while page:
            seen += [one["id"] for one in page]
            page = api.fetch_next(page)
        equal(len(seen), len(set(seen)))
        holds(wanted <= set(seen), "posts are missing")
        equal([one["id"] for one in api.timeline_local(limit=7)], seen[:7])

    @check("reads home, tag and account timelines")
    def _():
        api.account_follow(berta.account["id"])
        post = int(berta.publish("for followers #tagged", visibility="private")["id"])
        contains([one["id"] for one in api.timeline_home()], post)
        contains([one["id"] for one in api.account_statuses(berta.account["id"])], post)
        public = int(berta.publish("for all #tagged")["id"])
        equal([one["id"] for one in api.timeline_hashtag("tagged")], [public])

    @check("reads, dismisses and clears notifications")
    def _():
        berta.publish("@anna one")
        berta.post(f"/api/v1/accounts/{api.me()['id']}/follow")
        kinds = [one["type"] for one in api.notifications()]
        holds({"mention", "follow"} <= set(kinds), kinds)
        equal([one["type"] for one in api.notifications(types=["follow"])], ["follow"])
        first = api.notifications(limit=1)[0]
        api.notifications_dismiss(first)
        holds(first["id"] not in [one["id"] for one in api.notifications()], "not dismissed")
        api.notifications_clear()
        equal(api.notifications(), [])

    @check("searches, and reads conversations")
    def _():
        equal(api.search_v2("berta", result_type="accounts")["accounts"][0]["username"], "berta")
        eventually(lambda: api.search_v2("tagged")["hashtags"], "the tag is not found")
        berta.publish("@anna psst", visibility="direct")
        conversation = api.conversations()[0]
        contains(conversation["last_status"]["content"], "psst")
        holds(not api.conversations_read(conversation)["unread"], "still unread")


def settings(check, api, berta):
    @check("changes the profile, fields and pictures included")
    def _():
        me = api.account_update_credentials(display_name="Anna A.", note="I *write*.", bot=True, locked=False,
                                            discoverable=True, avatar=pictures.photo(1), avatar_mime_type="image/jpeg",
                                            header=pictures.png(60, 20), header_mime_type="image/png",
                                            fields=[("Home", "https://a.example/"), ("Tea", "green")])
        equal((me["display_name"], me["bot"]), ("Anna A.", True))
        equal([one["name"] for one in me["fields"]], ["Home", "Tea"])
        holds("/media/" in me["avatar"] and "/media/" in me["header"], me["avatar"])

    @check("keeps lists")
    def _():
        api.account_follow(berta.account["id"])
        one = api.list_create("friends")
        api.list_accounts_add(one, [berta.account["id"]])
        post = int(berta.publish("for the list")["id"])
        contains([row["id"] for row in api.timeline_list(one)], post)
        equal([row["username"] for row in api.list_accounts(one)], ["berta"])
        equal(api.list_update(one, "close friends")["title"], "close friends")
        api.list_accounts_delete(one, [berta.account["id"]])
        api.list_delete(one)
        equal(api.lists(), [])

    @check("keeps filters, markers and preferences")
    def _():
        one = api.filter_create("spoiler", ["home"], whole_word=True)
        equal([row["phrase"] for row in api.filters()], ["spoiler"])
        api.filter_update(one["id"], phrase="spoilers")
        api.filter_delete(one["id"])
        last = api.timeline_home(limit=1)[0]
        equal(api.markers_set("home", last)["home"]["last_read_id"], last["id"])
        equal(api.markers_get("home")["home"]["last_read_id"], last["id"])
        holds("posting:default:visibility" in api.preferences(), "no preferences")

    @check("mutes, blocks, notes and relationships agree")
    def _():
        who = berta.account["id"]
        for do, field, undo in (("account_mute", "muting", "account_unmute"),
                                ("account_block", "blocking", "account_unblock")):
            holds(getattr(api, do)(who)[field], do)
            holds(api.account_relationships(who)[0][field], do)
            getattr(api, undo)(who)
        equal(api.account_note_set(who, "met in May")["note"], "met in May")
        api.account_follow(who)


def streams(check, api, berta):
    @check("hears posts and notifications on the user stream")
    def _():
        heard, came = [], threading.Event()

        class Listener(mastodon.StreamListener):
            def on_update(self, status):
                heard.append(("update", status["content"]))
                came.set()

            def on_notification(self, notification):
                heard.append(("notification", notification["type"]))
                came.set()
        handle = api.stream_user(Listener(), run_async=True, timeout=20)
        try:
            eventually(handle.is_receiving, "the stream does not begin")
            berta.publish("@anna live")
            eventually(lambda: len(heard) == 2, f"heard {heard}")
            equal(sorted(kind for kind, _ in heard), ["notification", "update"])
        finally:
            handle.close()
