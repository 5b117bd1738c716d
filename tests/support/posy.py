"""Starts the program as an operator would, on a free port and with data of its own."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
# Another build can be tried: POSY_TEST_PROGRAM=build/asan/posy ./test api
PROGRAM = os.environ.get("POSY_TEST_PROGRAM") or os.path.join(ROOT, "build", "release", "posy")


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Posy:
    """`with Posy() as posy:` runs a server until the block ends."""

    def __init__(self, database_url=None, settings=None, program=PROGRAM):
        self.program = program
        self.port = free_port()
        self.base = f"http://localhost:{self.port}"
        self.data = tempfile.mkdtemp(prefix="posy-test-")
        self.environment = {k: v for k, v in os.environ.items() if not k.startswith("POSY_")}
        self.environment.update({
            "POSY_HOST": f"localhost:{self.port}",
            "POSY_LISTEN": f"127.0.0.1:{self.port}",
            "POSY_DATA_DIR": self.data,
            "POSY_LIMITS_TRUSTED_NETWORKS": "127.0.0.0/8, ::1/128",
            "POSY_LOG_LEVEL": "warn",
        })
        if database_url:
            self.environment["POSY_DATABASE_URL"] = database_url
        self.environment.update(settings or {})
        self.before = []  # words before the program, such as those that start it in another namespace
        self.process = None
        self.log_path = os.path.join(self.data, "posy.log")

    def start(self):
        self.log = open(self.log_path, "ab")
        self.process = subprocess.Popen([*self.before, self.program, "serve"], env=self.environment, stdout=self.log,
                                        stderr=subprocess.STDOUT, cwd=self.data)
        for _ in range(400):
            if self.process.poll() is not None:
                raise RuntimeError(f"posy ended at start:\n{self.output()}")
            try:
                urllib.request.urlopen(self.base + "/health", timeout=2).read()
                return self
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.05)
        raise RuntimeError(f"posy does not answer:\n{self.output()}")

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
                raise RuntimeError("posy did not stop when it was asked to")

    def output(self):
        with open(self.log_path, "rb") as f:
            return f.read().decode("utf-8", "replace")

    def errors(self):
        """Its own log lines that report a failure of the server, not of a request."""
        return [line for line in self.output().splitlines() if "Z error " in line]

    def command(self, *arguments, check=True):
        done = subprocess.run([*self.before, self.program, *arguments], env=self.environment, capture_output=True, text=True,
                              check=False, cwd=self.data)
        if check and done.returncode != 0:
            raise RuntimeError(f"posy {' '.join(arguments)}: {done.stderr.strip()}")
        return done

    def account(self, name, password="correct horse battery", role="user"):
        self.command("account", "create", name, "--email", f"{name}@mail.example", "--password", password, "--role",
                     role)

    def token(self, name, scopes="read write follow push profile"):
        return self.command("token", "create", name, "--scopes", scopes).stdout.strip()

    def __enter__(self):
        return self.start()

    def __exit__(self, kind, *_):
        try:
            self.stop()
        finally:
            if kind:
                print(self.output()[-4000:])
            shutil.rmtree(self.data, ignore_errors=True)
