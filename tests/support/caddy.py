"""Caddy as the reverse proxy that Posy is made to stand behind: HTTPS for names under .test, with certificates of an
authority that it makes for itself, on one port of loopback."""

import os
import shutil
import subprocess
import tempfile
import time

from support.posy import free_port

START_S = 20

HEAD = """{{
  admin off
  skip_install_trust
  local_certs
  auto_https disable_redirects
  http_port {http}
  https_port {https}
  default_bind 127.0.0.1
  servers {{
    protocols h1 h2
  }}
}}
"""
SITE = """https://{name} {{
  reverse_proxy 127.0.0.1:{port}
}}
"""


class Caddy:
    """`upstreams`: the ports of loopback where the servers of these names listen."""

    def __init__(self, upstreams):
        self.port = free_port()
        self.folder = tempfile.mkdtemp(prefix="posy-caddy-")
        self.authority = os.path.join(self.folder, "caddy", "pki", "authorities", "local", "root.crt")
        self.log_path = os.path.join(self.folder, "log")
        self.names = list(upstreams)
        self.process = None
        self.config = os.path.join(self.folder, "Caddyfile")
        with open(self.config, "w") as file:
            file.write(HEAD.format(http=free_port(), https=self.port))
            for name, port in upstreams.items():
                file.write(SITE.format(name=name, port=port))

    def __enter__(self):
        program = shutil.which("caddy")
        if not program:
            raise RuntimeError("Caddy is not installed (Debian package caddy)")
        # Nothing of the person's own Caddy is read or written.
        environment = {"PATH": os.environ["PATH"], "HOME": self.folder, "XDG_DATA_HOME": self.folder,
                       "XDG_CONFIG_HOME": self.folder}
        try:
            with open(self.log_path, "wb") as log:
                # It ends with this program, even one that is killed.
                self.process = subprocess.Popen(["setpriv", "--pdeathsig", "TERM", program, "run", "--config",
                                                 self.config, "--adapter", "caddyfile"],
                                                env=environment, cwd=self.folder, stdin=subprocess.DEVNULL,
                                                stdout=log, stderr=subprocess.STDOUT)
            self._wait()
        except BaseException:
            self.__exit__()
            raise
        return self

    def _wait(self):
        certificates = os.path.join(self.folder, "caddy", "certificates", "local")
        end = time.monotonic() + START_S
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise RuntimeError(f"caddy ended at start:\n{self.output()}")
            if all(os.path.exists(os.path.join(certificates, name, f"{name}.crt")) for name in self.names):
                return
            time.sleep(0.05)
        raise RuntimeError(f"caddy makes no certificates:\n{self.output()}")

    def output(self):
        with open(self.log_path, "rb") as file:
            return file.read().decode("utf-8", "replace")[-4000:]

    def __exit__(self, *_):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
