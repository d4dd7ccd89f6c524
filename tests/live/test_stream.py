"""The stream of a real server, over a real socket: score-updates as they happen."""

import asyncio
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from courtsync_web.db import Database
from courtsync_web.migrate import migrate
from tests.servers.app import Server, start_server
from tests.world import EVENT, FIRST, SECOND, build_world


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Server]:
    """A running server that knows the small world."""
    data_dir = tmp_path / "data"
    url = f"sqlite:///{data_dir / 'courtsync.db'}"
    migrate(url)

    async def build() -> None:
        db = Database(url)
        await build_world(db)
        await db.close()

    asyncio.run(build())
    server = start_server(data_dir, cwd=tmp_path)
    yield server
    if server.process.poll() is None:
        server.stop()


class Scorer:
    """A guest at the scorer's table."""

    def __init__(self, server: Server) -> None:
        self.web = httpx.Client(base_url=server.url)
        answer = self.web.post("/api/auth/guest", json={"displayName": "Sam"}).json()
        self.web.cookies.clear()
        self.web.headers["Authorization"] = f"Bearer {answer['token']}"

    def claim(self, match_id: int) -> None:
        assert self.web.post(f"/api/events/{EVENT}/claims/{match_id}", json={}).status_code == 201

    def score(self, match_id: int, a: int, b: int) -> Any:
        sets = [{"setNumber": 1, "team1Score": a, "team2Score": b}]
        body = {"matchId": match_id, "status": "in-progress", "sets": sets, "action": "point"}
        answer = self.web.post(f"/api/events/{EVENT}/scores", json=body)
        assert answer.status_code in (200, 201), answer.text
        return answer.json()


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
                return fields["event"], fields["id"], json.loads(fields["data"])

    def _block(self) -> dict[str, str]:
        fields: dict[str, str] = {}
        for line in self.lines:
            if not line:
                return fields
            name, _, value = line.partition(": ")
            fields[name] = value
        raise EOFError("the stream ended")


@contextmanager
def watching(server: Server, **options: Any) -> Iterator[Spectator]:
    url = f"{server.url}/api/events/{EVENT}/stream"
    with httpx.stream("GET", url, timeout=10, **options) as answer:
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/event-stream")
        assert "content-encoding" not in answer.headers
        yield Spectator(answer.iter_lines())


def test_a_spectator_gets_the_snapshot_and_then_every_point(hall: Server) -> None:
    scorer = Scorer(hall)
    scorer.claim(FIRST)
    scorer.score(FIRST, 1, 0)
    with watching(hall) as spectator:
        event, seq, snapshot = spectator.next()
        assert event == "snapshot"
        assert snapshot["eventId"] == EVENT
        assert int(seq) == snapshot["seq"]
        assert [score["matchId"] for score in snapshot["scores"]] == [FIRST]
        assert snapshot["claims"][0]["claimedByName"] == "Sam"
        posted = scorer.score(FIRST, 2, 0)
        event, seq, update = spectator.next()
        assert (event, int(seq)) == ("score-update", posted["seq"])
        assert update == posted


def test_a_claim_is_told_too(hall: Server) -> None:
    scorer = Scorer(hall)
    with watching(hall) as spectator:
        spectator.next()
        scorer.claim(FIRST)
        event, _, claim = spectator.next()
        assert event == "claim-update"
        assert claim["claimed"]
        assert claim["claimedByName"] == "Sam"


def test_after_a_break_only_what_is_newer(hall: Server) -> None:
    scorer = Scorer(hall)
    scorer.claim(FIRST)
    scorer.claim(SECOND)
    seen = scorer.score(FIRST, 1, 0)["seq"]
    scorer.score(SECOND, 1, 0)
    scorer.score(SECOND, 2, 0)
    with watching(hall, headers={"Last-Event-ID": str(seen)}) as spectator:
        event, _, update = spectator.next()
        assert (event, update["matchId"]) == ("score-update", SECOND)
        assert update["sets"][0]["team1Score"] == 2, "older states of a match may be skipped"
    with watching(hall, params={"since": seen}) as spectator:
        assert spectator.next()[2] == update


def test_narrowed_to_one_match(hall: Server) -> None:
    scorer = Scorer(hall)
    with watching(hall, params={"matches": str(SECOND)}) as spectator:
        spectator.next()
        for match_id in (FIRST, SECOND):
            scorer.claim(match_id)
        _, _, claim = spectator.next()
        assert claim["matchId"] == SECOND


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/events/nowhere/stream", 404),
        (f"/api/events/{EVENT}/stream?matches=one", 400),
        (f"/api/events/{EVENT}/stream?since=99999999999999999999", 400),
    ],
)
def test_a_stream_that_cannot_be_is_a_problem_document(
    hall: Server, path: str, status: int
) -> None:
    answer = httpx.get(hall.url + path)
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert answer.json()["status"] == status


def test_shutdown_ends_every_stream_at_once(hall: Server) -> None:
    with watching(hall) as spectator:
        spectator.next()
        ended = threading.Event()

        def read_on() -> None:
            with pytest.raises(EOFError):
                spectator.next()
            ended.set()

        reader = threading.Thread(target=read_on)
        reader.start()
        hall.stop()
        assert ended.wait(3)
        reader.join()
    assert "Traceback" not in hall.said()
