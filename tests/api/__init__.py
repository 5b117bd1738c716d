"""The server from outside, as programs, browsers and enemies meet it. Each area starts servers of its own."""

import importlib
import os

from support.checks import Checks
from support.database import Databases

AREAS = ("commands", "setup", "oauth_flow", "oauth_rules", "oauth_scopes", "publishing", "reactions", "visibility",
         "media", "media_recordings", "media_files", "hostile_requests", "hostile_bodies", "hostile_values",
         "streaming", "streaming_limits", "together", "due",
         "registration", "durability", "metrics", "posy_api", "essays", "push",
         "sessions", "operator")


def run(report, name, database_url=None):
    """POSY_TEST_AREAS="media streaming" runs only those."""
    wanted = os.environ.get("POSY_TEST_AREAS", "").split() or AREAS
    databases = Databases(database_url)
    for area in wanted:
        module = importlib.import_module(f"api.{area}")
        try:
            module.run(Checks(report, f"{name} {area}"), databases)
        except Exception as error:  # its servers did not even start: one failure, and on with the next
            print(f"   FAIL {name} {area}: {type(error).__name__}: {error}", flush=True)
            report.add(0, 1, what=f"{name} {area}")
