"""Runs the Mastodon API checker that lies beside the project, where it is there."""

import json
import os
import shutil
import subprocess

from support.posy import ROOT, Posy

CHECKER = os.path.join(os.path.dirname(ROOT), "shared", "mastodon-conformance")
NODE = os.path.join(ROOT, "tests", "node_modules", ".bin", "node")

# What must pass; the other tags are counted and shown, but may still fail.
TAGS = """accounts apps oauth statuses media timelines lists notifications conversations streaming search tags bookmarks
favourites blocks mutes follow_requests polls scheduled_statuses markers preferences endorsements featured_tags
instance custom_emojis well-known health oembed behaviour entities""".split()


def run(report, name, database_url=None):
    if not os.path.isdir(CHECKER):
        report.skip(f"Mastodon API conformance ({name})", "the checker is not beside the project")
        return
    folder = os.path.join(ROOT, "build", "conformance")
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(CHECKER, folder)
    os.chmod(folder, 0o755)
    os.symlink(os.path.join(ROOT, "tests", "node_modules"), os.path.join(folder, "node_modules"))
    result = os.path.join(ROOT, "build", f"conformance-{name}.json")
    if os.path.exists(result):
        os.remove(result)
    with Posy(database_url) as posy:
        for person in ("anna", "berta"):
            posy.account(person)
        done = subprocess.run(
            [NODE, "check.mjs", "--base", posy.base, "--token", posy.token("anna"), "--token2", posy.token("berta"),
             "--narrow-token", posy.token("anna", "read"), "--json", result],
            cwd=folder, capture_output=True, text=True, check=False)
    if not os.path.exists(result):
        raise RuntimeError(f"the checker ended with {done.returncode}: {(done.stdout + done.stderr)[-3000:]}")
    with open(result) as f:
        results = json.load(f)["results"]
    wanted = [r for r in results if tag_of(r) in TAGS]
    for r in wanted:
        if r["status"] in ("fail", "missing"):
            print(f"   FAIL {tag_of(r)}: {r['key']}: {reason_of(r)}")
    count = lambda rows, *states: sum(r["status"] in states for r in rows)
    report.add(count(wanted, "pass"), count(wanted, "fail", "missing"), count(wanted, "skipped", "untested"),
               f"Mastodon API conformance ({name}), the tags that must pass")
    print(f"   all tags: {done.stdout.strip().splitlines()[-1]}")


def tag_of(result):
    return result.get("tag", "")


def reason_of(result):
    return "; ".join(result.get("failures") or [result.get("reason") or ""])
