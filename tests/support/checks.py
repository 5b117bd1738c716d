"""How a check is written: a sentence that must hold, and the story that proves it.

    @check("a note becomes HTML")
    def _():
        equal(anna.publish("hello")["content"], "<p>hello</p>")
"""

import time


class Checks:
    def __init__(self, report, prefix):
        self.report = report
        self.prefix = prefix

    def __call__(self, sentence):
        def run(function):
            self.report.check(f"{self.prefix}: {sentence}", function)
        return run

    def skip(self, sentence, reason):
        self.report.skip(f"{self.prefix}: {sentence}", reason)


def short(value):
    text = repr(value)
    return text if len(text) <= 300 else text[:300] + "..."


def equal(got, wanted, what=""):
    if got != wanted:
        raise AssertionError(f"{what + ': ' if what else ''}{short(got)}, wanted {short(wanted)}")


def holds(claim, otherwise):
    if not claim:
        raise AssertionError(str(otherwise)[:600])


def contains(text, part):
    if part not in text:
        raise AssertionError(f"{part!r} is not in {text[:600]!r}")


def lacks(text, part):
    if part in text:
        raise AssertionError(f"{part!r} is in {text[:600]!r}")


def none_of(wrong):
    """For tables: every row that is not as it should be."""
    if wrong:
        more = f" and {len(wrong) - 12} more" if len(wrong) > 12 else ""
        raise AssertionError("; ".join(str(one) for one in wrong[:12]) + more)


def eventually(claim, otherwise, seconds=10):
    """For what happens soon after an answer. Returns what `claim` returned when it was true."""
    end = time.monotonic() + seconds
    while True:
        result = claim()
        if result:
            return result
        if time.monotonic() > end:
            raise AssertionError(otherwise)
        time.sleep(0.05)
