"""The commands of the program, as the person who runs a server types them."""

import os
import re
import signal
import sqlite3
import subprocess
import threading

from support.browser import Browser
from support.checks import contains, equal, holds, lacks
from support.database import value_of
from support.http import Client

PASSWORD = "correct horse battery"


def refused(posy, *arguments, **options):
    """What a command says that must not succeed."""
    done = command(posy, *arguments, **options)
    holds(done.returncode not in (0, -6, -11), f"{arguments} ended with {done.returncode}: {done.stdout}")
    holds(done.stderr.strip() or done.stdout.strip(), f"{arguments} failed and did not say why")
    return done.stderr + done.stdout


def command(posy, *arguments, stdin="", **environment):
    return subprocess.run([posy.program, *arguments], env={**posy.environment, **environment}, input=stdin,
                          capture_output=True, text=True, check=False, cwd=posy.data, timeout=60)


def run(check, databases):
    with databases.server() as posy:
        help_and_settings(check, posy)
        accounts(check, posy)
        tokens(check, posy)
        health(check, posy)
        backups(check, posy, databases)
    newer_schema(check, databases)


def help_and_settings(check, posy):
    @check("--help names every command, and each has a help of its own")
    def _():
        text = command(posy, "--help").stdout
        for name in ("serve", "account", "token", "domain", "deliveries", "backup", "check", "settings", "types"):
            contains(text, name)
            equal(command(posy, name, "--help").returncode, 0, name)
        contains(command(posy, "serve", "--help").stdout, "--database.url")
        equal(command(posy, "--version").returncode, 0)

    @check("a command that does not exist is refused with a hint")
    def _():
        contains(refused(posy, "sing"), "--help")
        refused(posy)

    @check("docs/settings.md has every setting as it is printed")
    def _():
        with open(os.path.join(os.path.dirname(__file__), "../../docs/settings.md")) as file:
            written = file.read()
        equal(written[written.index("| setting "):], command(posy, "settings", "--markdown").stdout)

    @check("the printed settings are a settings file")
    def _():
        path = os.path.join(posy.data, "printed.toml")
        with open(path, "w") as file:
            file.write(command(posy, "settings").stdout)
        equal(command(posy, "check", "--config", path).returncode, 0)

    @check("an unknown setting in the file is named")
    def _():
        path = os.path.join(posy.data, "unknown.toml")
        with open(path, "w") as file:
            file.write('[log]\ncolour = "red"\n')
        contains(refused(posy, "check", "--config", path), "log.colour")

    @check("a file that is no TOML, or is not there, is refused")
    def _():
        path = os.path.join(posy.data, "broken.toml")
        with open(path, "w") as file:
            file.write("host = = 1\n")
        contains(refused(posy, "check", "--config", path), "broken.toml")
        contains(refused(posy, "check", "--config", path + ".none"), "broken.toml.none")

    @check("an unknown setting in the environment is named")
    def _():
        contains(refused(posy, "check", POSY_COLOUR="red"), "POSY_COLOUR")

    @check("a wrong value is named with its setting")
    def _():
        contains(refused(posy, "check", POSY_LISTEN="nowhere"), "listen")
        contains(refused(posy, "check", POSY_REGISTRATIONS="perhaps"), "registrations")
        contains(refused(posy, "check", "--limits.poll-options", "many"), "limits.poll-options")

    @check("flags stand over the environment, and that over the file")
    def _():
        path = os.path.join(posy.data, "layers.toml")
        with open(path, "w") as file:
            file.write('host = "file.example"\n')
        said = command(posy, "check", "--config", path, POSY_HOST="environment.example").stdout
        contains(said, "https://environment.example")
        said = command(posy, "check", "--config", path, "--host", "flag.example").stdout
        contains(said, "https://flag.example")


def accounts(check, posy):
    @check("account create makes an account that can be seen at once")
    def _():
        done = command(posy, "account", "create", "anna", "--email", "anna@mail.example", "--password", PASSWORD)
        equal(done.returncode, 0, done.stderr)
        contains(done.stdout, "@anna")
        equal(Client(posy.port).get("/api/v1/accounts/lookup?acct=anna").json["username"], "anna")

    @check("the password may come on standard input, and is never repeated")
    def _():
        done = command(posy, "account", "create", "berta", "--email", "b@mail.example", stdin="a secret phrase\n")
        equal(done.returncode, 0, done.stderr)
        lacks(done.stdout + done.stderr, "a secret phrase")

    @check("taken names and addresses, weak passwords and strange roles are refused")
    def _():
        create = ("account", "create")
        contains(refused(posy, *create, "Anna", "--email", "x@mail.example", "--password", PASSWORD), "taken")
        contains(refused(posy, *create, "other", "--email", "ANNA@mail.example", "--password", PASSWORD), "taken")
        contains(refused(posy, *create, "short", "--email", "s@mail.example", "--password", "1234"), "short")
        contains(refused(posy, *create, "none", "--email", "n@mail.example"), "blank")
        refused(posy, *create, "king", "--email", "k@mail.example", "--password", PASSWORD, "--role", "king")
        refused(posy, *create, "no/name", "--email", "k@mail.example", "--password", PASSWORD)
        equal(value_of(posy, "select count(*) from login"), "2")

    @check("there is one owner")
    def _():
        one = ("account", "create", "olga", "--email", "o@mail.example", "--password", PASSWORD, "--role", "owner")
        equal(command(posy, *one).returncode, 0)
        two = ("account", "create", "otto", "--email", "t@mail.example", "--password", PASSWORD, "--role", "owner")
        contains(refused(posy, *two), "owner")


    @check("account link prints a link that signs a browser in, once")
    def _():
        done = command(posy, "account", "link", "anna")
        equal(done.returncode, 0, done.stderr)
        link = done.stdout.strip()
        holds(link.startswith(posy.base + "/auth/link?token=") and "\n" not in link, done.stdout)
        path = link.removeprefix(posy.base)
        browser = Browser(posy)
        equal(browser.go(path).status, 303)
        equal(browser.go("/auth/sign_out").status, 200)
        equal(Browser(posy).go(path).status, 410)
        refused(posy, "account", "link", "nobody")


