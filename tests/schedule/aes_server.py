"""A real HTTP server on this machine that plays AES, well or badly."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(slots=True)
class Reply:
    """What to answer: status, body, headers."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    hang: bool = False
    """Say nothing at all until the server closes."""


@dataclass(slots=True)
class AesServer:
    """The server: replies by path after ``/api/event/{key}``, and what it was asked.

    ``replies[path]`` is a list that is used up one by one; its last one stays.
    """

    replies: dict[str, list[Reply]] = field(default_factory=dict)
    otherwise: Callable[[str], Reply] = lambda _: Reply(404)
    asked: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    most_at_once: int = 0
    closing: threading.Event = field(default_factory=threading.Event)
    url: str = ""
    _now: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def reply(self, path: str) -> Reply:
        with self._lock:
            waiting = self.replies.get(path)
            if waiting:
                return waiting.pop(0) if len(waiting) > 1 else waiting[0]
        return self.otherwise(path)

    def begin(self, path: str, headers: dict[str, str]) -> None:
        with self._lock:
            self.asked.append(path)
            self.headers.append(headers)
            self._now += 1
            self.most_at_once = max(self.most_at_once, self._now)

    def end(self) -> None:
        with self._lock:
            self._now -= 1


@contextmanager
def aes_server() -> Iterator[AesServer]:
    """A running server on a free port of the loopback address."""
    aes = AesServer()

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.partition("/api/event/")[2].partition("/")[2]
            path = f"/{path}" if path else ""
            aes.begin(path, dict(self.headers.items()))
            try:
                self.answer(aes.reply(path))
            finally:
                aes.end()

        def answer(self, reply: Reply) -> None:
            if reply.hang:
                aes.closing.wait(20)
                return
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            try:
                self.wfile.write(reply.body)
            except OSError:
                return  # the client had enough

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    server.daemon_threads = True
    aes.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield aes
    finally:
        aes.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()
