"""A scorer whose calls cost this process next to nothing: bytes on a kept connection."""

import asyncio
import json
import time
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlsplit
from uuid import uuid4


@dataclass
class Caller:
    """One scorer with one match and one connection."""

    event_id: str
    match_id: int
    token: str
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    points: int = 0
    made: int = 0

    @classmethod
    async def connected(cls, url: str, token: str, event_id: str, match_id: int) -> Self:
        """A caller with an open connection."""
        place = urlsplit(url)
        reader, writer = await asyncio.open_connection(place.hostname, place.port)
        return cls(event_id, match_id, token, reader, writer)

    async def post(self, body: bytes, *, batch: bool) -> None:
        """One call, answered; anything but success is an error."""
        path = "/api/sync" if batch else f"/api/events/{self.event_id}/scores"
        head = (
            f"POST {path} HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\n"
            f"Authorization: Bearer {self.token}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        self.writer.write(head.encode() + body)
        answer = await self.reader.readuntil(b"\r\n\r\n")
        length = int(answer.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
        told = await self.reader.readexactly(length)
        if answer[9:12] not in (b"200", b"201") or b'"outcome":"rejected"' in told:
            raise AssertionError(f"{answer.decode()}{told[:400].decode()}")

    def close(self) -> None:
        self.writer.close()


def document(caller: Caller) -> dict[str, Any]:
    """The score after one more point; sets begin anew where a real one would end."""
    caller.points = caller.points % 24 + 1
    return {
        "matchId": caller.match_id,
        "status": "in-progress",
        "sets": [{"setNumber": 1, "team1Score": caller.points, "team2Score": 0}],
        "action": "point",
        "team": 1,
    }


def score_body(caller: Caller) -> bytes:
    """One ``POST …/scores``, with an id as phones send it."""
    return json.dumps(document(caller) | {"updateId": str(uuid4())}).encode()


def sync_body(caller: Caller, updates: int) -> bytes:
    """One ``POST /api/sync`` of so many updates in the device's order."""
    now = int(time.time() * 1000)
    ops = []
    for _ in range(updates):
        caller.made += 1
        ops.append(
            document(caller)
            | {
                "id": str(uuid4()),
                "deviceSeq": caller.made,
                "kind": "score",
                "eventId": caller.event_id,
                "lastUpdated": now,
            }
        )
    body = {"deviceId": f"bench-{-caller.match_id}", "sentAt": now, "ops": ops}
    return json.dumps(body).encode()
