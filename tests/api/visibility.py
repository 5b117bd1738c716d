"""Who sees what: every kind of viewer, every visibility, through every door."""

from support.checks import eventually, none_of
from support.database import person
from support.http import Client

SEEN_BY = {
    "public": {"anna", "fred", "mia", "sid", "nobody"},
    "unlisted": {"anna", "fred", "mia", "sid", "nobody"},
    "private": {"anna", "fred", "mia"},
    "direct": {"anna", "mia"},
}


def run(check, databases):
    with databases.server() as posy:
        anna = person(posy, "anna")
        people = {name: person(posy, name) for name in ("fred", "mia", "sid", "bob")}
        people["anna"] = anna
        people["nobody"] = Client(posy.port)
        me = anna.account["id"]
        people["fred"].post(f"/api/v1/accounts/{me}/follow")
        people["bob"].post(f"/api/v1/accounts/{me}/follow")
        anna.post(f"/api/v1/accounts/{people['bob'].account['id']}/block")
        posts = {visibility: anna.publish(f"word{visibility} for @mia #tag{visibility}", visibility=visibility)
                 for visibility in SEEN_BY}
        asked = anna.publish("which?", visibility="private", poll={"options": ["a", "b"], "expires_in": 600})
        single(check, people, posts, asked)
        lists(check, people, posts, me)
        acts(check, people, posts)
        pages(check, posy, people["nobody"], posts)
        answers(check, people, posts)
        changes(check, people, me)


def table(posts, people, ask):
    """Asks every viewer about every post; returns what was not as SEEN_BY says."""
    wrong = []
    for visibility, post in posts.items():
        for name, client in people.items():
            got, wanted = ask(client, post, visibility), name in SEEN_BY[visibility]
            if got != wanted:
                wrong.append(f"{name} {'sees' if got else 'does not see'} the {visibility} post")
    return wrong


def single(check, people, posts, asked):
    for door in ("", "/context", "/history", "/favourited_by", "/reblogged_by"):
        @check(f"GET /api/v1/statuses/:id{door}")
        def _():
            def ask(client, post, _):
                answer = client.get(f"/api/v1/statuses/{post['id']}{door}", None)
                if answer.status not in (200, 404):
                    raise AssertionError(str(answer))
                return answer.status == 200
            none_of(table(posts, people, ask))

    @check("GET /api/v1/statuses?id[]=")
    def _():
        query = {"id[]": [post["id"] for post in posts.values()]}

        def ask(client, post, _):
            return post["id"] in [one["id"] for one in client.get("/api/v1/statuses", query=query).json]
        none_of(table(posts, people, ask))

    @check("a poll is as visible as its post")
    def _():
        wrong = []
        for name, client in people.items():
            seen = client.get(f"/api/v1/polls/{asked['poll']['id']}", None).status == 200
            if seen != (name in ("anna", "fred")):
                wrong.append(name)
            if client.token and name in ("mia", "sid", "bob"):
                client.post(f"/api/v1/polls/{asked['poll']['id']}/votes", 404, json_body={"choices": [0]})
        none_of(wrong)


def lists(check, people, posts, me):
    def listed(path, visibilities_of):
        wrong = []
        for name, client in people.items():
            answer = client.get(path, None)
            if answer.status == 401 and name == "nobody":
                continue
            if answer.status not in (200, 404):
                raise AssertionError(f"{path} for {name}: {answer}")
            shown = answer.text
            for visibility in posts:
                got, wanted = f"word{visibility} " in shown, visibility in visibilities_of(name)
                if got != wanted:
                    wrong.append(f"{name} {'sees' if got else 'does not see'} the {visibility} post")
        none_of(wrong)

    def whole(name):
        return [visibility for visibility in SEEN_BY if name in SEEN_BY[visibility]]

    @check("a profile's posts")
    def _():
        listed(f"/api/v1/accounts/{me}/statuses", whole)

    @check("the public timeline has public posts alone")
    def _():
        listed("/api/v1/timelines/public?local=true", lambda name: [] if name == "bob" else ["public"])

    for visibility in SEEN_BY:
        @check(f"the timeline of a tag in a {visibility} post")
        def _():
            seen = ["public"] if visibility == "public" else []
            listed(f"/api/v1/timelines/tag/tag{visibility}", lambda name: [] if name == "bob" else seen)

    @check("home timelines: hers, her followers', nobody else's")
    def _():
        home = {"anna": ["public", "unlisted", "private"], "fred": ["public", "unlisted", "private"]}
        wrong = []
        for name, client in people.items():
            if not client.token:
                continue
            shown = client.get("/api/v1/timelines/home").text
            for visibility in posts:
                got, wanted = f"word{visibility} " in shown, visibility in home.get(name, [])
                if got != wanted and not (name == "anna" and visibility == "direct"):
                    wrong.append(f"{name} {'sees' if got else 'does not see'} the {visibility} post")
        none_of(wrong)

    @check("search finds nothing that may not be seen")
    def _():
        def found(client, visibility):
            answer = client.get("/api/v2/search", None, query={"q": f"word{visibility}", "type": "statuses"})
            return answer.status == 200 and f"word{visibility} " in answer.text
        eventually(lambda: found(people["anna"], "private"), "she does not find her own post")
        none_of([f"{name} finds the {visibility} post" for visibility in posts for name, client in people.items()
                 if found(client, visibility) and name not in SEEN_BY[visibility]])

    @check("conversations and notifications are for those who were addressed")
    def _():
        wrong = []
        for name, client in people.items():
            if not client.token:
                continue
            told = client.get("/api/v1/notifications").text + client.get("/api/v1/conversations").text
            if ("worddirect" in told) != (name in ("mia", "anna")):
                wrong.append(name)
        none_of(wrong)


