"""The gate itself: what the other browser tests rely on."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from http import HTTPStatus

import httpx
import pytest
import pytest_asyncio

from tests.browser.gate import Gate


async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """A server that answers one request and keeps the connection open, as a stream would."""
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n: hello\n\n")
    with contextlib.suppress(ConnectionError):
        await reader.read()
    writer.close()


@pytest_asyncio.fixture(loop_scope="session")
async def gate() -> AsyncIterator[Gate]:
    """A gate before a server that streams, instead of the whole app."""
    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with Gate(f"http://127.0.0.1:{port}") as network:
        yield network
    server.close()


async def test_an_open_stream_is_reset_and_the_same_address_works_again(gate: Gate) -> None:
    async with httpx.AsyncClient() as client, client.stream("GET", gate.url) as stream:
        assert stream.status_code == HTTPStatus.OK
        body = stream.aiter_raw()
        assert await anext(body) == b": hello\n\n"
        await gate.cut()
        with pytest.raises(httpx.ReadError):
            await anext(body)

    async with httpx.AsyncClient() as client:
        with pytest.raises(httpx.ConnectError):
            await client.get(gate.url)

    await gate.restore()
    async with httpx.AsyncClient() as client, client.stream("GET", gate.url) as stream:
        assert stream.status_code == HTTPStatus.OK
