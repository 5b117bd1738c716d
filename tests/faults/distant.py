"""A peer in a process of its own, which can be frozen. It prints its port and the file of its key."""

import json
import os
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from federation.peer import Peer  # noqa: E402


def show_got(peer):
    def answer(handler):
        body = json.dumps(peer.got).encode()
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)
    return answer


def main():
    with Peer(sys.argv[1]) as peer:
        for name in sys.argv[2:]:
            peer.person(name)
        peer.pages["/got"] = show_got(peer)
        print(json.dumps({"port": peer.port, "key": peer.key.file}), flush=True)
        while True:
            time.sleep(60)


if __name__ == "__main__":
    main()
