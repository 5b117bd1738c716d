"""A mount namespace: what is mounted in it only those see who are started in it. For disks that are full and for names
that nobody knows, without touching the machine."""

import os
import subprocess
import time


class Mounts:
    """`with Mounts() as mounts:`; then `posy.before = mounts.before`."""

    def __enter__(self):
        is_root = os.geteuid() == 0
        self.holder = subprocess.Popen(["unshare", "-m" if is_root else "-rm", "sleep", "infinity"],
                                       stderr=subprocess.PIPE)
        ours = os.readlink("/proc/self/ns/mnt")
        theirs = f"/proc/{self.holder.pid}/ns/mnt"
        for _ in range(200):
            if self.holder.poll() is not None:
                raise RuntimeError("this machine allows no mount namespace, which the tests of faults need: "
                                   + self.holder.stderr.read().decode().strip())
            if os.readlink(theirs) != ours:
                break
            time.sleep(0.02)
        self.before = ["nsenter", "-t", str(self.holder.pid), "-m"]
        if not is_root:
            self.before += ["-U", "--preserve-credentials"]
        return self

    def __exit__(self, *_):
        self.holder.kill()
        self.holder.wait()
        self.holder.stderr.close()

    def run(self, *command, check=True):
        done = subprocess.run([*self.before, *command], capture_output=True, text=True, check=False)
        if check and done.returncode != 0:
            raise RuntimeError(f"{' '.join(command)}: {done.stderr.strip()}")
        return done
