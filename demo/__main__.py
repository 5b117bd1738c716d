"""./run demo: see for yourself."""

import argparse
import contextlib
import shutil
import signal
import socket
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from demo.posy import ROOT, Trouble  # noqa: E402
from demo.story import Story  # noqa: E402

LOOK_S = 25  # to open the link and look around before the essay is published


def options():
    parser = argparse.ArgumentParser(prog="./run demo", description="A person with an audience larger than her server: watch her "
                                     "publish an essay, and thousands write back. Everything is made on this machine and "
                                     "talks to nothing outside of it; it goes when you press Ctrl-C.")
    parser.add_argument("--port", type=int, default=8080, help="where Posy answers (%(default)s)")
    parser.add_argument("--servers", type=int, default=300, help="servers that follow her, 5 to 2000 (%(default)s)")
    parser.add_argument("--letters", type=int, default=2000, help="letters that come back (%(default)s)")
    parser.add_argument("--keep", metavar="DIR", help="keep the data there, instead of in a folder that goes at the end")
    chosen = parser.parse_args()
    if not 5 <= chosen.servers <= 2000 or not 0 <= chosen.letters <= 100_000:
        parser.error("5 to 2000 servers, and at most 100000 letters")
    return chosen


def is_free(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def tell(story):
    print("A person moves in, and her followers find her ...")
    story.settle()
    desk = f"{story.server.base}/desk/"
    print(f"\n1. Open this link. It works once, and signs your browser in as {story.author.ask('GET', '/api/v1/accounts/verify_credentials')['display_name']}:\n"
          f"   {story.link()}\n"
          f"   You stand at her desk: {desk}\n")
    for left in range(LOOK_S, 0, -1):
        print(f"   The essay is published in {left} s ... ", end="\r", flush=True)
        time.sleep(1)
    print("\n2. She publishes an essay with photographs. At the desk a line grows under it.")
    story.publish()
    print(f"   The page that everybody sees: {story.essay['url']}\n"
          f"   Who could not be reached, and why: press the line under the post\n")
    print(f"3. They write back. Watch {desk}notifications and {desk}conversations")
    taken, sent = story.write_back()
    print(f"   {taken} of {sent} were taken.\n")
    print(f"4. Read, answer, be away. Log: {story.server.log}\n   Ctrl-C ends it.")
    while True:
        time.sleep(3600)


def main():
    chosen = options()
    program = ROOT / "build" / "release" / "posy"
    if not is_free(chosen.port):
        raise SystemExit(f"Port {chosen.port} is taken. Another one: ./run demo --port {chosen.port + 1}")
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(0))
    with contextlib.ExitStack() as leaving:
        if chosen.keep:
            folder = Path(chosen.keep)
            folder.mkdir(parents=True, exist_ok=True)
        else:
            folder = Path(tempfile.mkdtemp(prefix="posy-demo-"))
            leaving.callback(shutil.rmtree, folder, ignore_errors=True)
        try:
            tell(leaving.enter_context(Story(str(program), folder.resolve(), chosen.port, chosen.servers, chosen.letters)))
        except Trouble as trouble:
            raise SystemExit(str(trouble)) from trouble
        except KeyboardInterrupt:
            print("\nIt was a dream.")


if __name__ == "__main__":
    main()
