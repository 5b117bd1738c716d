"""Databases for tests, on either engine, and a look inside them past the server."""

import os
import sqlite3
import subprocess
import urllib.parse

from support.http import Client
from support.posy import Posy
from support.postgres import binaries


class Databases:
    """Without a URL every server keeps a SQLite file of its own; with one each gets a new PostgreSQL database."""

    def __init__(self, url=None):
        self.url = url
        self.made = 0

    @property
    def is_sqlite(self):
        return self.url is None

    def new(self):
        if self.is_sqlite:
            return None
        self.made += 1
        name = f"posy_{os.getpid()}_{self.made}"
        psql(self.url, f"create database {name}")
        parts = urllib.parse.urlsplit(self.url)
        return urllib.parse.urlunsplit(parts._replace(path="/" + name))

    def server(self, **settings):
        """A server that is not started yet. Settings by their name in the environment, without POSY_."""
        return Posy(self.new(), {f"POSY_{name.upper()}": value for name, value in settings.items()})


def psql(url, sql):
    done = subprocess.run([f"{binaries()}/psql", "-X", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", url, "-c", sql],
                          capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(done.stderr.strip())
    return done.stdout.strip()


def value_of(posy, sql):
    """The one value that a query gives, as text; changes are committed."""
    url = posy.environment.get("POSY_DATABASE_URL")
    if url:
        return psql(url, sql)
    connection = sqlite3.connect(os.path.join(posy.data, "posy.db"), timeout=20)
    try:
        row = connection.execute(sql).fetchone()
        connection.commit()
        return "" if row is None else str(row[0])
    finally:
        connection.close()


def person(posy, name, scopes="read write follow push profile", **account):
    """A new account, and a client that acts for it."""
    posy.account(name, **account)
    client = Client(posy.port, posy.token(name, scopes))
    client.account = client.get("/api/v1/accounts/verify_credentials").json
    return client
