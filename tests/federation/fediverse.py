"""A small fediverse on loopback: servers that know each other by name."""

import contextlib

from support.http import Client
from support.posy import Posy

SOON = 20


class Person(Client):
    """Somebody with an account on one of the servers."""

    def __init__(self, posy, name, role="user"):
        posy.account(name, role=role)
        super().__init__(posy.port, posy.token(name))
        self.account = self.get("/api/v1/accounts/verify_credentials").json
        self.handle = f"{name}@{posy.name}"

    def finds(self, person):
        """The other one as her own server knows her, after asking for her."""
        return person_found(self, person.handle)

    def finds_post(self, uri):
        found = self.get("/api/v2/search", query={"q": uri, "resolve": "true"}).json["statuses"]
        return found[0] if found else None

    def home(self):
        return self.get("/api/v1/timelines/home").json

    def sees(self, uri):
        """The post with this id in her home timeline, or nothing."""
        return next((post for post in self.home() if post["uri"] == uri), None)

    def told(self, kind):
        return self.get("/api/v1/notifications", query={"types[]": [kind]}).json

    def act(self, post, verb, **options):
        return self.post(f"/api/v1/statuses/{post['id']}/{verb}", **options).json


def person_found(client, handle):
    found = client.get("/api/v2/search", query={"q": f"@{handle}", "resolve": "true"}).json["accounts"]
    return found[0] if found else None


def path_of(uri):
    return uri.split(".test", 1)[1]


def relation(client, other):
    return client.get("/api/v1/accounts/relationships", query={"id[]": [other["id"]]}).json[0]


def settings(names, peers):
    table = ", ".join(f"{name}:80=127.0.0.1:{port}" for name, port in {**names, **peers}.items())
    return {"POSY_FEDERATION_SCHEME": "http", "POSY_FEDERATION_ALLOW_ADDRESSES": "127.0.0.0/8",
            "POSY_FEDERATION_RESOLVE": table}


@contextlib.contextmanager
def servers(*names, peers=None, database_url=None, more=None, account_domains=None, prepare=None):
    """Posy under each of these names; the first one on `database_url`. `peers`: other names and their ports; `more`:
    settings of all; `account_domains`: what stands behind the @ at a server, where that is not its name; `prepare`: done
    with each before it starts."""
    pretty = account_domains or {}
    made = [Posy(database_url if i == 0 else None) for i in range(len(names))]
    ports = {name: posy.port for name, posy in zip(names, made)}
    ports.update({pretty[name]: ports[name] for name in pretty})
    with contextlib.ExitStack() as stack:
        for name, posy in zip(names, made):
            posy.name = pretty.get(name, name)
            posy.environment.update(settings(ports, peers or {}))
            posy.environment["POSY_ACCOUNT_DOMAIN"] = posy.name
            posy.environment.update({"POSY_HOST": name, "POSY_PUBLIC_URL": f"http://{name}", **(more or {})})
            if prepare:
                prepare(posy)
            stack.enter_context(posy)
        yield made
