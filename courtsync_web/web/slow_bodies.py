"""A body arrives in time, or not at all: nobody holds a request open by sending it drop by drop.

Only the body is timed. What follows it (a stream waits there for its reader to leave) is not.
"""

import asyncio

from litestar.enums import ScopeType
from litestar.exceptions import HTTPException
from litestar.types import ASGIApp, Receive, ReceiveMessage, Scope, Send

SECONDS = 120.0
"""For a whole body: ten megabytes of a schedule over a hall's worst network."""


class BodyInTime:
    """ASGI around ASGI. Raises 408 inside the application when a body takes too long."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await self.app(scope, receive, send)
            return
        until = asyncio.get_running_loop().time() + SECONDS
        arriving = True

        async def in_time() -> ReceiveMessage:
            nonlocal arriving
            if not arriving:
                return await receive()
            try:
                async with asyncio.timeout_at(until):
                    message = await receive()
            except TimeoutError:
                raise HTTPException(
                    status_code=408, detail="This took too long to arrive."
                ) from None
            arriving = message["type"] == "http.request" and message.get("more_body", False)
            return message

        await self.app(scope, in_time, send)
