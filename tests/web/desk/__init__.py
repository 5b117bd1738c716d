"""The desk in Chromium: every flow, on a phone and on a wide screen, light and dark. desk.mjs drives.

Against the server's own /desk where it has one, else against Vite's preview of web/dist, which passes all else on
to the server. To those who drive, the base address is the only difference.
"""

import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

from support import pictures
from support.checks import Checks, equal, holds
from support.posy import ROOT, Posy, free_port

CHROMIUM = "/usr/bin/chromium"
NODE = os.path.join(ROOT, "tests", "node_modules", ".bin", "node")
VITE = os.path.join(ROOT, "web", "node_modules", ".bin", "vite")
SCREENSHOTS = os.path.join(ROOT, "build", "screenshots", "desk")
PEOPLE = ["rosa", "ben", "ada"]
TIMEOUT_S = 540


def answers(address):
    try:
        return urllib.request.urlopen(address, timeout=2).status == 200
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


class Preview:
    """`vite preview` of web/dist on a port of its own."""

    def __init__(self, port, posy):
        self.port = port
        self.environment = {**os.environ, "POSY": f"http://localhost:{posy}"}
        self.process = None

    def __enter__(self):
        self.process = subprocess.Popen([VITE, "preview", "--port", str(self.port), "--strictPort"], env=self.environment,
                                        cwd=os.path.join(ROOT, "web"), stdout=subprocess.DEVNULL,
                                        stderr=subprocess.STDOUT, start_new_session=True)
        for _ in range(200):
            if answers(f"http://localhost:{self.port}/desk/"):
                return self
            time.sleep(0.1)
        raise RuntimeError("the preview of the desk does not answer")

    def __exit__(self, *_):
        os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait(10)


def run(report):
    check = Checks(report, "desk")
    if not os.path.exists(CHROMIUM):
        check.skip("the desk works", "Chromium is not installed (Debian package chromium)")
        return
    shutil.rmtree(SCREENSHOTS, ignore_errors=True)
    os.makedirs(SCREENSHOTS)
    with Posy() as posy:
        served = answers(posy.base + "/desk/")
        if served:
            drive(check, posy, posy.base)
    if not served:
        port = free_port()
        with Posy(settings={"POSY_HOST": f"localhost:{port}"}) as posy, Preview(port, posy.port):
            drive(check, posy, f"http://localhost:{port}")


def drive(check, posy, base):
    for name in PEOPLE:
        posy.account(name)
    tokens = {name: posy.token(name) for name in PEOPLE}
    with tempfile.TemporaryDirectory(prefix="posy-desk-") as folder:
        for number in range(4):
            with open(os.path.join(folder, f"photo{number}.jpg"), "wb") as file:
                file.write(pictures.photo(number, "1200x800" if number % 2 else "900x1200"))
        environment = {**os.environ, "BASE": base, "PICTURES": folder, "SCREENSHOTS": SCREENSHOTS, "CHROMIUM": CHROMIUM,
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
