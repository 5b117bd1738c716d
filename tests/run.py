"""Every test, step by step. `./test` calls this; name steps to run only those."""

import glob
import json
import os
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from support.postgres import Cluster  # noqa: E402
from support.posy import ROOT  # noqa: E402
from support.report import Report  # noqa: E402

FUZZ_SECONDS = 10


def shell(*command, **options):
    done = subprocess.run(command, check=False, **options)
    if done.returncode != 0:
        raise SystemExit(f"failed: {' '.join(command)}")


def build(preset, *targets):
    folder = os.path.join(ROOT, "build", preset)
    if not os.path.exists(os.path.join(folder, "build.ninja")):
        shell("cmake", "--preset", preset, cwd=ROOT)
    shell("ninja", "-C", folder, *targets)


def unit(report):
    """The unit tests of every folder, under the address and undefined sanitizers."""
    build("asan")
    folder = os.path.join(ROOT, "build", "asan")
    environment = dict(os.environ, ASAN_OPTIONS="detect_stack_use_after_return=1", UBSAN_OPTIONS="print_stacktrace=1")
    for program in sorted(glob.glob(f"{folder}/src/**/*_test", recursive=True)):
        name = os.path.basename(program)
        result = f"{folder}/{name}.json"
        if os.path.exists(result):
            os.remove(result)
        done = subprocess.run([program, "--gtest_brief=1", f"--gtest_output=json:{result}"], env=environment,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
                              check=False)
        counts = json.load(open(result)) if os.path.exists(result) else {"tests": 0, "failures": 0, "disabled": 0}
        failed = counts["failures"]
        if done.returncode != 0:
            print(done.stdout[-8000:])
            failed = max(failed, 1)  # a crash, or a sanitizer's finding
        passed = max(counts["tests"] - counts["failures"] - counts["disabled"], 0)
        report.add(passed, failed, counts["disabled"], name)


def fuzz(report):
    """Each fuzz target for a few seconds, from its seeds."""
    build("asan")
    for program in sorted(glob.glob(f"{ROOT}/build/asan/tests/fuzz/fuzz_*")):
        name = os.path.basename(program)
        if not os.access(program, os.X_OK) or os.path.isdir(program):
            continue
        found = os.path.join(ROOT, "build", "fuzz", name)
        os.makedirs(found, exist_ok=True)
        seeds = os.path.join(ROOT, "tests", "fuzz", "corpus", name.removeprefix("fuzz_"))
        done = subprocess.run([program, f"-max_total_time={FUZZ_SECONDS}", "-timeout=10", "-rss_limit_mb=2048",
                               "-print_final_stats=1", f"-artifact_prefix={found}/", found, seeds],
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
                              check=False)
        if done.returncode != 0:
            print(done.stdout[-6000:])
        report.add(int(done.returncode == 0), int(done.returncode != 0), what=name)


def node_modules():
    folder = os.path.join(ROOT, "tests")
    installed = os.path.join(folder, "node_modules", ".package-lock.json")  # npm writes it last
    wanted = os.path.join(folder, "package-lock.json")
    if not os.path.exists(installed) or os.path.getmtime(installed) < os.path.getmtime(wanted):
        shell("npm", "ci", "--no-audit", "--no-fund", cwd=folder)


def on_both_engines(report, run):
    run(report, "sqlite", None)
    with Cluster() as cluster:
        run(report, "postgres", cluster.database("posy"))


def conformance(report):
    """The Mastodon API checker."""
    import conformance as module
    node_modules()
    on_both_engines(report, module.run)


def api(report):
    """Requests that no client would send, restarts, commands."""
    import api as module
    node_modules()
    on_both_engines(report, module.run)


def clients(report):
    """Real clients: toot, Mastodon.py, masto."""
    import clients as module
    node_modules()
    module.run(report)


def web(report):
    """The pages in Chromium, and what axe-core says of them."""
    import web as module
    node_modules()
    module.run(report)


def desk(report):
    """The desk: its types, its units, and every flow in Chromium. Its budget is kept by the build."""
    import web.desk as module
    node_modules()
    folder = os.path.join(ROOT, "web")  # the build has installed what these need
    for script in ("check", "test"):
        shell("npm", "run", "--silent", script, cwd=folder)
    module.run(report)


def demo(report):
    """The demonstration, smaller and without anybody who looks."""
    import demo_test as module
    module.run(report)


def federation(report):
    """Servers that talk with each other: two of Posy, Posy and Fedify, Posy and a hostile one."""
    import federation as module
    node_modules()
    on_both_engines(report, module.run)


def delivery(report):
    """Fan-out and flood while the server is killed again and again: nothing acknowledged is lost."""
    import delivery as module
    build("release", "bench_fanout", "bench_flood")
    module.run(report)


def faults(report):
    """A disk that is full, a peer that is frozen, names that nobody knows, a clock that jumps."""
    import faults as module
    on_both_engines(report, module.run)


STEPS = [unit, fuzz, conformance, api, federation, delivery, faults, clients, web, desk, demo]


def main():
    os.environ.setdefault("CCACHE_SLOPPINESS", "pch_defines,time_macros,include_file_mtime,include_file_ctime")
    os.environ.setdefault("NINJA_STATUS", "[%f/%t, %e s] ")
    wanted = sys.argv[1:]
    unknown = set(wanted) - {step.__name__ for step in STEPS}
    if unknown:
        raise SystemExit(f"no such step: {', '.join(sorted(unknown))}; there are "
                         f"{', '.join(step.__name__ for step in STEPS)}")
    report = Report()
    report.step("build")
    build("release", "posy")
    for step in STEPS:
        if wanted and step.__name__ not in wanted:
            continue
        report.step(f"{step.__name__}: {step.__doc__.splitlines()[0]}")
        try:
            step(report)
        except Exception as error:  # the step itself broke: one failure, and on with the next
            print(f"   FAIL {step.__name__}: {type(error).__name__}: {error}")
            report.add(0, 1, what=step.__name__)
    return report.close()


if __name__ == "__main__":
    sys.exit(main())
