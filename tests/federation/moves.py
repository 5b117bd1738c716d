"""People who move: their followers on three servers go along, and nobody else's do."""


from federation.fediverse import SOON, Person, servers
from federation.peer import Peer, tell
from support.checks import contains, equal, eventually, holds
from support.database import value_of
from support.http import Client

DOCUMENT = {"Accept": "application/activity+json"}


def run(check, database_url):
    with Peer("p.test") as peer, Peer("q.test") as other:
        peers = {peer.name: peer.port, other.name: other.port}
        with servers("a.test", "b.test", "c.test", peers=peers, database_url=database_url) as posys:
            one, two, three = posys
            from_a_to_b(check, one, two, three)
            from_elsewhere(check, one, peer, other)
            forged(check, one, peer, other)
            gone(check, one, peer)
            stuck(check, two)

            @check("no server met an error of its own")
            def _():
                equal([line for posy in posys for line in posy.errors()], [])

            @check("without a running server the command says so, and nothing happens later")
            def _():
                three.stop()
                done = three.command("account", "alias", "cleo", "add", "ada@a.test", check=False)
                holds(done.returncode != 0, "it did not fail")
                contains(done.stderr, "posy serve")
                equal(value_of(three, "select count(*) from move_request"), "0")
                equal(value_of(three, "select count(*) from job where kind = 'ask_to_move'"), "0")


def soon(claim, otherwise):
    return eventually(claim, otherwise, SOON)


def relation(person, other):
    return person.get("/api/v1/accounts/relationships", query={"id[]": [other["id"]]}).json[0]


def follow(person, target):
    known = person.finds(target)
    person.post(f"/api/v1/accounts/{known['id']}/follow")
    soon(lambda: relation(person, known)["following"], "the follow was not accepted")
    return known


def from_a_to_b(check, one, two, three):
    ada, alan = Person(one, "ada"), Person(one, "alan")
    new, bert = Person(two, "ada"), Person(two, "bert")
    cleo, dora = Person(three, "cleo"), Person(three, "dora")
    known = {person.handle: follow(person, ada) for person in (alan, bert, cleo)}
    listed = cleo.post("/api/v1/lists", form={"title": "friends"}).json
    cleo.post(f"/api/v1/lists/{listed['id']}/accounts", form={"account_ids[]": known[cleo.handle]["id"]})
    known[dora.handle] = dora.finds(ada)
    dora.post(f"/api/v1/accounts/{known[dora.handle]['id']}/block")
    old_id, new_id = "http://a.test/users/ada", "http://b.test/users/ada"

    @check("a move is refused until the new account names the old one, and to nobody")
    def _():
        done = one.command("account", "move", "ada", "ada@b.test", check=False)
        holds(done.returncode != 0, "it was not refused")
        contains(done.stderr, "alias")
        for where in ("nobody@b.test", "http://b.test/nothing", "ada", "ada@a.test"):
            done = one.command("account", "move", "ada", where, check=False)
            holds(done.returncode != 0 and done.stderr, f"{where} was not refused")
        ada.publish("still here")

    @check("an alias is added by handle, shown in the actor, listed and removed")
    def _():
        for other in ("@ada@a.test", "http://a.test/@alan"):
            two.command("account", "alias", "ada", "add", other)
        def said():
            return sorted(Client(two.port).get("/users/ada", headers=DOCUMENT).json.get("alsoKnownAs", []))
        both = ["http://a.test/users/ada", "http://a.test/users/alan"]
        # The server learns a moment later what the command wrote.
        soon(lambda: said() == both, "the aliases are not shown")
        contains(two.command("account", "alias", "ada", "list").stdout, "@alan@a.test")
        two.command("account", "alias", "ada", "remove", "alan@a.test")
        soon(lambda: said() == [old_id], "the alias is still shown")
        done = two.command("account", "alias", "ada", "remove", "alan@a.test", check=False)
        holds(done.returncode != 0, "what is no alias was removed")

    @check("the followers on three servers follow the new account, and the old one no more")
    def _():
        said = one.command("account", "move", "ada", "@ada@b.test").stdout
        contains(said, "has moved")
        contains(said, "went along: 1")
        for person in (alan, bert, cleo):
            there = person.finds(new)
            soon(lambda: relation(person, there)["following"], f"{person.handle} did not go along")
            soon(lambda: not relation(person, known[person.handle])["following"], f"{person.handle} stayed too")
        names = {one["acct"] for one in new.get(f"/api/v1/accounts/{new.account['id']}/followers").json}
        equal(names, {"alan@a.test", "bert", "cleo@c.test"})
        soon(lambda: ada.get(f"/api/v1/accounts/{ada.account['id']}").json["followers_count"] == 0, "some stayed")

    @check("lists and blocks go along")
    def _():
        members = cleo.get(f"/api/v1/lists/{listed['id']}/accounts").json
        equal([member["acct"] for member in members], ["ada@b.test"])
        soon(lambda: relation(dora, dora.finds(new))["blocking"], "the block did not go along")
        contains(relation(dora, dora.finds(new))["note"], "ada@a.test")

    @check("every server shows where she went")
    def _():
        equal(Client(one.port).get("/users/ada", headers=DOCUMENT).json["movedTo"], new_id)
        for person in (alan, bert, cleo):
            shown = person.get(f"/api/v1/accounts/{known[person.handle]['id']}").json
            equal(shown["moved"]["uri"], new_id, person.handle)
            holds("moved" not in shown["moved"], "it goes on")
        equal(ada.get("/api/v1/accounts/verify_credentials").json["moved"]["uri"], new_id)

    @check("the old account is shut for posting, and what is posted at the new one arrives")
    def _():
        ada.post("/api/v1/statuses", 403, form={"status": "still here?"})
        post = new.publish("a new home")
        soon(lambda: cleo.sees(post["uri"]), "it did not arrive")

    @check("she can return, and moves once a month")
    def _():
        one.command("account", "move", "ada", "--undo")
        holds("moved" not in ada.get("/api/v1/accounts/verify_credentials").json, "it is still shown")
        soon(lambda: "movedTo" not in Client(one.port).get("/users/ada", headers=DOCUMENT).json, "it is still said")
        ada.publish("back again")
        done = one.command("account", "move", "ada", "ada@b.test", check=False)
        contains(done.stderr, "30 days")


