"""What comes due: scheduled posts and ends of polls, also when the server was down at their time.

Nobody can wait for the five minutes that a schedule must lie ahead: the clock is turned in the database."""

import datetime

from support.checks import contains, equal, eventually, holds
from support.database import person, value_of


def run(check, databases):
    with databases.server() as posy:
        anna, berta = person(posy, "anna"), person(posy, "berta")
        berta.post(f"/api/v1/accounts/{anna.account['id']}/follow")
        due = (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=2)).isoformat()

        def come_due():
            posy.stop()
            value_of(posy, "update scheduled_post set due_at = 1000 returning id")
            value_of(posy, "update poll set expires_at = 1000 where expires_at is not null returning id")
            value_of(posy, "update job set run_at = 1000 where kind in ('publish_scheduled', 'end_poll') returning id")
            posy.start()

        def shown(client):
            return client.get(f"/api/v1/accounts/{anna.account['id']}/statuses").text

        @check("a scheduled post is published once, as it was written, though the server was down when it was due")
        def _():
            anna.publish("at last @berta", scheduled_at=due, spoiler_text="patience", visibility="unlisted")
            come_due()
            eventually(lambda: "at last" in shown(berta), "it is not published")
            post = next(one for one in berta.get("/api/v1/timelines/home").json if "at last" in one["content"])
            equal((post["spoiler_text"], post["visibility"]), ("patience", "unlisted"))
            equal(anna.get("/api/v1/scheduled_statuses").json, [])
            contains([one["type"] for one in berta.get("/api/v1/notifications").json], "mention")
            come_due()
            eventually(lambda: shown(berta).count("at last") > 0, "it is gone")
            equal(value_of(posy, "select count(*) from post"), "1")

        @check("one that cannot be published any more stays in the list with nothing published")
        def _():
            parent = berta.publish("a question")
            anna.publish("an answer", scheduled_at=due, in_reply_to_id=parent["id"])
            berta.delete(f"/api/v1/statuses/{parent['id']}")
            before = value_of(posy, "select count(*) from post")
            come_due()
            eventually(lambda: value_of(posy, "select count(*) from job where kind = 'publish_scheduled'") == "0",
                       "it is tried for ever")
            kept = len(anna.get("/api/v1/scheduled_statuses").json)
            published = int(value_of(posy, "select count(*) from post")) - int(before)
            equal(kept + published, 1, "kept or published, not lost")

        @check("the end of a poll is told to its author and to who voted, once")
        def _():
            poll = anna.publish("which?", poll={"options": ["a", "b"], "expires_in": 600})["poll"]["id"]
            berta.post(f"/api/v1/polls/{poll}/votes", json_body={"choices": [0]})
            come_due()
            for client in (anna, berta):
                eventually(lambda who=client: len(who.get("/api/v1/notifications?types[]=poll").json) == 1, "not told")
            holds(anna.get(f"/api/v1/polls/{poll}").json["expired"], "not ended")
            berta.post(f"/api/v1/polls/{poll}/votes", 422, json_body={"choices": [1]})
            come_due()
            equal(len(anna.get("/api/v1/notifications?types[]=poll").json), 1)
