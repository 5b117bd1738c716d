"""The operator's rules about whole servers: nothing comes from, or goes to, whom she suspends."""

import os
import time

from federation.fediverse import SOON, Person, servers
from federation.peer import Peer, tell
from support.checks import contains, equal, eventually, holds, lacks
from support.http import Client
from support.pictures import png

HEADER = "#domain,#severity,#reject_media,#reject_reports,#public_comment,#obfuscate"
ADMIN = "read write admin:read:domain_blocks admin:write:domain_blocks admin:read:domain_allows admin:write:domain_allows"


def run(check, database_url):
    with Peer("bad.test") as bad, Peer("sub.bad.test") as below, Peer("good.test") as good:
        peers = {peer.name: peer.port for peer in (bad, below, good)}
        with servers("a.test", peers=peers, database_url=database_url) as (posy,):
            anna = Person(posy, "anna")
            knows = {peer.name: befriend(posy, anna, peer) for peer in (bad, below, good)}
            suspending(check, posy, anna, bad, below, good, knows)
            silencing(check, posy, anna, bad, knows)
            media(check, posy, anna, bad)
            lists(check, posy)
            doors(check, posy, anna, bad)

            @check("the server met no error of its own")
            def _():
                equal(posy.errors(), [])
        allowing(check, peers, bad, good)


class Handle:
    def __init__(self, handle):
        self.handle = handle


def soon(claim, otherwise):
    return eventually(claim, otherwise, SOON)


def befriend(posy, anna, peer):
    """Carl of that server and Anna follow each other."""
    carl = anna.finds(Handle(f"carl@{peer.name}"))
    anna.post(f"/api/v1/accounts/{carl['id']}/follow")
    follow = soon(lambda: next((one for one in peer.got if one["type"] == "Follow"), None), "the Follow was not sent")
    equal(tell(posy, peer, peer.activity("Accept", 1, follow)), 202)
    equal(tell(posy, peer, peer.activity("Follow", 2, "http://a.test/users/anna")), 202)
    soon(lambda: relation(anna, carl)["following"] and relation(anna, carl)["followed_by"], "they are no friends")
    return carl


def relation(person, other):
    return person.get("/api/v1/accounts/relationships", query={"id[]": [other["id"]], "with_suspended": "true"}).json[0]


def create(posy, peer, number, text, **changes):
    """What the server answers to a post of Carl's."""
    return tell(posy, peer, peer.activity("Create", number, peer.note(number, text, **changes)))


def uri(peer, number):
    return f"{peer.base}/users/carl/notes/{number}"


def texts(peer):
    return str(peer.got)


def suspending(check, posy, anna, bad, below, good, knows):
    @check("before: posts of all three arrive, and hers reach them")
    def _():
        for peer in (bad, below, good):
            equal(create(posy, peer, 10, "early"), 202)
            soon(lambda peer=peer: anna.sees(uri(peer, 10)), f"the post of {peer.name} did not arrive")
        anna.publish("to all of you")
        for peer in (bad, below, good):
            soon(lambda peer=peer: "to all of you" in texts(peer), f"{peer.name} did not get it")

    @check("a suspended server and those below it are refused, before their keys are asked for")
    def _():
        contains(posy.command("domain", "block", "BAD.test.:80", "--comment", "spam", "--private-comment", "for me",
                              "--obfuscate").stdout, "bad.test suspend")
        soon(lambda: create(posy, bad, 11, "late") == 403, "the rule was not noticed")
        equal(create(posy, below, 11, "late"), 403)
        equal(create(posy, good, 11, "late"), 202)
        asked = len(bad.asked)
        stranger = bad.person("stranger")
        note = bad.note(12, "hello", author="stranger")
        equal(tell(posy, bad, bad.activity("Create", 12, note, author="stranger"), key_id=f"{stranger}#main-key"), 403)
        equal(len(bad.asked), asked, "it was asked for something")

    @check("their people and posts are gone, and follows in both directions are cut")
    def _():
        for peer in (bad, below):
            carl = knows[peer.name]
            soon(lambda carl=carl: anna.get(f"/api/v1/accounts/{carl['id']}").json.get("suspended"), "she is not hidden")
            soon(lambda carl=carl: not relation(anna, carl)["following"] and not relation(anna, carl)["followed_by"],
                 "follows were not cut")
            equal(anna.sees(uri(peer, 10)), None)
            equal(anna.finds_post(uri(peer, 10)), None)
        holds(relation(anna, knows["good.test"])["following"], "the wrong server was cut off")

    @check("nothing is delivered to them and nothing fetched from them, not even by way of another server")
    def _():
        before = len(bad.got), len(below.got)
        anna.publish("not for everybody @carl@bad.test")
        soon(lambda: "not for everybody" in texts(good), "the good server did not get it")
        time.sleep(2)
        equal((len(bad.got), len(below.got)), before)
        asked = len(bad.asked)
        equal(anna.finds(Handle("stranger@bad.test")), None)
        equal(anna.finds_post(uri(bad, 77)), None)
        good.pages["/leads-on"] = (302, {"Location": uri(bad, 10)}, b"")
        equal(anna.finds_post(f"{good.base}/leads-on"), None)
        equal(len(bad.asked), asked, "it was asked for something")

    @check("boosts of their posts are refused")
    def _():
        equal(tell(posy, good, good.activity("Announce", 13, uri(bad, 10),
                                             to=["https://www.w3.org/ns/activitystreams#Public"])), 202)
        equal(create(posy, good, 14, "after the boost"), 202)
        soon(lambda: anna.sees(uri(good, 14)), "the post after it did not arrive")
        lacks(str(anna.home()), uri(bad, 10))

    @check("who lifts the rule sees the people again; follows do not come back")
    def _():
        contains(posy.command("domain", "unblock", "bad.test").stdout, "no rule")
        carl = knows["bad.test"]
        soon(lambda: not anna.get(f"/api/v1/accounts/{carl['id']}").json.get("suspended"), "she is still hidden")
        soon(lambda: create(posy, bad, 15, "back") == 202, "it is still refused")
        equal(relation(anna, carl)["following"], False)
        soon(lambda: anna.finds_post(uri(bad, 10)), "the post is still hidden")


