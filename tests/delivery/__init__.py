"""Small runs of the benchmarks' rounds of kill -9: bench/fanout and bench/flood end with 0 when nothing was lost."""

import os
import subprocess

from support.posy import ROOT

BENCH = os.path.join(ROOT, "build", "release", "bench")
SECONDS_MAX = 400

RUNS = {
    "a post reaches 300 servers, some dead and some away for a moment, though the server is killed three times":
        ["fanout", "--hosts", "300", "--dead", "0.05", "--flapping", "0.05", "--kill", "3", "--verify", "7",
         "--wait-s", "90"],
    "what strangers wrote is there when it was acknowledged, though the server is killed three times":
        ["flood", "--strangers", "300", "--servers", "60", "--connections", "64", "--kill", "3", "--wait-s", "90"],
}


def run(report):
    for sentence, words in RUNS.items():
        def survives(command=words):
            done = subprocess.run([os.path.join(BENCH, command[0]), *command[1:]], timeout=SECONDS_MAX,
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
            if done.returncode != 0:
                raise AssertionError(done.stdout[-4000:])
        report.check(sentence, survives)
