"""A WebSocket client by hand (RFC 6455): enough to listen to streams, and to be an unpleasant listener."""

import base64
import json
import os
import socket
import struct

from support.http import read_all

CONTINUATION, TEXT, CLOSE, PING, PONG = 0, 1, 8, 9, 10


class Refused(Exception):
    def __init__(self, status):
        super().__init__(f"the server answered {status}")
        self.status = status


class WebSocket:
    def __init__(self, port, path, token=None, protocol=None, timeout=10, receive_buffer=None):
        self.socket = socket.socket()
        if receive_buffer:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.socket.settimeout(timeout)
        self.socket.connect(("127.0.0.1", port))
        self.buffer = b""
        self.parts = b""  # of a message that comes in several frames
        self.close_code = None
        lines = [f"GET {path} HTTP/1.1", f"Host: localhost:{port}", "Connection: Upgrade", "Upgrade: websocket",
                 "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: " + base64.b64encode(os.urandom(16)).decode()]
        if token:
            lines.append(f"Authorization: Bearer {token}")
        if protocol:
            lines.append(f"Sec-WebSocket-Protocol: {protocol}")
        self.socket.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
        while b"\r\n\r\n" not in self.buffer:
            piece = self.socket.recv(4096)
            if not piece:
                raise Refused(0)
            self.buffer += piece
        head, self.buffer = self.buffer.split(b"\r\n\r\n", 1)
        self.head = head.decode()
        status = int(self.head.split(" ", 2)[1])
        if status != 101:
            self.socket.close()
            raise Refused(status)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def send(self, message):
        self.send_frame(TEXT, json.dumps(message).encode())

    def send_frame(self, kind, payload, masked=True):
        mask = os.urandom(4) if masked else b""
        size = len(payload)
        bit = 0x80 if masked else 0
        head = bytes([0x80 | kind])
        if size < 126:
            head += bytes([bit | size])
        elif size < 65536:
            head += bytes([bit | 126]) + struct.pack(">H", size)
        else:
            head += bytes([bit | 127]) + struct.pack(">Q", size)
        if masked:
            payload = bytes(b ^ mask[i % 4] for i, b in enumerate(payload))
        self.socket.sendall(head + mask + payload)

    def receive(self, timeout=10):
        """The next message; None when nothing comes in time, or the server has closed."""
        self.socket.settimeout(timeout)
        try:
            while True:
                kind, payload, is_last = self._frame()
                if kind in (TEXT, CONTINUATION):
                    self.parts += payload
                    if not is_last:
                        continue
                    message, self.parts = self.parts, b""
                    return json.loads(message)
                if kind == PING:
                    self.send_frame(PONG, payload)
                if kind == CLOSE:
                    self.close_code = struct.unpack(">H", payload[:2])[0] if len(payload) >= 2 else 1005
                    return None
        except TimeoutError:
            return None
        except (ConnectionError, EOFError):
            self.close_code = self.close_code or 1006
            return None

    def wait_for(self, event, timeout=10):
        """The payload of the next event of this kind, and the stream that it came on."""
        while (message := self.receive(timeout)) is not None:
            if message.get("event") == event:
                payload = message["payload"]
                return message["stream"], payload if event == "delete" or not payload else json.loads(payload)
        raise AssertionError(f"no {event} event came" + (f", closed with {self.close_code}" if self.close_code else ""))

    def is_closed_by_server(self, timeout=10):
        while self.receive(timeout) is not None:
            pass
        return self.close_code is not None

    def drain(self):
        self.socket.settimeout(1)
        return read_all(self.socket)

    def _frame(self):
        first, second = self._bytes(2)
        size = second & 0x7F
        if size == 126:
            size = struct.unpack(">H", self._bytes(2))[0]
        elif size == 127:
            size = struct.unpack(">Q", self._bytes(8))[0]
        return first & 0x0F, self._bytes(size), bool(first & 0x80)

    def _bytes(self, count):
        while len(self.buffer) < count:
            piece = self.socket.recv(65536)
            if not piece:
                raise EOFError
            self.buffer += piece
        out, self.buffer = self.buffer[:count], self.buffer[count:]
        return out