def mention(name="anna"):
    return {"tag": [{"type": "Mention", "href": f"http://a.test/users/{name}", "name": f"@{name}@a.test"}],
            "cc": [f"http://a.test/users/{name}"]}


def silencing(check, posy, anna, bad, knows):
    def in_public(number):
        posts = anna.get("/api/v1/timelines/public", query={"remote": "true"}).json
        return any(post["uri"] == uri(bad, number) for post in posts)

    @check("of a silenced server nothing stands in public timelines, and who is not followed does not disturb")
    def _():
        equal(create(posy, bad, 20, "heard", **mention()), 202)
        soon(lambda: in_public(20), "the post did not arrive")
        soon(lambda: uri(bad, 20) in str(anna.told("mention")), "she was not told")
        posy.command("domain", "block", "bad.test", "--severity", "limit")
        carl = knows["bad.test"]
        soon(lambda: anna.get(f"/api/v1/accounts/{carl['id']}").json.get("limited"), "he is not silenced")
        equal(in_public(20), False)
        equal(create(posy, bad, 21, "not heard", **mention()), 202)
        soon(lambda: anna.finds_post(uri(bad, 21)), "the post did not arrive")
        lacks(str(anna.told("mention")), uri(bad, 21))
        equal(in_public(21), False)

    @check("newcomers from there are silenced too")
    def _():
        bad.person("newcomer")
        holds(anna.finds(Handle("newcomer@bad.test"))["limited"], "she is not")


def media(check, posy, anna, bad):
    @check("pictures of a server are taken, and not any more with reject-media")
    def _():
        picture = {"attachment": [{"type": "Document", "mediaType": "image/png", "url": f"{bad.base}/a.png"}]}
        equal(create(posy, bad, 30, "with picture", **picture, **mention()), 202)
        post = soon(lambda: anna.finds_post(uri(bad, 30)), "the post did not arrive")
        equal(len(post["media_attachments"]), 1)
        posy.command("domain", "block", "bad.test", "--severity", "noop", "--reject-media")
        soon(lambda: anna.finds_post(uri(bad, 30))["media_attachments"] == [], "the picture is still shown")
        equal(create(posy, bad, 31, "with picture", **picture, **mention()), 202)
        post = soon(lambda: anna.finds_post(uri(bad, 31)), "the post did not arrive")
        equal(post["media_attachments"], [])
        posy.command("domain", "unblock", "bad.test")

    @check("what a command does not say of a rule stays as it was")
    def _():
        posy.command("domain", "block", "part.example", "--severity", "silence", "--comment", "loud")
        contains(posy.command("domain", "block", "part.example", "--reject-media").stdout,
                 'part.example silence reject-media "loud"')
        lacks(posy.command("domain", "block", "part.example", "--take-media").stdout, "reject-media")
        contains(posy.command("domain", "block", "new.example").stdout, "new.example suspend")
        for name in ("part.example", "new.example"):
            posy.command("domain", "unblock", name)


