"""Connections that go where they were checked to go.

The name is looked up once, every address it has must be public, and the connection is made to
one of those addresses; TLS and ``Host`` keep the name. Between the check and the connection there
is no second look-up that could answer otherwise.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterable
from ipaddress import ip_address
from typing import Any

import httpcore

from courtsync_web.push.addresses import is_public

Resolve = Callable[[str, int], Awaitable[list[str]]]


class Forbidden(Exception):
    """A name leads to an address that is not posted to."""


async def resolved(host: str, port: int) -> list[str]:
    """All addresses of a name."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class PinnedBackend(httpcore.AsyncNetworkBackend):
    """Looks up, checks and connects. ``trusted``: ``(host, port)`` that may lie anywhere."""

    def __init__(self, trusted: frozenset[tuple[str, int]], resolve: Resolve = resolved) -> None:
        self._trusted = trusted
        self._resolve = resolve
        self._network = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109  # httpcore's own word
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        addresses = await self.checked(host, port)
        failure: Exception | None = None
        for address in addresses:
            try:
                return await self._network.connect_tcp(
                    address, port, timeout, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure or httpcore.ConnectError("the name has no address")

    async def checked(self, host: str, port: int) -> list[str]:
        """Addresses to connect to. Raises :class:`Forbidden` if any is not public."""
        if (host, port) not in self._trusted and is_literal(host):
            raise Forbidden("an address instead of a name")
        try:
            addresses = await self._resolve(host, port)
        except OSError as error:
            raise httpcore.ConnectError("the name is unknown") from error
        if (host, port) not in self._trusted and not all(map(is_public, addresses)):
            raise Forbidden("a name that leads to a private address")
        return addresses

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


def is_literal(host: str) -> bool:
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True
