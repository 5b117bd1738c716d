"""A throw-away PostgreSQL cluster on a Unix socket. PostgreSQL refuses root: then it runs as `postgres`."""

import glob
import os
import pwd
import shutil
import subprocess
import tempfile


def binaries():
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda p: int(p.split("/")[4]))
    if not found:
        raise RuntimeError("PostgreSQL is not installed (Debian package postgresql)")
    return found[-1]


class Cluster:
    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="posy-pg-")
        self.bin = binaries()
        self.user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
        self.server = None

    def __enter__(self):
        if os.geteuid() == 0:
            entry = pwd.getpwnam(self.user)
            os.chown(self.folder, entry.pw_uid, entry.pw_gid)
        data = os.path.join(self.folder, "data")
        self._run([f"{self.bin}/initdb", "-D", data, "-U", "posy", "-A", "trust", "--no-sync", "-E", "UTF8",
                   "--locale=C.UTF-8"])
        self.server = subprocess.Popen(
            [f"{self.bin}/postgres", "-D", data, "-k", self.folder, "-c", "listen_addresses=", "-c",
             "unix_socket_permissions=0777", "-c", "max_connections=60"],
            stdout=subprocess.DEVNULL, stderr=open(os.path.join(self.folder, "log"), "w"), **self._as_user())
        for _ in range(200):
            ready = subprocess.run([f"{self.bin}/pg_isready", "-q", "-h", self.folder], check=False)
            if ready.returncode == 0:
                break
            import time
            time.sleep(0.05)
        os.chmod(self.folder, 0o755)
        return self

    def database(self, name):
        """Makes a database and returns its URL."""
        self._run([f"{self.bin}/createdb", "-h", self.folder, "-U", "posy", name])
        return f"postgres://posy@/{name}?host={self.folder}"

    def __exit__(self, *_):
        if self.server:
            self.server.terminate()
            try:
                self.server.wait(20)
            except subprocess.TimeoutExpired:
                self.server.kill()
                self.server.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _as_user(self):
        if os.geteuid() != 0:
            return {}
        entry = pwd.getpwnam(self.user)
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": [], "cwd": "/"}

    def _run(self, command):
        done = subprocess.run(command, capture_output=True, text=True, check=False, **self._as_user())
        if done.returncode != 0:
            raise RuntimeError(f"{command[0]}: {done.stderr.strip()}")