def lists(check, posy):
    def write(name, text):
        path = os.path.join(posy.data, name)
        with open(path, "wb") as file:
            file.write(text.encode() if isinstance(text, str) else text)
        return path

    @check("a list of Mastodon's is taken over and comes out as it went in")
    def _():
        text = f'{HEADER}\none.example,suspend,true,false,"why, ""so""",true\ntwo.example,noop,false,true,,false\n'
        contains(posy.command("domain", "import", write("good.csv", text)).stdout, "2 rules added")
        equal(posy.command("domain", "export").stdout, text)
        contains(posy.command("domain", "import", write("again.csv", text)).stdout, "2 there already")
        contains(posy.command("domain", "list").stdout, "one.example suspend reject-media obfuscate")

    @check("a list weakens nothing, and each line that is left out has its reason")
    def _():
        text = ("domain,severity,reject_media\none.example,noop,false\nsub.one.example,silence,\n*.example,suspend,\n"
                "three.example,destroy,\n\"open,suspend,\nfour.example,silence,\na.test,suspend,\n")
        said = posy.command("domain", "import", write("weak.csv", text)).stdout
        for part in ("line 2: one.example: the rule about one.example is stronger", "line 3: sub.one.example",
                     "line 4: left out, the name is not told in full", "line 5: left out, the severity must be",
                     "line 6: left out, a quotation mark", "line 8: a.test: left out", "1 rules added"):
            contains(said, part)
        contains(posy.command("domain", "export").stdout, "one.example,suspend,true")

    @check("hostile lists do no harm")
    def _():
        before = posy.command("domain", "export").stdout
        for number, text in enumerate((b"\xff\xfe\x00" * 1000, b"\"" * 100_000, b"," * 100_000, b"\n" * 100_000,
                                       b"a" * 1_000_000, b"", b"\x00\n" * 1000)):
            done = posy.command("domain", "import", write(f"hostile{number}", text), check=False)
            equal(done.returncode, 0, f"{number}: {done.stderr[:200]}")
        done = posy.command("domain", "import", write("large", b"a.example\n" * 900_000), check=False)
        equal(done.returncode, 1)
        contains(done.stderr, "larger than")
        equal(posy.command("domain", "export").stdout, before)

    @check("commands refuse what they cannot do")
    def _():
        for arguments in (("block", "no domain"), ("block", "a.test"), ("block", "x.example", "--severity", "kill"),
                          ("unblock", "never.example"), ("disallow", "never.example"), ("import", "/none")):
            done = posy.command("domain", *arguments, check=False)
            holds(done.returncode not in (0, -6, -11) and done.stderr.strip(), f"{arguments}: {done.returncode}")
        for name in ("one.example", "two.example", "four.example"):
            posy.command("domain", "unblock", name)


