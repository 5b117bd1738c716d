"""What happens to every machine one day: nothing acknowledged is lost, the service comes back by itself, and the error
says what happened. Kills are in tests/api/durability.py, tests/federation/flood.py and tests/delivery."""

import importlib
from concurrent.futures import ThreadPoolExecutor

from support.checks import Checks
from support.database import Databases

AREAS = ("disk", "peer", "names", "clock")
SQLITE_ONLY = ("disk", "names")  # PostgreSQL has a disk of its own, and names are not the database's


def run(report, name, database_url=None):
    databases = Databases(database_url)
    areas = [area for area in AREAS if databases.is_sqlite or area not in SQLITE_ONLY]

    def run_area(area, database):
        module = importlib.import_module(f"faults.{area}")
        try:
            module.run(Checks(report, f"{name} {area}"), database)
        except Exception as error:  # its servers did not even start: one failure, and on with the next
            print(f"   FAIL {name} {area}: {type(error).__name__}: {error}", flush=True)
            report.add(0, 1, what=f"{name} {area}")

    with ThreadPoolExecutor(len(areas)) as pool:  # side by side: they wait for most of their time
        list(pool.map(run_area, areas, [databases.new() for _ in areas]))
