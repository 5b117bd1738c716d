"""Essays and drafts: from the first key to the page, and what hostile hands make of it."""

import json

from support import pictures
from support.checks import contains, equal, holds, lacks
from support.database import person
from support.http import Client

DRAFTS = "/api/posy/v1/drafts"


def run(check, databases):
    with databases.server() as posy:
        anna, berta = person(posy, "anna"), person(posy, "berta")
        essays(check, posy, anna, berta)
        drafts(check, posy, anna, berta)
        hostile(check, anna)

        @check("the server met no error of its own")
        def _():
            equal(posy.errors(), [])


def upload(client, number):
    return client.upload("photo.jpg", pictures.photo(number, "80x60"), "image/jpeg", description=f"picture {number}").json


def essays(check, posy, anna, berta):
    cover, inside = upload(anna, 1), upload(anna, 2)
    text = f"## Part\n\nThey hum[^1].\n\n![](media:{inside['id']} \"A bee\")\n\n[^1]: Low."

    @check("a status with a title is an essay: a card in content, the whole text beside it")
    def _():
        made = anna.post("/api/v1/statuses", json_body={
            "title": "On bees", "summary": "What they do", "status": text, "cover_id": cover["id"]}).json
        equal((made["title"], made["essay"]["slug"], made["essay"]["summary"]), ("On bees", "on-bees", "What they do"))
        equal((made["essay"]["cover_id"], made["essay"]["content_type"]), (cover["id"], "text/markdown"))
        equal(made["url"], f"{posy.base}/@anna/on-bees")
        for part in ("On bees", "What they do", made["url"]):
            contains(made["content"], part)
        lacks(made["content"], "They hum")
        for part in ("<h2>Part</h2>", "<figcaption>A bee</figcaption>", 'id="fn-1"', inside["url"], "picture 2"):
            contains(made["essay_content"], part)
        equal([one["id"] for one in made["media_attachments"]], [cover["id"], inside["id"]])

    me = anna.get("/api/v1/accounts/verify_credentials").json["id"]
    listed = anna.get(f"/api/v1/accounts/{me}/statuses").json[0]

    @check("lists have the card alone, and a note has nothing of all this")
    def _():
        lacks(listed, "essay_content")
        note = anna.post("/api/v1/statuses", json_body={"status": "a note"}).json
        equal((note["title"], "essay" in note, "essay_content" in note), (None, False, False))

    @check("its page is at its own address, and at no other")
    def _():
        visitor = Client(posy.port)
        page = visitor.get("/@anna/on-bees", headers={"Accept": "text/html"}).text
        for part in ("On bees", "What they do", "They hum", "picture 1", "picture 2"):
            contains(page, part)
        moved = visitor.get(f"/@anna/{listed['id']}", 302, headers={"Accept": "text/html"})
        equal(moved.headers["Location"], "/@anna/on-bees")
        document = visitor.get("/@anna/on-bees", 302, headers={"Accept": "application/activity+json"})
        document = visitor.get(document.headers["Location"], 302, headers={"Accept": "application/activity+json"})
        equal(document.headers["Location"], f"/users/anna/statuses/{listed['id']}")
        shown = visitor.get(document.headers["Location"], headers={"Accept": "application/activity+json"}).json
        equal((shown["type"], shown["summary"], shown["image"]["url"]), ("Article", "What they do", cover["url"]))
        equal(shown["preview"]["attachment"][0]["url"], cover["url"])

    @check("a search for the address of its page finds it")
    def _():
        found = anna.get("/api/v2/search", query={"q": listed["url"]}).json["statuses"]
        equal([one["id"] for one in found], [listed["id"]])

    @check("a program that knows nothing of essays edits one and leaves it an essay")
    def _():
        source = anna.get(f"/api/v1/statuses/{listed['id']}/source").json
        equal((source["text"], source["title"], source["slug"]), (text, "On bees", "on-bees"))
        edited = anna.put(f"/api/v1/statuses/{listed['id']}", form={"status": text + "\n\nMore."}).json
        equal((edited["title"], edited["essay"]["summary"], edited["essay"]["cover_id"]),
              ("On bees", "What they do", cover["id"]))
        contains(edited["essay_content"], "More.")
        equal([one["id"] for one in edited["media_attachments"]], [cover["id"], inside["id"]])

    @check("an essay for followers is whole in content: it has no page")
    def _():
        made = anna.post("/api/v1/statuses", json_body={"title": "Quietly", "status": "*Inside*",
                                                        "visibility": "private"}).json
        contains(made["content"], "<em>Inside</em>")
        Client(posy.port).get("/@anna/quietly", 404)

    @check("an essay of almost a mebibyte goes in and comes out")
    def _():
        long = "Some *words* of a long text, again and again, and a bit more.\n\n" * 16000
        made = anna.post("/api/v1/statuses", json_body={"title": "Long", "status": long[:1_048_000]}).json
        holds(len(made["essay_content"]) > 1_000_000, len(made["essay_content"]))
        holds(len(made["content"]) < 1000, made["content"])
        anna.delete(f"/api/v1/statuses/{made['id']}")

    @check("a scheduled essay keeps what it has")
    def _():
        made = anna.post("/api/v1/statuses", json_body={"title": "Later", "summary": "Soon", "status": "x",
                                                        "scheduled_at": "2030-01-01T00:00:00Z"}).json
        equal((made["params"]["title"], made["params"]["summary"]), ("Later", "Soon"))
        anna.delete(f"/api/v1/scheduled_statuses/{made['id']}")

    @check("pictures of others are neither cover nor content")
    def _():
        berta.post("/api/v1/statuses", 422, json_body={"title": "x", "status": "x", "cover_id": cover["id"]})
        made = berta.post("/api/v1/statuses", json_body={"title": "x", "status": f"a ![](media:{inside['id']}) b"}).json
        lacks(made["essay_content"], "<img")


