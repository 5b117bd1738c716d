"""Figures for Prometheus: only where they were asked for."""

import re

from support.checks import contains, equal, holds
from support.database import person
from support.http import Client
from support.posy import free_port


def run(check, databases):
    port = free_port()
    with databases.server(metrics_listen=f"127.0.0.1:{port}") as posy:
        public, private = Client(posy.port), Client(port)

        @check("/metrics is not on the public address")
        def _():
            public.get("/metrics", 404)

        @check("every line is one of Prometheus's text format")
        def _():
            answer = private.get("/metrics")
            contains(answer.headers["Content-Type"], "text/plain")
            line = re.compile(r'(# (HELP|TYPE) \w+ .*|[a-zA-Z_:][\w:]*(\{.*\})? [-+0-9.eE]+(Inf|NaN)?)')
            for one in answer.text.splitlines():
                holds(line.fullmatch(one), one)

        @check("the program and the machine are counted")
        def _():
            anna = person(posy, "anna")
            anna.publish("a note")
            text = private.get("/metrics").text
            for name in ("posy_http_responses_total", "posy_http_request_seconds_count",
                         "process_resident_memory_bytes", "process_cpu_seconds_total", "process_open_fds"):
                contains(text, name)

        @check("answers are counted by class")
        def _():
            def counted(kind):
                found = re.search(rf'posy_http_responses_total\{{class="{kind}"\}} (\d+)', private.get("/metrics").text)
                return int(found[1])
            before = counted("4xx")
            for _ in range(3):
                public.get("/no/such/page", 404)
            equal(counted("4xx") - before, 3)

        @check("nothing else is on the address of the figures")
        def _():
            for path in ("/", "/api/v1/instance", "/health"):
                private.get(path, 404)

    with databases.server() as posy:
        @check("without the setting there are none")
        def _():
            Client(posy.port).get("/metrics", 404)