def outcome(posy, activity):
    return value_of(posy, f"select outcome from received where activity = '{activity['id']}'")


def move(peer, number, old, new, author="carl", **changes):
    return peer.activity("Move", number, old, author, target=new, **changes)


def from_elsewhere(check, one, peer, other):
    @check("who moves to a person of this server brings her followers by her alias")
    def _():
        fan, home = Person(one, "fan"), Person(one, "home")
        old = peer.person("rosa", movedTo="http://a.test/users/home")
        known = accepted(one, peer, fan, "rosa")
        key = f"{old}#main-key"
        first = move(peer, 1, old, "http://a.test/users/home", "rosa")
        equal(tell(one, peer, first, key_id=key), 202)
        soon(lambda: outcome(one, first).startswith("refused"), "it was believed without an alias")
        one.command("account", "alias", "home", "add", old)
        second = move(peer, 2, old, "http://a.test/users/home", "rosa")
        tell(one, peer, second, key_id=key)
        soon(lambda: relation(fan, home.account)["following"], "nobody came")
        soon(lambda: any(one["type"] == "Undo" for one in peer.got), "the old account was not left")
        holds(not relation(fan, known)["following"], "she stayed too")
        holds(home.told("follow"), "the new account was not told")


def accepted(posy, peer, person, name):
    """A follow of somebody of the peer, answered by hand."""
    known = person.finds(type("Handle", (), {"handle": f"{name}@{peer.name}"}))
    before = len(peer.got)
    person.post(f"/api/v1/accounts/{known['id']}/follow")
    soon(lambda: len(peer.got) > before, "the Follow was not sent")
    number = f"accept-{before}"
    tell(posy, peer, peer.activity("Accept", number, peer.got[-1], name), key_id=f"{peer.base}/users/{name}#main-key")
    soon(lambda: relation(person, known)["following"], "not accepted")
    return known


