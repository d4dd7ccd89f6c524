"""Carries one sealed message to one push service, and says in one word what became of it."""

import asyncio
import logging
import time
from collections import defaultdict
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from enum import Enum
from typing import Any
from urllib.parse import urlsplit

import httpcore

from courtsync_web.figures import PUSHES
from courtsync_web.push.circuit import REFUSED_PAUSE, Circuit
from courtsync_web.push.pinned import Forbidden, PinnedBackend, Resolve, resolved
from courtsync_web.push.services import BadEndpoint, Services
from courtsync_web.push.vapid import Vapid

log = logging.getLogger(__name__)

PATIENCE = 10.0
"""Seconds for the whole exchange."""
AT_ONCE = 8
"""Posts under way to one service."""
IN_LINE = 2.0
"""Seconds to wait for one of these places: a slow service must not hold up the others."""
CROWDED_WAIT = 3.0
"""Seconds after which who found no place may try again."""
LARGEST_ANSWER = 4096
"""Bytes of an answer that are read; nothing in it is needed."""
LONGEST_WAIT = 3600.0
"""Seconds of ``Retry-After`` that are believed."""


FORBIDDEN = -1
"""Instead of a status: the name led to an address that is not posted to."""
UNSAID = 30.0
"""Seconds to wait where they ask for a pause and do not say how long."""


class Fate(Enum):
    """What became of a message."""

    TAKEN = "taken"
    GONE = "gone"
    AGAIN = "again"
    REFUSED = "refused"
    """They do not believe who we are: the subscription is not to blame."""
    CROWDED = "crowded"
    """Not tried: too many are under way to its service."""
    TOO_LARGE = "too-large"
    UNWANTED = "unwanted"
    """Another 4xx, or an endpoint that may not be posted to."""


FATES = {200: Fate.TAKEN, 201: Fate.TAKEN, 202: Fate.TAKEN, 204: Fate.TAKEN,
         404: Fate.GONE, 410: Fate.GONE, 413: Fate.TOO_LARGE}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent: sealed for one browser. ``ttl`` in seconds."""

    body: bytes
    ttl: int
    urgency: str
    topic: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A message's fate; ``wait``: seconds before it is tried again."""

    fate: Fate
    wait: float = 0.0


