"""A WebSocket tells the same as a stream, and takes scores and claims."""

import json
from collections.abc import Iterator
from contextlib import suppress

import httpx
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.live.hall import Scorer, score_body, watching
from tests.live.talk import talking
from tests.servers.app import Server
from tests.world import EVENT, FIRST, SECOND

UPDATE = "0b8f2b1e-7d1c-4c0e-9a55-0123456789ab"


@pytest.fixture
def scorer(shared_hall: Server) -> Iterator[Scorer]:
    someone = Scorer(shared_hall)
    yield someone
    for match_id in (FIRST, SECOND):
        someone.web.delete(f"/api/events/{EVENT}/claims/{match_id}")


def test_the_snapshot_and_then_what_happens(shared_hall: Server, scorer: Scorer) -> None:
    with talking(shared_hall) as spectator:
        snapshot = spectator.next()
        assert snapshot["type"] == "snapshot"
        assert {"eventId", "seq", "serverTime", "scores", "claims"} <= snapshot.keys()
        scorer.claim(FIRST)
        assert spectator.next()["type"] == "claim-update"
        posted = scorer.score(FIRST, 1, 0)
        assert spectator.next("score-update") == {"type": "score-update", **posted}
    with talking(shared_hall, path=f"/api/events/{EVENT}/ws?since={posted['seq'] - 1}") as back:
        assert back.next() == {"type": "score-update", **posted}


def test_claim_score_again_and_release(shared_hall: Server, scorer: Scorer) -> None:
    with talking(shared_hall, scorer.token) as pad, watching(shared_hall) as spectator:
        spectator.next()
        claimed = pad.say(type="claim", matchId=FIRST, updateId="c1")
        assert (claimed["type"], claimed["updateId"]) == ("ack", "c1")
        assert claimed["claim"]["claimedBy"] == scorer.id
        update = {"type": "score-update", "updateId": UPDATE, **score_body(FIRST, 3, 1)}
        first = pad.say(**update)
        assert (first["type"], first["outcome"], first["updateId"]) == ("ack", "applied", UPDATE)
        again = pad.say(**update)
        assert (again["type"], again["outcome"]) == ("ack", "duplicate")
        assert again["score"]["revision"] == first["score"]["revision"]
        while (heard := spectator.next())[0] != "score-update":
            pass
        assert heard[2] == first["score"]
        assert pad.say(type="release", matchId=FIRST)["outcome"] == "applied"
        refused = pad.say(type="score-update", updateId="x", **score_body(FIRST, 4, 1))
        assert refused["type"] == "error"


def test_what_cannot_be_is_an_error_and_the_talk_goes_on(
    shared_hall: Server, scorer: Scorer
) -> None:
    with talking(shared_hall, scorer.token) as pad:
        update = {"updateId": UPDATE[:-1] + "c"} | score_body(SECOND, 1, 0)
        unclaimed = pad.say(type="score-update", **update)
        assert (unclaimed["status"], unclaimed["code"]) == (403, "claim-required")
        assert unclaimed["updateId"] == update["updateId"]
        bad = pad.say(type="score-update", matchId="one", sets=[], status="in-progress")
        assert (bad["status"], bad["errors"][0]["pointer"]) == (400, "/matchId")
        assert pad.say(type="score-update", matchId=1, sets=[], status="over")["status"] == 400
        assert pad.say(type="dance")["code"] == "validation"
        assert pad.say(type="release", matchId=SECOND)["code"] == "claim-required"
        for text in ("", "[", "[]", "7", '{"type":7}', "[" * 10_000):
            pad.socket.send(text)
            assert pad.next("error")["status"] == 400
        pad.socket.send(b"\x00")
        assert pad.next("error")["status"] == 400
        assert pad.say(type="ping")["serverTime"] > 1_600_000_000_000


