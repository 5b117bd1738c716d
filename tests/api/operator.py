"""What the operator sees of her server, and nobody else does."""

from support.checks import equal, holds
from support.database import person
from support.http import Client

ADMIN = "/api/posy/v1/admin"
SCOPES = "read write follow push profile admin:read"


def run(check, databases):
    with databases.server() as posy:
        anna, berta = person(posy, "anna", SCOPES, role="owner"), person(posy, "berta", SCOPES)
        anna.publish("one")

        @check("the operator sees what the server does and has")
        def _():
            shown = anna.get(f"{ADMIN}/overview").json
            equal((shown["accounts"], shown["statuses"]),
                  ({"local": 2, "remote": 0, "active_month": 1}, {"local": 1, "remote": 0}))
            equal((shown["queues"]["deliveries_waiting"], shown["queues"]["inbox_waiting"], shown["hosts_in_trouble"]),
                  (0, 0, 0))
            holds(shown["storage"]["database_bytes"] > 10_000 and shown["storage"]["free_bytes"] > 0, shown["storage"])
            holds(shown["memory_bytes"] > 1_000_000 and 0 <= shown["uptime_s"] < 3600, shown)
            equal(anna.get(f"{ADMIN}/hosts").json, [])

        @check("the people of the server are listed in pages")
        def _():
            first = anna.get(f"{ADMIN}/accounts", query={"limit": 1})
            equal([(one["account"]["acct"], one["email"], one["role"]) for one in first.json],
                  [("berta", "berta@mail.example", "user")])
            path = first.headers["Link"].split("<")[1].split(">")[0].split(posy.environment["POSY_HOST"])[1]
            second = anna.get(path).json
            equal([(one["account"]["acct"], one["role"]) for one in second], [("anna", "owner")])
            holds(second[0]["last_active_at"], second)

        @check("figures by day and by hour count what happened, and only one's own")
        def _():
            berta.post(f"/api/v1/accounts/{anna.account['id']}/follow")
            berta.publish("@anna well said")
            days = anna.get("/api/posy/v1/measures").json["days"]
            equal(len(days), 28)
            equal((days[-1]["followers"], days[-1]["replies"], days[-1]["deliveries"]), (1, 1, 0))
            equal(sum(one["followers"] + one["replies"] for one in days[:-1]), 0)
            equal(sum(one["followers"] + one["replies"] for one in berta.get("/api/posy/v1/measures").json["days"]), 0)
            for wanted, given in ((1, "1"), (90, "1000000"), (1, "-5")):
                equal(len(anna.get("/api/posy/v1/measures", query={"days": given}).json["days"]), wanted)
            anna.get("/api/posy/v1/measures", 422, query={"days": "many"})
            hours = anna.get(f"{ADMIN}/measures", query={"hours": 3}).json["hours"]
            equal([(one["delivered"], one["failed"], one["received"]) for one in hours], [(0, 0, 0)] * 3)

        @check("nobody else does, whatever the token may")
        def _():
            reader = Client(posy.port, posy.token("anna"))
            for path in ("overview", "hosts", "accounts", "measures"):
                berta.get(f"{ADMIN}/{path}", 403)
                reader.get(f"{ADMIN}/{path}", 403)
                Client(posy.port).get(f"{ADMIN}/{path}", 401)

        @check("the server met no error of its own")
        def _():
            equal(posy.errors(), [])
