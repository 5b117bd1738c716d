"""Servers that talk with each other: what is done on one is seen on the other."""

import importlib

from support.checks import Checks
from support.database import Databases

AREAS = ("two_servers", "third_server", "third_server_more", "hostile", "threads", "finding", "moves", "closing", "reports",
         "domain_rules", "previews", "files", "flood", "reach", "herd")


def run(report, name, database_url=None):
    databases = Databases(database_url)
    for area in AREAS:
        module = importlib.import_module(f"federation.{area}")
        try:
            module.run(Checks(report, f"{name} {area}"), databases.new())
        except Exception as error:  # its servers did not even start: one failure, and on with the next
            print(f"   FAIL {name} {area}: {type(error).__name__}: {error}", flush=True)
            report.add(0, 1, what=f"{name} {area}")