def test_who_is_nobody_signs_in_by_a_message(shared_hall: Server, scorer: Scorer) -> None:
    with talking(shared_hall) as pad:
        assert pad.next()["type"] == "snapshot"
        assert pad.say(type="claim", matchId=FIRST)["code"] == "sign-in-required"
        assert pad.say(type="auth", token="no good")["code"] == "token-invalid"
        assert pad.say(type="auth", token=scorer.token)["outcome"] == "signed-in"
        assert pad.say(type="claim", matchId=FIRST)["outcome"] == "applied"


def test_another_sites_page_is_refused_and_a_cookie_needs_an_origin(shared_hall: Server) -> None:
    with httpx.Client(base_url=shared_hall.url) as browser:
        browser.post("/api/auth/guest", json={"displayName": "Kim"})
        cookie = {"Cookie": "; ".join(f"{name}={value}" for name, value in browser.cookies.items())}
    for headers in ({"Origin": "https://elsewhere.example"}, cookie, {"Origin": "null"} | cookie):
        with pytest.raises(InvalidStatus) as refused, talking(shared_hall, headers=headers):
            pass
        assert refused.value.response.status_code == 403
        assert json.loads(refused.value.response.body)["code"] == "foreign-origin"
    with talking(shared_hall, headers=cookie | {"Origin": shared_hall.url}) as pad:
        assert pad.say(type="claim", matchId=FIRST)["outcome"] == "applied"
        assert pad.say(type="release", matchId=FIRST)["outcome"] == "applied"


@pytest.mark.parametrize(
    ("path", "status"), [("ws?matches=one", 400), ("ws?since=-1", 400), ("ws?courts=x", 400)]
)
def test_an_address_that_cannot_be_is_refused_before_the_handshake(
    shared_hall: Server, path: str, status: int
) -> None:
    with (
        pytest.raises(InvalidStatus) as refused,
        talking(shared_hall, path=f"/api/events/{EVENT}/{path}"),
    ):
        pass
    assert refused.value.response.status_code == status


def test_a_token_that_is_no_good_is_told_so(shared_hall: Server) -> None:
    with pytest.raises(InvalidStatus) as refused, talking(shared_hall, "nonsense"):
        pass
    assert refused.value.response.status_code == 401


def test_an_event_that_is_not_there_is_closed_with_4404(
    shared_hall: Server, scorer: Scorer
) -> None:
    with talking(shared_hall, scorer.token, path="/api/events/nowhere/ws") as pad:
        assert pad.next()["code"] == "not-found"
        assert pad.close_code() == 4404
    with talking(shared_hall, path="/api/events/nowhere/ws") as pad:
        assert pad.say(type="auth", token=scorer.token)["type"] == "ack"
        assert pad.close_code() == 4404


def test_too_large_and_too_many_messages_end_it(shared_hall: Server) -> None:
    with talking(shared_hall) as pad:
        pad.socket.send("x" * 70_000)
        assert pad.close_code() == 1009
    with talking(shared_hall) as pad:
        with suppress(ConnectionClosed):
            for _ in range(400):
                pad.socket.send('{"type":"ping"}')
        assert pad.close_code() == 4429


def test_scores_count_against_the_same_limit_as_single_calls(
    shared_hall: Server, scorer: Scorer
) -> None:
    scorer.claim(FIRST)
    with talking(shared_hall, scorer.token) as pad:
        for points in range(1, 25):  # all at once: a slow machine must not make room meanwhile
            update = {"type": "score-update", **score_body(FIRST, points, 0)}
            pad.socket.send(json.dumps(update))
        answers = [pad.next("ack", "error") for _ in range(1, 25)]
    refused = [one for one in answers if one["type"] == "error"]
    assert refused
    assert refused[0]["code"] == "rate-limited"
    assert refused[0]["retryAfter"] >= 1
    answer = scorer.web.post(f"/api/events/{EVENT}/scores", json=score_body(FIRST, 16, 0))
    assert int(answer.headers["x-ratelimit-remaining"]) < 9
