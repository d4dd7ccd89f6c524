"""A push service of the tests' own: checks every request against the RFCs, answers as told.

It opens what it gets with the browsers' keys, and checks the signature (RFC 8292), ``TTL``,
``Topic`` and ``Urgency`` (RFC 8030). ``script`` says what it answers to one browser's messages, in
order: a status, ``(status, headers)``, ``"hang"``; then 201 for ever.
"""

import asyncio
import re
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec

from tests.push.browser import Browser, unb64

TOPIC = re.compile(r"[A-Za-z0-9_-]{1,32}")
URGENCIES = {"very-low", "low", "normal", "high"}
DAY = 86_400
REASONS = {201: "Created", 307: "Temporary Redirect"}


@dataclass
class Received:
    """One message that was taken, opened."""

    browser: str
    payload: dict[str, Any]
    headers: dict[str, str]
    at: float


@dataclass
class PushService:
    """The service's state: who subscribed, what came, what was wrong with it."""

    port: int = 0
    host: str = "127.0.0.1"
    public_key: str = ""
    browsers: dict[str, Browser] = field(default_factory=dict)
    script: dict[str, list[Any]] = field(default_factory=lambda: defaultdict(list))
    received: list[Received] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    lines: int = 0
    """Open connections."""
    at_once: int = 0
    most_at_once: int = 0
    on_receipt: Callable[[Received], None] | None = None
    signatures: set[str] = field(default_factory=set)
    came: asyncio.Event = field(default_factory=asyncio.Event)
    clock: Callable[[], float] = time.time

    @property
    def origin(self) -> str:
        return f"http://{self.host}:{self.port}"

    def browser(self) -> Browser:
        """A new browser that subscribes here."""
        one = Browser(self.origin)
        self.browsers[one.name] = one
        return one

    def to(self, browser: Browser) -> list[Received]:
        """What one browser was sent."""
        return [one for one in self.received if one.browser == browser.name]

    async def wait_for(self, condition: Callable[[], bool], seconds: float = 20.0) -> None:
        """Until the condition holds; it is looked at whenever something comes."""
        async with asyncio.timeout(seconds):
            while not condition():
                self.came.clear()
                await self.came.wait()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.lines += 1
        try:
            while await self.one(reader, writer):
                pass
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            pass
        finally:
            self.lines -= 1
            self.came.set()
            writer.close()

    async def one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {
            name.lower(): value.strip()
            for name, _, value in (line.partition(":") for line in head[1:] if line)
        }
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        method, path, _ = head[0].split(" ")
        self.asked.append(path)
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            answer = await self.answer(method, path, headers, body)
        finally:
            self.at_once -= 1
        status, more = answer if isinstance(answer, tuple) else (answer, {})
        lines = [f"HTTP/1.1 {status} {REASONS.get(status, 'Told So')}", "Content-Length: 0"]
        lines += [f"{name}: {value}" for name, value in more.items()]
        writer.write("\r\n".join([*lines, "", ""]).encode())
        await writer.drain()
        self.came.set()
        return True

    async def answer(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Any:
        name = path.rpartition("/")[2]
        told = self.script[name].pop(0) if self.script[name] else 201
        if told == "hang":
            self.came.set()
            await asyncio.Event().wait()
        status = told[0] if isinstance(told, tuple) else told
        browser = self.browsers.get(name)
        if browser is None:
            return 404
        self.faults += list(self.wrong_with(method, headers, body))
        if 200 <= status < 300:
            one = Received(name, browser.open(body), headers, self.clock())
            self.received.append(one)
            if self.on_receipt:
                self.on_receipt(one)
        return told

    def wrong_with(self, method: str, headers: dict[str, str], body: bytes) -> list[str]:
        """Every fault of a request."""
        faults = []
        if method != "POST":
            faults.append(f"method {method}")
        if headers.get("content-encoding") != "aes128gcm" or len(body) > 4096:
            faults.append("encoding or size")
        if not re.fullmatch(r"[1-9]\d{0,6}", headers.get("ttl", "")):
            faults.append(f"TTL {headers.get('ttl')}")
        if not TOPIC.fullmatch(headers.get("topic", "")):
            faults.append(f"Topic {headers.get('topic')}")
        if headers.get("urgency") not in URGENCIES:
            faults.append(f"Urgency {headers.get('urgency')}")
        if headers.get("host") != f"{self.host}:{self.port}":
            faults.append(f"Host {headers.get('host')}")
        return faults + self.wrong_signature(headers.get("authorization", ""))

    def wrong_signature(self, header: str) -> list[str]:
        found = re.fullmatch(r"vapid t=([\w.-]+), ?k=([\w-]+)", header)
        if found is None:
            return [f"Authorization {header[:10]}"]
        token, key = found.groups()
        self.signatures.add(token)
        if self.public_key and key != self.public_key:
            return ["another key than subscribed with"]
        point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), unb64(key))
        try:
            claims = jwt.decode(token, point, algorithms=["ES256"], audience=self.origin)
        except jwt.InvalidTokenError as error:
            return [f"signature: {error}"]
        if claims["exp"] - time.time() > DAY:
            return ["good for more than a day"]
        subject = claims.get("sub", "mailto:x@example.org")
        return [] if subject.startswith(("mailto:", "https:")) else [f"sub {subject}"]


@asynccontextmanager
async def push_service(host: str = "127.0.0.1") -> AsyncIterator[PushService]:
    """A running service on a free port."""
    service = PushService(host=host)
    server = await asyncio.start_server(service.serve, "127.0.0.1", 0)
    service.port = server.sockets[0].getsockname()[1]
    try:
        yield service
    finally:
        server.close()
