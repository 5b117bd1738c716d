"""Writing and editing posts, at once or for later."""

import datetime
import threading

from support.checks import contains, equal, holds, lacks, none_of
from support.database import person, value_of
from support.http import Client


def run(check, databases):
    with databases.server() as posy:
        anna, berta = person(posy, "anna"), person(posy, "berta")
        berta.post(f"/api/v1/accounts/{anna.account['id']}/follow")
        text(check, posy, anna, berta)
        refusals(check, anna)
        idempotency(check, posy, anna, berta)
        edits(check, anna, berta)
        scheduled(check, anna, berta)


def text(check, posy, anna, berta):
    @check("plain text becomes paragraphs, lines, links, mentions and tags")
    def _():
        post = anna.publish("one\ntwo\n\nthree <b>&amp; https://a.example/x?y=1&z=2 @berta #Büro")
        html = post["content"]
        contains(html, "<p>one<br")
        contains(html, "three &lt;b&gt;&amp;amp; ")
        contains(html, 'href="https://a.example/x?y=1&amp;z=2"')
        equal([one["acct"] for one in post["mentions"]], ["berta"])
        equal([one["name"].lower() for one in post["tags"]], ["büro"])
        contains(html, f'href="http://localhost:{posy.port}/@berta"')

    @check("Markdown becomes HTML")
    def _():
        post = anna.publish("# Essay\n\n*soft* **loud** `code`\n\n- a\n- b\n\n> said\n\n[there](https://a.example/)",
                            content_type="text/markdown")
        for part in ("<em>soft</em>", "<strong>loud</strong>", "<code>code</code>", "<li>", "<blockquote>",
                     'href="https://a.example/"'):
            contains(post["content"], part)

    @check("no script comes through, whatever the text is written in")
    def _():
        hostile = ('<script>alert(1)</script><img src=x onerror=alert(1)><a href="javascript:alert(1)">x</a>'
                   '<svg/onload=alert(1)> [y](javascript:alert(1)) [z](data:text/html,x)')
        for kind in ("text/plain", "text/markdown", "text/html"):
            answer = anna.post("/api/v1/statuses", None, form={"status": hostile, "content_type": kind})
            if answer.status == 422 and kind == "text/html":
                continue  # not offered
            html = answer.json["content"]
            for part in ("<script", "<img", "<svg", 'href="javascript', 'href="data'):
                lacks(html, part)
            page = Client(posy.port).get(f"/@anna/{answer.json['id']}").text
            for part in ("<script", "onerror=alert(1)>", 'href="javascript'):
                lacks(page, part)

    @check("what invisible characters and directions there are stays inside the post")
    def _():
        post = anna.publish("\u202ereversed \u2066isolated\u200b e\u0301 👩‍👩‍👧‍👦 שלום")
        contains(post["content"], "שלום")
        Client(posy.port).get(f"/@anna/{post['id']}")

    @check("a mention tells the person once, a link or an address tells nobody")
    def _():
        before = value_of(posy, "select count(*) from notification")
        anna.publish("@berta and again @berta and @Berta@localhost, mail me: anna@berta or https://x.example/@berta")
        equal(int(value_of(posy, "select count(*) from notification")) - int(before), 1)


def refusals(check, anna):
    @check("empty, too long, and contradictory posts are refused with a sentence")
    def _():
        wrong = []
        for what, body in {
            "nothing": {}, "blank": {"status": " \n\t "}, "too long": {"status": "x" * 5001},
            "one notice too long": {"status": "x" * 4990, "spoiler_text": "y" * 11},
            "unknown visibility": {"status": "x", "visibility": "secret"},
            "media that is not there": {"status": "x", "media_ids": ["1"]},
            "poll with one answer": {"status": "x", "poll": {"options": ["a"], "expires_in": 600}},
            "poll with the same answers": {"status": "x", "poll": {"options": ["a", "a"], "expires_in": 600}},
            "poll without an end": {"status": "x", "poll": {"options": ["a", "b"]}},
            "poll of a second": {"status": "x", "poll": {"options": ["a", "b"], "expires_in": 1}},
            "schedule in the past": {"status": "x", "scheduled_at": "2001-01-01T00:00:00Z"},
            "schedule that is no time": {"status": "x", "scheduled_at": "tomorrow"},
        }.items():
            answer = anna.post("/api/v1/statuses", None, json_body=body)
            if answer.status != 422 or not answer.json.get("error"):
                wrong.append(f"{what}: {answer}")
        none_of(wrong)

    @check("a reply to a post that is not there is refused")
    def _():
        anna.post("/api/v1/statuses", 404, json_body={"status": "x", "in_reply_to_id": "123"})

    @check("the limit counts characters as people do")
    def _():
        anna.publish("👩‍👩‍👧‍👦" * 500)
        anna.publish("é" * 5000)


