"""The streams of a real server, over a real socket: score-updates as they happen."""

import socket
import threading

import httpx
import pytest

from tests.live.hall import Scorer, watching
from tests.live.talk import talking
from tests.servers.app import Server
from tests.world import EVENT, FIRST, SECOND

STREAM = f"/api/events/{EVENT}/stream"


def test_from_the_snapshot_through_every_point_to_a_good_bye(hall: Server) -> None:
    scorer = Scorer(hall)
    scorer.claim(FIRST)
    first = scorer.score(FIRST, 1, 0)
    with watching(hall) as spectator:
        event, seq, snapshot = spectator.next()
        assert event == "snapshot"
        assert snapshot["eventId"] == EVENT
        assert int(seq) == snapshot["seq"]
        assert snapshot["scores"] == [first]
        assert snapshot["claims"][0]["claimedByName"] == "Sam"
        posted = scorer.score(FIRST, 2, 0)
        event, seq, update = spectator.next()
        assert (event, int(seq)) == ("score-update", posted["seq"])
        assert update == posted
        scorer.claim(SECOND)
        event, _, claim = spectator.next()
        assert (event, claim["claimed"], claim["matchId"]) == ("claim-update", True, SECOND)
        heard: list[object] = []

        def read_on() -> None:
            heard.append(spectator.next())
            with pytest.raises(EOFError):
                spectator.next()
            heard.append("ended properly")

        reader = threading.Thread(target=read_on)
        reader.start()
        with talking(hall) as beside:
            beside.next("snapshot")
            hall.stop()
            assert beside.next("bye")["reason"] == "restart"
            assert beside.close_code() == 1012
        reader.join(3)
    [bye, ended] = heard
    assert bye[0] == "bye"  # type: ignore[index]
    assert bye[2]["reason"] == "restart"  # type: ignore[index]
    assert ended == "ended properly"
    assert "Traceback" not in hall.said()


def test_after_a_break_only_what_is_newer(shared_hall: Server) -> None:
    scorer = Scorer(shared_hall)
    scorer.claim(FIRST)
    scorer.claim(SECOND)
    seen = scorer.score(FIRST, 1, 0)["seq"]
    scorer.score(SECOND, 1, 0)
    scorer.score(SECOND, 2, 0)
    with watching(shared_hall, headers={"Last-Event-ID": str(seen)}) as spectator:
        event, _, update = spectator.next()
        assert (event, update["matchId"]) == ("score-update", SECOND)
        assert update["sets"][0]["team1Score"] == 2, "older states of a match may be skipped"
    with watching(shared_hall, params={"since": seen}) as spectator:
        assert spectator.next()[2] == update
    with watching(shared_hall, "/api/stream", params={"events": EVENT}) as spectator:
        event, last_id, snapshot = spectator.next()
        assert (event, last_id) == ("snapshot", f"{EVENT}:{snapshot['seq']}")
        posted = scorer.score(SECOND, 3, 0)
        assert spectator.next() == ("score-update", f"{EVENT}:{posted['seq']}", posted)
    resumed = {"Last-Event-ID": last_id}
    with watching(
        shared_hall, "/api/stream", params={"events": EVENT}, headers=resumed
    ) as spectator:
        assert spectator.next()[2] == posted
    for match_id in (FIRST, SECOND):
        scorer.web.delete(f"/api/events/{EVENT}/claims/{match_id}")


@pytest.mark.parametrize("narrowed", [{"matches": str(SECOND)}, {"courts": "-2"}])
def test_narrowed_to_one_match_or_court(shared_hall: Server, narrowed: dict[str, str]) -> None:
    scorer = Scorer(shared_hall)
    with watching(shared_hall, params=narrowed) as spectator:
        assert {one["matchId"] for one in spectator.next()[2]["scores"]} <= {SECOND}
        for match_id in (FIRST, SECOND):
            scorer.claim(match_id)
        assert spectator.next()[2]["matchId"] == SECOND
    for match_id in (FIRST, SECOND):
        scorer.web.delete(f"/api/events/{EVENT}/claims/{match_id}")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/events/nowhere/stream", 404),
        (f"{STREAM}?matches=one", 400),
        (f"{STREAM}?courts=1,,2", 400),
        (f"{STREAM}?matches={'9' * 30}", 400),
        (f"{STREAM}?since=99999999999999999999", 400),
        ("/api/stream", 400),
        ("/api/stream?events=,", 400),
        (f"/api/stream?events={EVENT},nowhere", 404),
        (f"/api/stream?events={EVENT}&since=12", 400),
        (f"/api/stream?events={','.join(map(str, range(21)))}", 400),
    ],
)
def test_a_stream_that_cannot_be_is_a_problem_document(
    shared_hall: Server, path: str, status: int
) -> None:
    answer = httpx.get(shared_hall.url + path)
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert answer.json()["status"] == status


@pytest.mark.parametrize(
    ("path", "seen"), [(STREAM, ""), (f"/api/stream?events={EVENT}", f"{EVENT}:")]
)
def test_a_number_of_thousands_of_digits_is_none(shared_hall: Server, path: str, seen: str) -> None:
    answer = httpx.get(shared_hall.url + path, headers={"Last-Event-ID": seen + "9" * 5000})
    assert answer.status_code == 400


def test_head_is_answered_without_a_stream(shared_hall: Server) -> None:
    answer = httpx.head(shared_hall.url + STREAM, timeout=5)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/event-stream")


@pytest.mark.parametrize("shared_hall", ["wire"], indirect=True)
def test_a_request_behind_an_endless_answer_ends_it(shared_hall: Server) -> None:
    host, port = shared_hall.url.removeprefix("http://").split(":")
    request = f"GET {STREAM} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode()
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        connection.sendall(request)
        got = b""
        while b"event: snapshot" not in got:
            got += connection.recv(65536)
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        connection.shutdown(socket.SHUT_WR)
        assert b"HTTP/1.1" not in rest_of(connection)


def rest_of(connection: socket.socket) -> bytes:
    got = b""
    try:
        while part := connection.recv(65536):
            got += part
    except ConnectionResetError:
        pass
    return got
