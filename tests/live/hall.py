"""People at a real server: who scores, and who watches over Server-Sent Events."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from courtsync_web.db import Database
from courtsync_web.migrate import migrate
from tests.servers.app import Server, start_server
from tests.world import EVENT, build_world

HOW = {"wire": "courtsync_web", "asgi": "tests.live.plain"}
"""Streams beneath ASGI, as we serve; and through it, as any other server would."""


def open_hall(folder: Path, how: str, **event: Any) -> Server:
    """A running server that knows the small world."""
    data_dir = folder / "data"
    url = f"sqlite:///{data_dir / 'courtsync.db'}"
    migrate(url)

    async def build() -> None:
        db = Database(url)
        await build_world(db, **event)
        await db.close()

    asyncio.run(build())
    return start_server(data_dir, module=HOW[how])


class Scorer:
    """A guest at the scorer's table."""

    def __init__(self, server: Server, name: str = "Sam") -> None:
        no_line_kept = httpx.Limits(max_keepalive_connections=0)  # nobody closes it
        self.web = httpx.Client(base_url=server.url, limits=no_line_kept)
        answer = self.web.post("/api/auth/guest", json={"displayName": name}).json()
        self.web.cookies.clear()
        self.token = answer["token"]
        self.id = answer["user"]["id"]
        self.web.headers["Authorization"] = f"Bearer {self.token}"

    def claim(self, match_id: int) -> None:
        assert self.web.post(f"/api/events/{EVENT}/claims/{match_id}", json={}).status_code == 201

    def score(self, match_id: int, a: int, b: int) -> Any:
        answer = self.web.post(f"/api/events/{EVENT}/scores", json=score_body(match_id, a, b))
        assert answer.status_code in (200, 201), answer.text
        return answer.json()


def score_body(match_id: int, a: int, b: int) -> dict[str, Any]:
    """The first set stands a to b."""
    sets = [{"setNumber": 1, "team1Score": a, "team2Score": b}]
    return {"matchId": match_id, "status": "in-progress", "sets": sets, "action": "point"}


Message = tuple[str, str, Any]


class Spectator:
    """Reads a stream line by line: ``(event, id, document)``."""

    def __init__(self, lines: Iterator[str]) -> None:
        self.lines = lines

    def next(self) -> Message:
        """The next message that is more than a sign of life."""
        while True:
            fields = self._block()
            if "data" in fields and fields.get("event") != "beat":
                return fields["event"], fields.get("id", ""), json.loads(fields["data"])

    def _block(self) -> dict[str, str]:
        fields: dict[str, str] = {}
        for line in self.lines:
            if not line:
                return fields
            name, _, value = line.partition(": ")
            fields[name] = value
        raise EOFError("the stream ended")


@contextmanager
def watching(
    server: Server, path: str = f"/api/events/{EVENT}/stream", **options: Any
) -> Iterator[Spectator]:
    with httpx.stream("GET", server.url + path, timeout=10, **options) as answer:
        assert answer.status_code == 200, answer.read()
        assert answer.headers["content-type"].startswith("text/event-stream")
        assert "content-encoding" not in answer.headers
        yield Spectator(answer.iter_lines())
