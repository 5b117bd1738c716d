"""The program, started in a folder of its own, and its API for one person."""

import json
import os
import subprocess
import time
import urllib.error
import urllib.request
import uuid
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
START_S, STOP_S, REQUEST_S = 30, 20, 60


class Trouble(Exception):
    """Something that whoever looks at the demonstration should be told in a sentence."""


class Server:
    def __init__(self, program, folder, port, settings):
        self.program, self.folder, self.port = program, Path(folder), port
        self.name = f"localhost:{port}"
        self.base = f"http://{self.name}"
        self.environment = {key: value for key, value in os.environ.items() if not key.startswith("POSY_")}
        self.environment.update({"POSY_HOST": self.name, "POSY_LISTEN": f"127.0.0.1:{port}",
                                 "POSY_DATA_DIR": str(self.folder / "data"), "POSY_LOG_LEVEL": "warn", **settings})
        self.log = self.folder / "posy.log"

    def __enter__(self):
        with open(self.log, "ab") as log:
            # In a session of its own: Ctrl-C is for us, and we end it in our own time.
            self.process = subprocess.Popen([self.program, "serve"], env=self.environment, stdout=log,
                                            stderr=subprocess.STDOUT, cwd=self.folder, start_new_session=True)
        deadline = time.monotonic() + START_S
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                urllib.request.urlopen(self.base + "/health", timeout=2).read()
                return self
            except OSError:
                time.sleep(0.05)
        self.__exit__()
        raise Trouble("Posy did not start:\n" + self.log.read_text(errors="replace")[-2000:])

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(STOP_S)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def command(self, *words):
        done = subprocess.run([self.program, *words], env=self.environment, cwd=self.folder, capture_output=True, text=True,
                              check=False, timeout=REQUEST_S)
        if done.returncode != 0:
            raise Trouble(f"posy {words[0]} {words[1]}: {done.stderr.strip()}")
        return done.stdout.strip()


class Author:
    def __init__(self, server, token):
        self.server, self.token = server, token

    def ask(self, method, path, body=None, files=None):
        headers = {"Authorization": f"Bearer {self.token}"}
        data = None
        if files is not None:
            mark = uuid.uuid4().hex
            parts = []
            for name, (kind, value) in {**{key: (None, one.encode()) for key, one in (body or {}).items()}, **files}.items():
                about = f'; filename="{name}.jpg"\r\nContent-Type: {kind}' if kind else ""
                parts.append(f'--{mark}\r\nContent-Disposition: form-data; name="{name}"{about}\r\n\r\n'.encode() + value + b"\r\n")
            data, headers["Content-Type"] = b"".join(parts) + f"--{mark}--\r\n".encode(), f"multipart/form-data; boundary={mark}"
        elif body is not None:
            data, headers["Content-Type"] = json.dumps(body).encode(), "application/json"
        request = urllib.request.Request(self.server.base + path, data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=REQUEST_S) as answer:
                return json.loads(answer.read() or b"null")
        except urllib.error.HTTPError as error:
            raise Trouble(f"{method} {path}: {error.code} {error.read()[:300]!r}") from error

    def picture(self, jpeg, description):
        media = self.ask("POST", "/api/v2/media", {"description": description}, {"file": ("image/jpeg", jpeg)})
        for _ in range(600):
            shown = self.ask("GET", f"/api/v1/media/{media['id']}")
            if shown and shown.get("url"):
                return media["id"]
            time.sleep(0.1)
        raise Trouble("A picture was not made")