def doors(check, posy, anna, bad):
    posy.account("olga", role="owner")
    olga = Client(posy.port, posy.token("olga", ADMIN))
    path = "/api/v1/admin/domain_blocks"

    @check("the owner manages rules with an app, and they count at once")
    def _():
        made = olga.post(path, json_body={"domain": "Bad.Test", "severity": "suspend", "public_comment": "spam",
                                          "obfuscate": True}).json
        equal((made["domain"], made["severity"], made["private_comment"]), ("bad.test", "suspend", None))
        soon(lambda: create(posy, bad, 40, "no") == 403, "the rule does not count")
        olga.post(path, 422, json_body={"domain": "bad.test"})
        olga.post(path, 422, json_body={})
        olga.post(path, 422, json_body={"domain": "a.test"})
        olga.post(path, 422, json_body={"domain": "x.example", "severity": "kill"})
        equal(olga.get(path).json, [made])
        equal(olga.get(f"{path}/{made['id']}").json, made)
        shown = Client(posy.port).get("/api/v1/instance/domain_blocks").json
        equal([(one["domain"], one["severity"], one["comment"]) for one in shown], [("ba*.**st", "suspend", "spam")])
        equal(len(shown[0]["digest"]), 64)
        changed = olga.put(f"{path}/{made['id']}", json_body={"severity": "noop"}).json
        equal((changed["severity"], changed["public_comment"]), ("noop", "spam"))
        soon(lambda: create(posy, bad, 41, "yes") == 202, "the change does not count")
        equal(Client(posy.port).get("/api/v1/instance/domain_blocks").json, [])
        equal(olga.delete(f"{path}/{made['id']}").json, {})
        olga.delete(f"{path}/{made['id']}", 404)
        olga.get(f"{path}/{made['id']}", 404)

    @check("allowed servers are managed likewise")
    def _():
        allows = "/api/v1/admin/domain_allows"
        made = olga.post(allows, json_body={"domain": "good.test"}).json
        equal(olga.post(allows, json_body={"domain": "good.test"}).json, made)
        equal(olga.get(allows).json, [made])
        equal(olga.get(f"{allows}/{made['id']}").json["domain"], "good.test")
        equal(olga.delete(f"{allows}/{made['id']}").json["domain"], "good.test")
        olga.post(allows, 422, json_body={"domain": ""})

    @check("nobody else manages them, whatever her token says")
    def _():
        for scopes in (ADMIN, "admin:read admin:write"):
            other = Client(posy.port, posy.token("anna", scopes))
            other.get(path, 403)
            other.post(path, 403, json_body={"domain": "good.test"})
            other.get("/api/v1/admin/domain_allows", 403)
        anna.get(path, 403)
        reader = Client(posy.port, posy.token("olga", "admin:read:domain_blocks"))
        equal(reader.get(path).json, [])
        reader.post(path, 403, json_body={"domain": "good.test"})
        reader.get("/api/v1/admin/domain_allows", 403)
        Client(posy.port, posy.token("olga", "admin:read:accounts admin:write:accounts")).get(path, 403)
        Client(posy.port).get(path, 401)


def the_web(posy, anna, cdn, good):
    """Where only allowed servers are spoken with, their files may lie elsewhere, and pages are looked at: rules count."""
    page = {"Content-Type": "text/html"}
    cdn.pages.update({path: (200, {"Content-Type": "image/png"}, png(7, 7)) for path in ("/cdn.png", "/later.png")})
    for name in ("read", "later"):
        cdn.pages[f"/{name}"] = (200, page, f"<title>{name}</title>".encode())

    def shown(number, path):
        file = {"type": "Document", "mediaType": "image/png", "url": cdn.base + path}
        equal(create(posy, good, number, "look", attachment=[file], **mention()), 202)
        seen = soon(lambda: anna.finds_post(uri(good, number)), "the post did not arrive")
        return seen["media_attachments"][0]["url"].removeprefix("http://a.test")

    def card(post):
        return anna.get(f"/api/v1/statuses/{post['id']}").json["card"]
    first, later = shown(54, "/cdn.png"), shown(55, "/later.png")
    equal(Client(posy.port).get(first, 200).body, png(7, 7))
    post = anna.publish(f"look {cdn.base}/read")
    equal(soon(lambda: card(post), "there is no preview")["title"], "read")
    posy.command("domain", "block", cdn.name)
    soon(lambda: not card(post), "the page of a suspended site is still shown")
    asked = len(cdn.asked)
    equal(Client(posy.port).get(later, None).status, 404, "a picture on a suspended host")
    hidden = anna.publish(f"look {cdn.base}/later")
    time.sleep(5)
    equal((card(hidden), cdn.asked[asked:]), (None, []), "a suspended host was asked")
    posy.command("domain", "unblock", cdn.name)
    equal(soon(lambda: card(post), "it did not come back")["title"], "read")


def allowing(check, peers, bad, good):
    with servers("a.test", peers=peers, more={"POSY_FEDERATION_MODE": "allow-list"}) as (posy,):
        anna = Person(posy, "anna")

        @check("with an allow-list only those on it are spoken with")
        def _():
            equal(anna.finds(Handle("carl@good.test")), None)
            equal(create(posy, good, 50, "early", **mention()), 403)
            posy.command("domain", "allow", "good.test")
            soon(lambda: create(posy, good, 51, "hello", **mention()) == 202, "it was not let in")
            soon(lambda: anna.told("mention"), "the post did not arrive")
            equal(create(posy, bad, 52, "hello", **mention()), 403)
            the_web(posy, anna, bad, good)
            posy.command("domain", "disallow", "good.test")
            soon(lambda: create(posy, good, 53, "late", **mention()) == 403, "it is still let in")
            carl = anna.told("mention")
            soon(lambda: not anna.finds_post(uri(good, 51)), f"its posts are still shown: {carl}")

        @check("no errors with an allow-list either")
        def _():
            equal(posy.errors(), [])