def forged(check, one, peer, other):
    nina = Person(one, "nina")
    old, new = f"{peer.base}/users/carl", f"{other.base}/users/carl"
    known = accepted(one, peer, nina, "carl")

    def refused(activity, sender=peer, outcome_begins="refused"):
        equal(tell(one, sender, activity, key_id=activity["actor"] + "#main-key"), 202)
        soon(lambda: outcome(one, activity).startswith(outcome_begins), f"it was {outcome(one, activity)!r}")
        holds(relation(nina, known)["following"], "she does not follow the old account any more")
        holds(not any(one["type"] == "Follow" for one in other.got), "the new account was asked")

    @check("a Move is not believed without an alias, or with another one's")
    def _():
        peer.person("carl", movedTo=new)
        other.person("carl")
        refused(move(peer, 11, old, new))
        for number, alias in enumerate((f"{other.base}/users/carl", "http://evil.test/users/carl", old + "/",
                                        old.upper(), {"id": 7}, "x" * 5000)):
            other.person("carl", alsoKnownAs=[alias])
            refused(move(peer, 20 + number, old, new))

    @check("a Move is not believed when the old account does not say so itself")
    def _():
        other.person("carl", alsoKnownAs=[old])
        peer.person("carl")
        refused(move(peer, 30, old, new))
        peer.person("carl", movedTo=f"{other.base}/users/someone")
        refused(move(peer, 31, old, new))

    @check("nobody moves another one, neither the new account nor a neighbour")
    def _():
        peer.person("carl", movedTo=new)
        refused(other.activity("Move", 1, old, target=new), other)
        peer.person("mallory")
        refused(move(peer, 32, old, new, "mallory"), outcome_begins="refused: Only")

    @check("a Move to nowhere, to itself or to what is no account does nothing")
    def _():
        other.show("/note", {**other.note(1, "x"), "id": f"{other.base}/note"})
        for number, target in enumerate((None, old, f"{other.base}/note", f"{other.base}/none", "javascript:x", 7)):
            activity = move(peer, 40 + number, old, target)
            equal(tell(one, peer, activity), 202)
            soon(lambda: outcome(one, activity), f"{target} was not worked off")
        holds(relation(nina, known)["following"], "she does not follow any more")

    @check("the account that a Move leads to has not moved away itself")
    def _():
        other.person("carl", alsoKnownAs=[old], movedTo=old)
        peer.person("carl", alsoKnownAs=[new], movedTo=new)
        refused(move(peer, 50, old, new))
        other.person("carl", alsoKnownAs=[old], movedTo="http://elsewhere.test/users/carl")
        refused(move(peer, 51, old, new))

    @check("a true Move is carried out once, and the next one a week later at the earliest")
    def _():
        other.person("carl", alsoKnownAs=[old])
        peer.person("carl", movedTo=new)
        true = move(peer, 60, old, new)
        tell(one, peer, true)
        soon(lambda: outcome(one, true) == "done", "it was not believed")
        soon(lambda: any(one["type"] == "Follow" for one in other.got), "the new account was not asked")
        soon(lambda: not relation(nina, known)["following"], "the old one was not left")
        equal(nina.get(f"/api/v1/accounts/{known['id']}").json["moved"]["uri"], new)
        dave = Person(one, "dave")
        accepted(one, peer, dave, "carl")
        again = move(peer, 61, old, new)
        tell(one, peer, again)
        soon(lambda: outcome(one, again).startswith("ignored"), "it was done again")


def gone(check, one, peer):
    @check("when an account elsewhere is deleted, its posts go, some at a time")
    def _():
        olga = Person(one, "olga")
        peer.person("gone")
        accepted(one, peer, olga, "gone")
        key = f"{peer.base}/users/gone#main-key"
        notes = [peer.note(number, f"number {number}", "gone") for number in range(45)]
        for number, note in enumerate(notes):
            tell(one, peer, peer.activity("Create", f"create-{number}", note, "gone"), key_id=key)
        def left():
            return value_of(one, "select count(*) from post where uri like 'http://p.test/users/gone/%'")
        soon(lambda: left() == "45", "they did not arrive")
        peer.pages["/users/gone"] = (410, {}, b"")
        actor = f"{peer.base}/users/gone"
        tell(one, peer, {**peer.activity("Delete", "delete", actor, "gone")}, key_id=key)
        soon(lambda: left() == "0", "they stayed")
        equal([post for post in olga.home() if post["account"]["username"] == "gone"], [])


def stuck(check, posy):
    @check("the command does not wait for ever for a move that does not go on, and says what is left")
    def _():
        vera, walt = Person(posy, "vera"), Person(posy, "walt")
        fan = Person(posy, "vfan")
        fan.post(f"/api/v1/accounts/{vera.account['id']}/follow")
        posy.command("account", "alias", "walt", "add", "vera@b.test")
        # Nobody takes up the work, as if the server had stopped right after the move. (This one is never on PostgreSQL.)
        value_of(posy, "create trigger halt before insert on job when new.kind = 'carry_over' "
                       "begin select raise(ignore); end")
        said = posy.command("account", "move", "vera", "walt@b.test").stdout
        value_of(posy, "drop trigger halt")
        contains(said, "has moved")
        contains(said, "Still to be looked at: 1 followers")