def idempotency(check, posy, anna, berta):
    @check("a repeated Idempotency-Key makes one post, even at the same moment")
    def _():
        ids, key = [], {"Idempotency-Key": "the very same"}

        def send():
            ids.append(anna.post("/api/v1/statuses", form={"status": "only once"}, headers=key).json["id"])
        senders = [threading.Thread(target=send) for _ in range(8)]
        for one in senders:
            one.start()
        for one in senders:
            one.join()
        equal((len(ids), len(set(ids))), (8, 1))

    @check("another person's same key makes another post, and a refused request does not use a key up")
    def _():
        key = {"Idempotency-Key": "shared"}
        one = anna.post("/api/v1/statuses", form={"status": "mine"}, headers=key).json["id"]
        two = berta.post("/api/v1/statuses", form={"status": "mine"}, headers=key).json["id"]
        holds(one != two, "the same post for two people")
        key = {"Idempotency-Key": "second try"}
        anna.post("/api/v1/statuses", 422, form={"status": ""}, headers=key)
        anna.post("/api/v1/statuses", 200, form={"status": "now"}, headers=key)

    @check("any bytes may be a key")
    def _():
        anna.post("/api/v1/statuses", form={"status": "x"}, headers={"Idempotency-Key": "é\\'\"; drop table post" * 50})


def edits(check, anna, berta):
    post = anna.publish("first words @berta", spoiler_text="before")

    @check("an edit shows at once, and the history keeps what was")
    def _():
        edited = anna.put(f"/api/v1/statuses/{post['id']}", json_body={"status": "second words"}).json
        contains(edited["content"], "second words")
        equal((edited["spoiler_text"], edited["created_at"]), ("", post["created_at"]))
        holds(edited["edited_at"], "edited_at is missing")
        history = berta.get(f"/api/v1/statuses/{post['id']}/history").json
        equal([("first words" in one["content"], one["spoiler_text"]) for one in history],
              [(True, "before"), (False, "")])
        equal(anna.get(f"/api/v1/statuses/{post['id']}/source").json["text"], "second words")

    @check("nobody else edits, reads the source or deletes")
    def _():
        berta.put(f"/api/v1/statuses/{post['id']}", 404, json_body={"status": "mine now"})
        holds(berta.get(f"/api/v1/statuses/{post['id']}/source", None).status in (403, 404), "she reads the source")
        berta.delete(f"/api/v1/statuses/{post['id']}", 404)
        contains(berta.get(f"/api/v1/statuses/{post['id']}").json["content"], "second words")

    @check("who boosted is told of the edit, and a refused edit changes nothing")
    def _():
        berta.post(f"/api/v1/statuses/{post['id']}/reblog")
        anna.put(f"/api/v1/statuses/{post['id']}", json_body={"status": "third words"})
        kinds = [one["type"] for one in berta.get("/api/v1/notifications").json]
        contains(kinds, "update")
        anna.put(f"/api/v1/statuses/{post['id']}", 422, json_body={"status": "x" * 6000})
        contains(anna.get(f"/api/v1/statuses/{post['id']}").json["content"], "third words")


def scheduled(check, anna, berta):
    due = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=2)

    @check("a scheduled post is listed, moved and cancelled by its author alone")
    def _():
        row = anna.publish("later", scheduled_at=due.isoformat(), visibility="private", spoiler_text="soon")
        path = f"/api/v1/scheduled_statuses/{row['id']}"
        equal((row["params"]["text"], row["params"]["visibility"], row["params"]["spoiler_text"]),
              ("later", "private", "soon"))
        holds(abs((datetime.datetime.fromisoformat(row["scheduled_at"].replace("Z", "+00:00")) - due)
                  .total_seconds()) < 1, row["scheduled_at"])
        equal([one["id"] for one in anna.get("/api/v1/scheduled_statuses").json], [row["id"]])
        equal(berta.get("/api/v1/scheduled_statuses").json, [])
        berta.get(path, 404)
        berta.delete(path, 404)
        later = (due + datetime.timedelta(days=1)).isoformat()
        holds(anna.put(path, json_body={"scheduled_at": later}).json["scheduled_at"] > row["scheduled_at"], "not moved")
        anna.put(path, 422, json_body={"scheduled_at": "2001-01-01"})
        anna.delete(path)
        equal(anna.get("/api/v1/scheduled_statuses").json, [])

    @check("a scheduled post shows nowhere before its time")
    def _():
        row = anna.publish("not before time", scheduled_at=due.isoformat())
        for path in (f"/api/v1/accounts/{anna.account['id']}/statuses", "/api/v1/timelines/home"):
            lacks(anna.get(path).text, "not before time")
        anna.delete(f"/api/v1/scheduled_statuses/{row['id']}")