def drafts(check, posy, anna, berta):
    @check("a draft is saved, read, listed and found as it was typed")
    def _():
        made = anna.post(DRAFTS, json_body={"title": "On wasps ", "text": "Sting"}).json
        saved = anna.put(f"{DRAFTS}/{made['id']}", json_body={"version": made["version"], "text": "Sting\n"}).json
        equal((saved["title"], saved["text"], saved["version"]), ("On wasps ", "Sting\n", made["version"] + 1))
        equal(anna.get(f"{DRAFTS}/{made['id']}").json, saved)
        head = anna.get(DRAFTS).json[0]
        equal((head["id"], head["beginning"], "text" in head), (made["id"], "Sting\n", False))

    draft = anna.get(DRAFTS).json[0]
    path = f"{DRAFTS}/{draft['id']}"

    @check("who saves over a version that she has not seen is told, and nothing is lost")
    def _():
        old = draft["version"] - 1
        contains(anna.put(path, 409, json_body={"version": old, "text": "other window"}).json["error"], "meanwhile")
        anna.put(path, 422, json_body={"text": "no version"})
        equal(anna.get(path).json["text"], "Sting\n")

    @check("drafts are nobody else's")
    def _():
        for method, where in (("GET", path), ("PUT", path), ("DELETE", path), ("GET", path + "/versions"),
                              ("GET", path + "/preview"), ("POST", path + "/publish")):
            answer = berta.request(method, where, json_body={"version": draft["version"]} if method != "GET" else None)
            equal(answer.status, 404, f"{method} {where}")
        equal(berta.get(DRAFTS).json, [])
        Client(posy.port).get(DRAFTS, 401)

    @check("versions can be read")
    def _():
        versions = anna.get(path + "/versions").json
        equal([one["version"] for one in versions], [draft["version"]])
        equal(anna.get(f"{path}/versions/{draft['version']}").json["text"], "Sting\n")
        for wrong in ("0", "999", "x", "-1"):
            anna.get(f"{path}/versions/{wrong}", 404)

    @check("the preview is what it would be")
    def _():
        shown = anna.get(path + "/preview").json
        equal((shown["content"], shown["slug"]), ("<p>Sting</p>", "on-wasps"))

    @check("a restart loses nothing")
    def _():
        posy.process.kill()
        posy.process.wait()
        posy.start()
        equal(anna.get(path).json["text"], "Sting\n")

    @check("published, it is a status with its announcement, and no draft any more")
    def _():
        anna.post(path + "/publish", 409, json_body={"version": 1})
        made = anna.post(path + "/publish", json_body={"version": draft["version"], "announcement": "Read this"}).json
        equal((made["title"], made["essay"]["slug"]), ("On wasps", "on-wasps"))
        anna.get(path, 404)
        newest = anna.get("/api/v1/timelines/home").json[0]
        contains(newest["content"], "Read this")
        contains(newest["content"], made["url"])
        change = anna.post(DRAFTS, json_body={"status_id": made["id"]}).json
        equal((change["text"], change["status_id"], change["slug"]), ("Sting", made["id"], "on-wasps"))
        anna.put(f"{DRAFTS}/{change['id']}", json_body={"version": 1, "text": "Sting twice"})
        changed = anna.post(f"{DRAFTS}/{change['id']}/publish", json_body={}).json
        equal((changed["id"], changed["essay_content"]), (made["id"], "<p>Sting twice</p>"))
        holds(changed["edited_at"], changed)

    @check("what cannot be published stays a draft")
    def _():
        made = anna.post(DRAFTS, json_body={"title": "Nothing"}).json
        contains(anna.post(f"{DRAFTS}/{made['id']}/publish", 422, json_body={}).json["error"], "blank")
        equal(anna.get(f"{DRAFTS}/{made['id']}").json["title"], "Nothing")
        anna.delete(f"{DRAFTS}/{made['id']}")
        anna.get(f"{DRAFTS}/{made['id']}", 404)