def tokens(check, posy):
    @check("token create prints a token that works, and nothing else")
    def _():
        done = command(posy, "token", "create", "anna")
        holds(re.fullmatch(r"[\w~.+/=-]{20,}\n", done.stdout), f"printed {done.stdout!r}")
        equal(done.stderr, "")
        me = Client(posy.port, done.stdout.strip()).get("/api/v1/accounts/verify_credentials").json
        equal(me["username"], "anna")

    @check("a token has the scopes that were asked for")
    def _():
        client = Client(posy.port, posy.token("anna", "read:statuses"))
        client.get("/api/v1/timelines/home")
        client.post("/api/v1/statuses", 403, form={"status": "no"})

    @check("unknown people and scopes are refused")
    def _():
        contains(refused(posy, "token", "create", "nobody"), "nobody")
        contains(refused(posy, "token", "create", "anna", "--scopes", "read fly"), "scope")
        refused(posy, "token", "create", "anna", "--scopes", " ")


def health(check, posy):
    @check("check is content with a good server, while it runs")
    def _():
        done = command(posy, "check")
        equal(done.returncode, 0, done.stderr)

    @check("check says what is wrong with a database")
    def _():
        said = refused(posy, "check", POSY_DATABASE_URL="postgres://posy@/posy?host=/nonexistent")
        holds("/nonexistent" in said, said)
        path = os.path.join(posy.data, "text.db")
        with open(path, "w") as file:
            file.write("This is no database at all. " * 200)
        said = refused(posy, "check", POSY_DATABASE_URL=f"sqlite:{path}")
        contains(said, "database")


def backups(check, posy, databases):
    if not databases.is_sqlite:
        @check("backup of PostgreSQL names the program for it")
        def _():
            contains(refused(posy, "backup", os.path.join(posy.data, "copy.db")), "pg_dump")
        return

    target = os.path.join(posy.data, "copy.db")

    @check("a backup taken while people write opens, and holds all that was acknowledged before")
    def _():
        anna = Client(posy.port, posy.token("anna"))
        acknowledged, stop, failures = [], threading.Event(), []

        def write():
            try:
                while not stop.is_set():
                    acknowledged.append(anna.publish(f"note {len(acknowledged)}")["id"])
            except Exception as error:  # shown below, in the thread that checks
                failures.append(error)
        writer = threading.Thread(target=write)
        writer.start()
        try:
            while len(acknowledged) < 20 and not failures:
                stop.wait(0.01)
            before = list(acknowledged)
            posy.command("backup", target)
        finally:
            stop.set()
            writer.join()
        holds(not failures, failures)
        copy = sqlite3.connect(f"file:{target}?mode=ro", uri=True)
        equal(copy.execute("pragma integrity_check").fetchone()[0], "ok")
        held = {str(row[0]) for row in copy.execute("select id from post")}
        copy.close()
        equal([one for one in before if one not in held], [])

    @check("nobody else on the machine may read a backup, and none is ever written over")
    def _():
        equal(os.stat(target).st_mode & 0o077, 0)
        contains(refused(posy, "backup", target), "exists")
        refused(posy, "backup", os.path.join(posy.data, "no", "such", "folder", "copy.db"))

    @check("a server starts on the copy and shows the same posts")
    def _():
        held = int(value_of(posy, "select count(*) from post"))
        other = databases.server(database_url=f"sqlite:{target}")
        with other:
            posts = Client(other.port).get("/api/v1/timelines/public?limit=40").json
            holds(0 < len(posts) <= held, f"{len(posts)} posts")


def newer_schema(check, databases):
    @check("a database that a newer Posy has written is refused by every command, with the reason")
    def _():
        posy = databases.server()
        with posy:
            posy.stop()
            value_of(posy, "insert into schema_migration (number, name, applied_at) values (9999, 'later', 0)"
                           + ("" if databases.is_sqlite else " returning number"))
            for arguments in (("check",), ("serve",), ("token", "create", "anna")):
                contains(refused(posy, *arguments), "newer")

    @check("serve on an address that is in use says so and ends")
    def _():
        with databases.server() as posy:
            contains(refused(posy, "serve", "--database.url", f"sqlite:{posy.data}/second.db").lower(), "in use")
            equal(posy.process.poll(), None)

    @check("an interrupted serve ends well")
    def _():
        with databases.server() as posy:
            posy.process.send_signal(signal.SIGINT)
            equal(posy.process.wait(20), 0)