class Courier:
    """The connections of one process to all push services."""

    def __init__(
        self,
        vapid: Vapid,
        services: Services,
        *,
        resolve: Resolve = resolved,
        patience: float = PATIENCE,
        ssl_context: Any = None,
    ) -> None:
        self.vapid = vapid
        self.services = services
        self.patience = patience
        self._circuits: dict[str, Circuit] = defaultdict(Circuit)
        self._places: dict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(AT_ONCE))
        trusted = frozenset(host_and_port(origin) for origin in services.origins)
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=ssl_context,
            max_connections=16 * AT_ONCE,
            max_keepalive_connections=4 * AT_ONCE,
            keepalive_expiry=60,
            network_backend=PinnedBackend(trusted, resolve),
        )

    async def carry(self, endpoint: str, message: Message, *, proven: bool = True) -> Answer:
        """Post it, unless its service is to be left alone. Never raises for what they do.

        ``proven``: something has reached this browser before. One that says so of itself only
        is not believed when it fails: it may be anything at its service.
        """
        try:
            origin = self.services.check(endpoint)
        except BadEndpoint:
            return noted(Answer(Fate.UNWANTED))
        places = self._places[origin]
        try:
            async with asyncio.timeout(IN_LINE):
                await places.acquire()
        except TimeoutError:
            return Answer(Fate.CROWDED, CROWDED_WAIT)
        try:
            return await self.tried(endpoint, origin, message, proven=proven)
        finally:
            places.release()

    async def tried(self, endpoint: str, origin: str, message: Message, *, proven: bool) -> Answer:
        """Post it, unless one has to wait."""
        circuit = self._circuits[origin]
        wait = circuit.wait(endpoint)
        if wait > 0:
            return Answer(Fate.AGAIN, wait)
        try:
            status, retry_after = await self.posted(endpoint, origin, message)
        finally:
            circuit.probing = False  # this was it, whatever comes of it
        return noted(self.judged(endpoint, origin, status, retry_after, proven=proven))

    async def posted(self, endpoint: str, origin: str, message: Message) -> tuple[int, float]:
        """Status and ``Retry-After``; 0: no answer, or ``FORBIDDEN``."""
        headers = {
            "Host": urlsplit(endpoint).netloc,
            "Authorization": self.vapid.authorization(origin),
            "Content-Type": "application/octet-stream",
            "Content-Encoding": "aes128gcm",
            "Content-Length": str(len(message.body)),
            "TTL": str(message.ttl),
            "Urgency": message.urgency,
            "Topic": message.topic,
        }
        try:
            async with (
                asyncio.timeout(self.patience),
                self._pool.stream(
                    "POST", endpoint, headers=list(headers.items()), content=message.body
                ) as response,
            ):
                await read_some(response)
                return response.status, seconds_of(retry_after_of(response))
        except Forbidden:
            return FORBIDDEN, 0.0
        except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError,
                TimeoutError, OSError, UnicodeError):  # fmt: skip
            return 0, 0.0

    def judged(
        self, endpoint: str, origin: str, status: int, retry_after: float, *, proven: bool
    ) -> Answer:
        """What an answer means, for the message and for the service."""
        circuit = self._circuits[origin]
        if status in (401, 403):
            circuit.asked_to_wait(endpoint, REFUSED_PAUSE, proven=proven)
            self.vapid.forget(origin)
            alarm(origin, status, proven=proven)
            return Answer(Fate.REFUSED, REFUSED_PAUSE)
        if status == 429 or (status == 503 and retry_after):
            circuit.asked_to_wait(endpoint, retry_after or UNSAID, proven=proven)
            return Answer(Fate.AGAIN, retry_after or UNSAID)
        if status in (0, 408) or status >= 500:
            if proven:
                circuit.failed()
            return Answer(Fate.AGAIN, retry_after)
        circuit.worked()
        if status == FORBIDDEN:
            log.error("push: a service's name leads to an address that is not public")
        return Answer(FATES.get(status, Fate.UNWANTED))

    async def close(self) -> None:
        await self._pool.aclose()


def alarm(origin: str, status: int, *, proven: bool) -> None:
    """Somebody must look at it, unless it is about a browser that nothing ever reached."""
    level = logging.ERROR if proven else logging.WARNING
    host = urlsplit(origin).hostname
    log.log(level, "push: %s refuses our VAPID signature (%d); `courtsync doctor`", host, status)


def noted(answer: Answer) -> Answer:
    PUSHES.labels(answer.fate.value).inc()
    return answer


async def read_some(response: httpcore.Response) -> None:
    """A little of the body, so that the connection can serve again; no more than a little."""
    size = 0
    async for chunk in response.aiter_stream():
        size += len(chunk)
        if size > LARGEST_ANSWER:
            return


def retry_after_of(response: httpcore.Response) -> bytes:
    found = (value for name, value in response.headers if name.lower() == b"retry-after")
    return next(found, b"")


def seconds_of(retry_after: bytes) -> float:
    """``Retry-After`` in seconds, whether it counts or names an instant; 0 where it is nonsense."""
    text = retry_after.decode("latin-1").strip()
    try:
        if text.isdigit():
            return min(float(text), LONGEST_WAIT)
        wait = parsedate_to_datetime(text).timestamp() - time.time()
    except (ValueError, TypeError, OverflowError):
        return 0.0
    return min(max(wait, 0.0), LONGEST_WAIT)


def host_and_port(origin: str) -> tuple[str, int]:
    parts = urlsplit(origin)
    return parts.hostname or "", parts.port or {"https": 443, "http": 80}[parts.scheme]