def hostile(check, anna):
    made = anna.post(DRAFTS, json_body={}).json
    path = f"{DRAFTS}/{made['id']}"

    @check("no value of a draft breaks anything")
    def _():
        names = ("version", "title", "summary", "slug", "text", "content_type", "spoiler_text", "sensitive", "language",
                 "visibility", "quote_approval_policy", "cover_id", "media_ids", "status_id")
        values = ("\x00", "\ud800", "<script>", "x" * 100_000, -1, 2 ** 70, 1.5, True, None, [], {}, [[]], ["x"], [None],
                  {"a": {"b": 1}}, "", "media:1", ["1"] * 500)
        for name in names:
            for value in values:
                body = json.dumps({"version": anna.get(path).json["version"], name: value}).encode("utf-8")
                answer = anna.request("PUT", path, body=body, headers={"Content-Type": "application/json"})
                holds(answer.status in (200, 400, 404, 409, 422), f"{name}={str(value)[:40]}: {answer}")

    @check("a text that is too long, or one endless paragraph, is refused with a sentence")
    def _():
        version = anna.get(path).json["version"]
        contains(anna.put(path, 422, json_body={"version": version, "text": "a" * 1_100_000}).json["error"], "too long")
        for text in ("[a](b)" * 20_000, "*a " * 30_000, "a@b." * 20_000, "![" * 50_000):
            contains(anna.post("/api/v1/statuses", 422, json_body={"title": "x", "status": text}).json["error"],
                     "paragraph")

    @check("addresses cannot be stolen or bent")
    def _():
        for slug in ("../x", "a/b", "117", "media", "embed", "A", "a b", "-", "a" * 81, "%2e%2e"):
            anna.post("/api/v1/statuses", 422, json_body={"title": "x", "slug": slug, "status": "x"})
