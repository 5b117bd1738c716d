"""Programs that people use, against a real server, by the steps that people take."""

import importlib

from support.checks import Checks
from support.database import Databases, person

CLIENTS = ("toot", "mastodon_py", "masto")


def run(report):
    for name in CLIENTS:
        check = Checks(report, name)
        module = importlib.import_module(f"clients.{name}")
        with Databases().server() as posy:
            person(posy, "anna")
            module.run(check, posy, person(posy, "berta"))

            @check("the server met no error of its own")
            def _():
                if posy.errors():
                    raise AssertionError(posy.errors()[:3])
