"""CourtSync as it serves, with a feed that says what is posted: the fan-out and no database."""

import asyncio
import sys
from pathlib import Path
from typing import Any, cast

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Receive, Scope, Send

from courtsync_web.app import create_app
from courtsync_web.live.feed import Change, News, Wish
from courtsync_web.migrate import prepare
from courtsync_web.serve import Server, listening
from courtsync_web.settings import Settings
from tests.bench.fanout.limits import raise_open_files
from tests.world import EVENT, build_world


class PostedFeed:
    """The newest of what was posted, by match."""

    def __init__(self) -> None:
        self.seq = 0
        self.latest: dict[int, Change] = {}

    def post(self, match_id: int, document: bytes) -> None:
        self.seq += 1
        self.latest[match_id] = Change(self.seq, "score-update", match_id, document)

    async def news(self, event_id: str, since: int) -> News:
        changes = [change for change in self.latest.values() if change.seq > since]
        return News(self.seq, sorted(changes, key=lambda change: change.seq))

    async def snapshot(self, event_id: str, wish: Wish) -> tuple[int, bytes]:
        return self.seq, b'{"eventId":"lakeside","seq":%d,"scores":[],"claims":[]}' % self.seq


class Posting:
    """ASGI before ours: ``POST /publish?<match>`` takes a document."""

    def __init__(self, app: ASGIApp, feed: PostedFeed, ring: Any) -> None:
        self.app, self.feed, self.ring = app, feed, ring

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP or scope["path"] != "/publish":
            await self.app(scope, receive, send)
            return
        body, more = b"", True
        while more:
            message = cast(Any, await receive())
            body, more = body + message.get("body", b""), message.get("more_body", False)
        self.feed.post(int(scope["query_string"]), body)
        self.ring(EVENT, self.feed.seq)
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b"", "more_body": False})


def main(port: int, folder: Path) -> None:
    raise_open_files()
    settings = Settings(_env_file=None, data_dir=folder, limits="off")
    prepare(settings.effective_database_url)
    door = listening("127.0.0.1", port)
    app = create_app(settings)
    feed = app.state.hub.feed = PostedFeed()
    app.asgi_handler = Posting(app.asgi_handler, feed, app.state.bus.ring)
    server = Server(app, "127.0.0.1", port, settings)

    async def build() -> None:
        await build_world(app.state.db)
        await app.state.db.close()

    asyncio.run(build())
    server.run(sockets=[door])


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