def acts(check, people, posts):
    for act in ("favourite", "bookmark"):
        @check(f"what may not be seen cannot be reached by {act}")
        def _():
            wrong = []
            for visibility, post in posts.items():
                for name, client in people.items():
                    wanted = 401 if name == "nobody" else 200 if name in SEEN_BY[visibility] else 404
                    got = client.post(f"/api/v1/statuses/{post['id']}/{act}", None).status
                    if got != wanted:
                        wrong.append(f"{name}, {visibility}: {got}, wanted {wanted}")
            none_of(wrong)

    @check("private and direct posts are not boosted by others")
    def _():
        wrong = []
        for visibility in ("private", "direct"):
            for name in ("fred", "mia", "sid", "bob"):
                status = people[name].post(f"/api/v1/statuses/{posts[visibility]['id']}/reblog", None).status
                if status not in (403, 404, 422):
                    wrong.append(f"{name} boosts the {visibility} post: {status}")
        none_of(wrong)

    @check("nobody answers or quotes what they may not see")
    def _():
        wrong = []
        for visibility in ("private", "direct"):
            for name in ("sid", "bob"):
                for field in ("in_reply_to_id", "quoted_status_id"):
                    body = {"status": "me too", field: posts[visibility]["id"]}
                    status = people[name].post("/api/v1/statuses", None, json_body=body).status
                    if status not in (404, 422):
                        wrong.append(f"{name} {field} {visibility}: {status}")
        none_of(wrong)


def pages(check, posy, nobody, posts):
    @check("pages, embeds and oEmbed show to visitors what visitors may see")
    def _():
        wrong = []
        for visibility, post in posts.items():
            wanted = 200 if visibility in ("public", "unlisted") else 404
            address = f"{posy.base}/@anna/{post['id']}"
            for path in (f"/@anna/{post['id']}", f"/@anna/{post['id']}/embed", f"/api/oembed?url={address}"):
                got = nobody.get(path, None)
                if got.status != wanted or (wanted == 404 and f"word{visibility} " in got.text):
                    wrong.append(f"{path} ({visibility}): {got.status}")
        none_of(wrong)

    @check("profiles, tag pages and feeds do too")
    def _():
        wrong = []
        for path in ("/", "/@anna", "/@anna/with_replies", "/@anna/media", "/@anna.rss", "/@anna.atom",
                     "/tags/tagpublic", "/tags/tagunlisted", "/tags/tagprivate", "/tags/tagdirect"):
            shown = nobody.get(path, None).text
            wrong += [f"{path} shows the {visibility} post" for visibility in ("private", "direct")
                      if f"word{visibility} " in shown]
        for path in ("/@anna", "/@anna.rss", "/@anna.atom", "/tags/tagpublic"):
            if "wordpublic " not in nobody.get(path).text:
                wrong.append(f"{path} lacks the public post")
        none_of(wrong)


def answers(check, people, posts):
    @check("a thread shows each its own part")
    def _():
        root = posts["public"]["id"]
        hidden = people["fred"].publish("@mia wordhidden ", in_reply_to_id=root, visibility="direct")
        wrong = []
        for name, client in people.items():
            below = client.get(f"/api/v1/statuses/{root}/context", None)
            got = "wordhidden" in below.text
            if got != (name in ("fred", "mia")):
                wrong.append(f"{name} {'sees' if got else 'does not see'} the direct answer")
        if "wordhidden" in people["nobody"].get(f"/@anna/{root}").text:
            wrong.append("the page shows it")
        people["fred"].delete(f"/api/v1/statuses/{hidden['id']}")
        none_of(wrong)


def changes(check, people, me):
    @check("whoever unfollows or is blocked sees followers-only posts no longer")
    def _():
        anna, fred = people["anna"], people["fred"]
        post = anna.publish("for friends", visibility="private")
        path = f"/api/v1/statuses/{post['id']}"
        fred.get(path)
        fred.post(f"/api/v1/accounts/{me}/unfollow")
        fred.get(path, 404)
        fred.post(f"/api/v1/accounts/{me}/follow")
        fred.get(path)
        anna.post(f"/api/v1/accounts/{fred.account['id']}/block")
        fred.get(path, 404)
        fred.post(f"/api/v1/accounts/{me}/follow", 403)
