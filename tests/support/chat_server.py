"""A server on this machine that answers chat completions as a test tells it to, well or badly."""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = Callable[["Call"], None]


@dataclass
class Call:
    """One request, with ways of answering it. Writing after the client has left is no error."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]
    handler: BaseHTTPRequestHandler

    def start(self, status: int = 200, kind: str = "text/event-stream", **headers: str) -> None:
        self.handler.send_response(status)
        self.handler.send_header("Content-Type", kind)
        for name, value in headers.items():
            self.handler.send_header(name.replace("_", "-"), value)
        self.handler.end_headers()

    def write(self, raw: bytes) -> bool:
        """Send bytes; false once the client has left."""
        try:
            self.handler.wfile.write(raw)
            self.handler.wfile.flush()
        except OSError:
            return False
        return True

    def piece(self, text: str | None, end: str | None = None) -> bool:
        return self.write(event({"choices": [{"delta": {"content": text}, "finish_reason": end}]}))

    def done(self) -> None:
        self.piece(None, "stop")
        self.write(b"data: [DONE]\n\n")


@dataclass
class ChatServer:
    """Where the server listens (``url``, without a slash) and what it was asked."""

    url: str
    calls: list[Call] = field(default_factory=list)


def event(record: object) -> bytes:
    return f"data: {json.dumps(record)}\n\n".encode()


def saying(text: str, *, size: int = 7) -> Answer:
    """A well-behaved answer in pieces of ``size`` characters."""

    def answer(call: Call) -> None:
        call.start()
        for at in range(0, len(text), size):
            call.piece(text[at : at + size])
        call.done()

    return answer


@contextlib.contextmanager
def serving(answer: Answer) -> Iterator[ChatServer]:
    """A server on a free port that answers every POST by ``answer``."""
    calls: list[Call] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            call = Call(self.path, {k.lower(): v for k, v in self.headers.items()}, body, self)
            calls.append(call)
            with contextlib.suppress(OSError):
                answer(call)
            self.close_connection = True

        do_GET = do_POST  # a redirect that is followed would arrive as one

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield ChatServer(f"http://127.0.0.1:{server.server_port}/v1", calls)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
