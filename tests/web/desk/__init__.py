"""The desk in Chromium: every flow, on a phone and on a wide screen, light and dark. desk.mjs drives."""

import json
import os
import shutil
import subprocess
import tempfile

from support import pictures
from support.checks import Checks, equal, holds
from support.posy import ROOT, Posy

CHROMIUM = "/usr/bin/chromium"
NODE = os.path.join(ROOT, "tests", "node_modules", ".bin", "node")
SCREENSHOTS = os.path.join(ROOT, "build", "screenshots", "desk")
PEOPLE = ["rosa", "ben", "ada"]
TIMEOUT_S = 540


def run(report):
    check = Checks(report, "desk")
    if not os.path.exists(CHROMIUM):
        check.skip("the desk works", "Chromium is not installed (Debian package chromium)")
        return
    shutil.rmtree(SCREENSHOTS, ignore_errors=True)
    os.makedirs(SCREENSHOTS)
    with Posy() as posy:
        drive(check, posy)


def drive(check, posy):
    for name in PEOPLE:
        posy.account(name, role="owner" if name == PEOPLE[0] else "user")
    tokens = {name: posy.token(name) for name in PEOPLE}
    with tempfile.TemporaryDirectory(prefix="posy-desk-") as folder:
        for number in range(4):
            with open(os.path.join(folder, f"photo{number}.jpg"), "wb") as file:
                file.write(pictures.photo(number, "1200x800" if number % 2 else "900x1200"))
        environment = {**os.environ, "BASE": posy.base, "PICTURES": folder, "SCREENSHOTS": SCREENSHOTS, "CHROMIUM": CHROMIUM,
                       "HOME": folder, "NO_PROXY": "*", "TOKENS": json.dumps(tokens)}
        program = subprocess.Popen([NODE, os.path.join(ROOT, "tests", "web", "desk", "desk.mjs")],
                                   env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=folder)
        try:
            said, _ = program.communicate(timeout=TIMEOUT_S)
        except subprocess.TimeoutExpired:
            program.kill()
            said, _ = program.communicate()
    lines = [json.loads(line) for line in said.splitlines() if line.startswith('{"name"')]
    for line in lines:
        check(line["name"])(lambda line=line: holds(line["ok"], line.get("error", "")))

    @check("the browser came to its end")
    def _():
        holds(program.returncode == 0 and lines, said[-1500:])

    @check("the server met no error of its own")
    def _():
        equal(posy.errors(), [])
