"""masto.js, which Elk and Phanpy are built on. The program itself is masto.mjs."""

import json
import os
import subprocess
import tempfile

from support import pictures
from support.posy import ROOT

NODE = os.path.join(ROOT, "tests", "node_modules", ".bin", "node")
TIMEOUT_S = 180


def run(check, posy, berta):
    with tempfile.NamedTemporaryFile(suffix=".jpg") as photo:
        photo.write(pictures.photo())
        photo.flush()
        environment = {**os.environ, "BASE": posy.base, "TOKEN": posy.token("anna"), "TOKEN2": berta.token,
                       "PHOTO": photo.name, "NO_PROXY": "*"}
        done = subprocess.run([NODE, os.path.join(ROOT, "tests", "clients", "masto.mjs")], env=environment,
                              capture_output=True, text=True, check=False, timeout=TIMEOUT_S)
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    for line in lines:
        check(line["name"])(lambda line=line: fail(line["error"]) if not line["ok"] else None)

    @check("the program came to its end")
    def _():
        if done.returncode != 0 or not lines:
            raise AssertionError(f"{done.returncode}: {done.stderr[-800:]}")


def fail(reason):
    raise AssertionError(reason)
