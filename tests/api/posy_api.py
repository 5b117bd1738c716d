"""Posy's own API: what is written about it is what there is."""

import os
import re

from support.checks import equal, holds
from support.posy import ROOT

WORDS = {"get": "GET", "post": "POST", "put": "PUT", "patch": "PATCH", "delete_": "DELETE"}


def run(check, databases):
    @check("every route is documented, and what is documented is there")
    def _():
        there, folder = set(), os.path.join(ROOT, "src", "api", "posy")
        for name in os.listdir(folder):
            with open(os.path.join(folder, name)) as file:
                for method, path in re.findall(r'\{(?:http::)?Method::(\w+), "(/api/[^"]+)"', file.read()):
                    there.add(f"{WORDS[method]} {path}")
        with open(os.path.join(ROOT, "docs", "posy-api.md")) as file:
            documented = set(re.findall(r"^### `(\w+ /api/posy/[^`]+)`$", file.read(), re.M))
        holds(len(there) > 4, there)
        equal(sorted(documented), sorted(there))
