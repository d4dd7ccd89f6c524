"""The app's lifespan in a task of its own.

A fixture's two halves run in two tasks; what the lifespan opens (task groups) must be closed
by the task that opened it.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from litestar import Litestar


@asynccontextmanager
async def living(app: Litestar) -> AsyncIterator[Litestar]:
    """The app, started; stopped in order on leaving."""
    started, over = asyncio.Event(), asyncio.Event()

    async def live() -> None:
        async with app.lifespan():
            started.set()
            await over.wait()

    life = asyncio.create_task(live())
    is_up = asyncio.create_task(started.wait())
    await asyncio.wait((life, is_up), return_when=asyncio.FIRST_COMPLETED)
    if life.done():  # it failed to start: say why
        is_up.cancel()
        await life
    yield app
    over.set()
    await life
