"""Counts what passed and failed, and says it while it happens."""

import sys
import threading
import time


class Report:
    def __init__(self):
        self.passed = self.failed = self.skipped = 0
        self.failures = []
        self.started = time.monotonic()
        self.lock = threading.Lock()  # areas may run side by side

    def step(self, title):
        print(f"\n== {title} ({time.monotonic() - self.started:.0f} s)", flush=True)

    def add(self, passed, failed, skipped=0, what=""):
        self.passed += passed
        self.failed += failed
        self.skipped += skipped
        if failed:
            self.failures.append(what)
        counts = f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else "")
        print(f"   {what}: {counts}", flush=True)

    def check(self, name, run):
        """Runs one test; any exception is its failure."""
        try:
            run()
        except Exception as error:  # a test may fail in any way
            print(f"   FAIL {name}: {type(error).__name__}: {error}", flush=True)
            with self.lock:
                self.failed += 1
                self.failures.append(name)
            return False
        with self.lock:
            self.passed += 1
        print(f"   ok   {name}", flush=True)
        return True

    def skip(self, name, reason):
        self.skipped += 1
        print(f"   skipped {name}: {reason}", flush=True)

    def close(self):
        for failure in self.failures:
            print(f"failed: {failure}")
        skipped = f", {self.skipped} skipped" if self.skipped else ""
        print(f"\n{self.passed} passed, {self.failed} failed{skipped}", flush=True)
        sys.stdout.flush()
        return 1 if self.failed else 0
