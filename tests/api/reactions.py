"""What people do with posts: vote, answer, share, mark, and take back."""

from support.checks import equal, eventually, holds, lacks
from support.database import person
from support.http import Client


def run(check, databases):
    with databases.server() as posy:
        anna, berta = person(posy, "anna"), person(posy, "berta")
        berta.post(f"/api/v1/accounts/{anna.account['id']}/follow")
        polls(check, anna, berta)
        threads(check, posy, anna, berta)
        boosts(check, anna, berta)
        removal(check, posy, anna, berta)


def polls(check, anna, berta):
    post = anna.publish("which?", poll={"options": ["tea", "coffee"], "expires_in": 600})
    poll = f"/api/v1/polls/{post['poll']['id']}"

    @check("one vote counts once")
    def _():
        voted = berta.post(f"{poll}/votes", json_body={"choices": [1]}).json
        equal(([one["votes_count"] for one in voted["options"]], voted["own_votes"], voted["voted"]),
              ([0, 1], [1], True))
        berta.post(f"{poll}/votes", 422, json_body={"choices": [0]})
        equal(anna.get(poll).json["votes_count"], 1)

    @check("no vote for two of one, for what is not there, in one's own poll, or as nobody")
    def _():
        carl = Client(anna.port)
        for choices in ([0, 1], [2], [-1], [], ["x"], [99999999999999999999]):
            holds(anna.post(f"{poll}/votes", None, json_body={"choices": choices}).status in (400, 422), choices)
        anna.post(f"{poll}/votes", 422, json_body={"choices": [0]})
        carl.post(f"{poll}/votes", 401, json_body={"choices": [0]})

    @check("new answers begin a new count")
    def _():
        anna.put(f"/api/v1/statuses/{post['id']}",
                 json_body={"status": "which?", "poll": {"options": ["tea", "water"], "expires_in": 600}})
        equal(berta.get(f"/api/v1/statuses/{post['id']}").json["poll"]["votes_count"], 0)


def threads(check, posy, anna, berta):
    @check("a thread is shown in the order in which it is read")
    def _():
        first = anna.publish("root")
        second = berta.publish("@anna answer", in_reply_to_id=first["id"])
        third = anna.publish("@berta answer to the answer", in_reply_to_id=second["id"])
        fourth = anna.publish("more", in_reply_to_id=third["id"])
        context = Client(posy.port).get(f"/api/v1/statuses/{third['id']}/context").json
        equal([one["id"] for one in context["ancestors"]], [first["id"], second["id"]])
        equal([one["id"] for one in context["descendants"]], [fourth["id"]])
        equal(anna.get(f"/api/v1/statuses/{first['id']}").json["replies_count"], 1)

    @check("a very long thread is shown, and its middle may go")
    def _():
        root = above = anna.publish("root")
        chain = [above["id"]]
        for number in range(60):
            above = anna.publish(f"part {number}", in_reply_to_id=above["id"])
            chain.append(above["id"])
        equal(len(anna.get(f"/api/v1/statuses/{chain[-1]}/context").json["ancestors"]), 60)
        anna.delete(f"/api/v1/statuses/{chain[30]}")
        anna.get(f"/api/v1/statuses/{chain[-1]}/context")
        Client(posy.port).get(f"/@anna/{root['id']}")


def boosts(check, anna, berta):
    @check("boosting twice is once, and can be taken back")
    def _():
        post = anna.publish("share me")
        path = f"/api/v1/statuses/{post['id']}"
        one, two = berta.post(f"{path}/reblog").json, berta.post(f"{path}/reblog").json
        equal((one["id"], one["reblog"]["id"]), (two["id"], post["id"]))
        equal(anna.get(path).json["reblogs_count"], 1)
        berta.post(f"{path}/unreblog")
        equal(anna.get(path).json["reblogs_count"], 0)
        berta.get(f"/api/v1/statuses/{one['id']}", 404)

    @check("favourites, bookmarks and pins are one each, and go again")
    def _():
        post = anna.publish("mark me")
        path = f"/api/v1/statuses/{post['id']}"
        for act, mark, who in (("favourite", "favourited", berta), ("bookmark", "bookmarked", berta),
                               ("pin", "pinned", anna)):
            for _ in range(2):
                holds(who.post(f"{path}/{act}").json[mark], act)
            for _ in range(2):
                holds(not who.post(f"{path}/un{act}").json[mark], "un" + act)
        equal(anna.get(path).json["favourites_count"], 0)
        berta.post(f"{path}/pin", 422)


def removal(check, posy, anna, berta):
    @check("a deleted post is gone from every door, and comes back as text to write again")
    def _():
        post = anna.publish("to be deleted #gone", spoiler_text="x")
        boost = berta.post(f"/api/v1/statuses/{post['id']}/reblog").json
        berta.post(f"/api/v1/statuses/{post['id']}/bookmark")
        page = Client(posy.port)
        page.get(f"/@anna/{post['id']}")
        page.get("/@anna")
        taken = anna.delete(f"/api/v1/statuses/{post['id']}").json
        equal((taken["text"], taken["spoiler_text"]), ("to be deleted #gone", "x"))
        for who in (anna, berta, page):
            who.get(f"/api/v1/statuses/{post['id']}", 404)
        berta.get(f"/api/v1/statuses/{boost['id']}", 404)
        for path in ("/api/v1/timelines/home", "/api/v1/bookmarks", "/api/v1/notifications",
                     f"/api/v1/accounts/{berta.account['id']}/statuses"):
            lacks(berta.get(path).text, "to be deleted")
        eventually(lambda: page.get(f"/@anna/{post['id']}", None).status in (404, 410), "its page stays")
        for path in ("/@anna", "/@anna.rss", "/@anna.atom", "/@berta", "/tags/gone", "/api/v1/timelines/tag/gone"):
            eventually(lambda where=path: "to be deleted" not in page.get(where, None).text, f"still on {path}")
