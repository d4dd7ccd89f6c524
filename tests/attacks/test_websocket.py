"""Who means harm on a WebSocket, at a real server: as it serves, and through plain ASGI."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import httpx
import pytest
from websockets.exceptions import InvalidStatus

from courtsync_web.accounts.tokens import ACCESS_SECONDS, Keys, access_token
from courtsync_web.clock import now_ms
from courtsync_web.web.secrets import KEY_FILE, kept_secrets
from tests.live.hall import HOW, Scorer, open_hall, score_body
from tests.live.talk import talking
from tests.servers.app import Server
from tests.world import COACH, EVENT, FIRST, OWNER, SECOND

SIGNED_OUT, GONE, TOO_LARGE = 4401, 4404, 1009
CLAIM = f"/api/events/{EVENT}/claims"


@pytest.fixture(scope="module", params=HOW)
def hall(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """One hall for all; whoever changes the event changes it back."""
    server = open_hall(tmp_path_factory.mktemp("hall"), request.param)
    yield server
    server.stop()


@pytest.fixture
def owner(hall: Server) -> Iterator[httpx.Client]:
    """The organizer, who afterwards puts everything back as it was."""
    bearer = {"Authorization": f"Bearer {token_of(hall, OWNER.id)}"}
    with httpx.Client(base_url=hall.url, headers=bearer) as desk:
        yield desk
        open_again = {"visibility": "public", "scoringPolicy": "open"}
        assert desk.patch(f"/api/events/{EVENT}", json=open_again).is_success
        for match_id in (FIRST, SECOND):
            desk.delete(f"{CLAIM}/{match_id}")


@pytest.fixture
def scorer(hall: Server, owner: httpx.Client) -> Scorer:
    return Scorer(hall)


def token_of(hall: Server, person_id: str, seconds_left: float = ACCESS_SECONDS) -> str:
    """A sign-in of somebody in the small world, as if begun so long ago."""
    keys = Keys.of(*kept_secrets(hall.data_dir / KEY_FILE))
    session_id = f"{now_ms():032x}"
    began = now_ms() - int((ACCESS_SECONDS - seconds_left) * 1000)
    with closing(sqlite3.connect(hall.data_dir / "courtsync.db", timeout=10)) as db, db:
        db.execute(
            "INSERT INTO session (id, user_id, token_hash, created_at, used_at, device)"
            " VALUES (?, ?, 'x', ?, ?, '')",
            (session_id, person_id, now_ms(), now_ms()),
        )
    return access_token(keys, person_id=person_id, role="x", session_id=session_id, now=began)


@pytest.mark.parametrize(
    "origin",
    [
        "http://{}.evil.example", "http://evil.example#{}", "http://evil.example?{}",
        "http://evil@{}", "http://{}@evil.example", "null", "", "file://",
    ],
)  # fmt: skip
def test_no_spelling_of_an_origin_makes_another_site_ours(hall: Server, origin: str) -> None:
    host = hall.url.removeprefix("http://")
    foreign = {"Origin": origin.format(host)}
    with pytest.raises(InvalidStatus) as refused, talking(hall, headers=foreign):
        pass
    assert refused.value.response.status_code == 403


def test_who_signs_out_says_and_hears_nothing_more(hall: Server, scorer: Scorer) -> None:
    with talking(hall, scorer.token) as pad:
        assert pad.say(type="claim", matchId=FIRST)["outcome"] == "applied"
        assert scorer.web.post("/api/auth/logout").status_code == 204
        assert pad.say(type="score-update", **score_body(FIRST, 9, 9))["code"] == "session-ended"
        assert pad.close_code() == SIGNED_OUT
    assert httpx.get(f"{hall.url}/api/events/{EVENT}/scores/{FIRST}").status_code == 404


def test_an_erased_account_is_gone_here_too(hall: Server, scorer: Scorer) -> None:
    with talking(hall, scorer.token) as pad:
        assert scorer.web.delete("/api/me").status_code == 204
        assert pad.say(type="claim", matchId=FIRST)["code"] == "session-ended"
        assert pad.close_code() == SIGNED_OUT


def test_a_token_is_good_until_it_ends_and_not_a_message_longer(hall: Server) -> None:
    with talking(hall, token_of(hall, COACH.id, seconds_left=5)) as pad:
        assert pad.say(type="ping")["type"] == "pong"
        assert pad.close_code() == SIGNED_OUT
    with pytest.raises(InvalidStatus) as refused, talking(hall, token_of(hall, COACH.id, -1)):
        pass
    assert refused.value.response.status_code == 401


def test_a_private_event_is_nobodys_business_any_more(
    hall: Server, owner: httpx.Client, scorer: Scorer
) -> None:
    invited = owner.post(f"/api/events/{EVENT}/members", json={"role": "coach"}).json()
    coach = Scorer(hall, "Kim")
    account = {"email": f"{coach.id}@example.org", "password": "correct horse"}
    signed_in = coach.web.post("/api/auth/register", json=account).json()
    bearer = {"Authorization": f"Bearer {signed_in['token']}"}
    code = invited["invitation"]["link"].rpartition("/")[2]
    joined = httpx.post(f"{hall.url}/api/invitations/accept", json={"code": code}, headers=bearer)
    assert joined.is_success, joined.text
    with (
        talking(hall) as nobody,
        talking(hall, scorer.token) as stranger,
        talking(hall, signed_in["token"]) as member,
    ):
        owner.patch(f"/api/events/{EVENT}", json={"visibility": "private"}).raise_for_status()
        assert stranger.say(type="claim", matchId=FIRST)["code"] == "not-found"
        assert nobody.close_code() == stranger.close_code() == GONE
        assert member.say(type="ping")["type"] == "pong"
        withdrawn = owner.delete(f"/api/events/{EVENT}/members/{signed_in['user']['id']}")
        assert withdrawn.status_code == 204
        assert member.say(type="claim", matchId=FIRST)["code"] == "not-found"
        assert member.close_code() == GONE
    for first in ('{"type":"ping"}', "[", '{"type":"auth","token":"guess"}', '{"type":"auth"}'):
        with talking(hall) as nobody:
            nobody.socket.send(first)
            assert nobody.next()["type"] != "snapshot"
            assert nobody.close_code() == GONE


def test_a_courts_code_opens_no_other_court_and_ends_when_it_is_withdrawn(
    hall: Server, owner: httpx.Client
) -> None:
    codes = f"/api/events/{EVENT}/court-codes"
    code = owner.post(codes, json={"courtId": -1}).json()
    entry = {"code": code["code"], "displayName": "Kim"}
    came = httpx.post(f"{hall.url}/api/auth/court-code", json=entry).json()
    with talking(hall, came["token"]) as pad:
        assert pad.say(type="claim", matchId=SECOND)["code"] == "outside-court"
        assert pad.say(type="claim", matchId=FIRST)["outcome"] == "applied"
        assert owner.delete(f"{codes}/{code['id']}").status_code == 204
        assert pad.say(type="score-update", **score_body(FIRST, 1, 0))["code"] == "session-ended"
        assert pad.close_code() == SIGNED_OUT


def test_another_name_on_the_line_does_not_keep_the_first_ones_claim(
    hall: Server, scorer: Scorer
) -> None:
    other = Scorer(hall, "Kim")
    with talking(hall, scorer.token) as pad:
        assert pad.say(type="claim", matchId=FIRST)["outcome"] == "applied"
        assert pad.say(type="auth", token=other.token)["outcome"] == "signed-in"
        refused = pad.say(type="score-update", **score_body(FIRST, 1, 0))
        assert refused["code"] in ("claim-required", "claimed-by-other")
        assert pad.say(type="release", matchId=FIRST)["status"] == 403


@pytest.mark.parametrize(
    "message",
    [
        {"type": "claim", "matchId": FIRST, "eventId": "another"},
        {"type": "claim", "matchId": FIRST, "holderId": OWNER.id},
        {"type": "claim", "matchId": 2**70},
        {"type": "claim", "matchId": 4},
        {"type": "claim", "matchId": True},
        {"type": "score-update", **score_body(FIRST, 1, 0), "seq": 9},
        {"type": "score-update", **score_body(FIRST, -1, 100)},
        {"type": "score-update", "matchId": FIRST, "sets": [[]] * 1000, "status": "completed"},
        {"type": "snapshot"}, {"type": "__init__"}, {"type": None}, {"type": ["claim"]}, {},
        {"type": "auth", "token": "a.b.c"}, {"type": "auth", "token": ["x"]},
    ],
)  # fmt: skip
def test_what_does_not_belong_in_a_message_changes_nothing(
    hall: Server, scorer: Scorer, message: dict[str, Any]
) -> None:
    with talking(hall, scorer.token) as pad:
        said = pad.say(updateId="u", **message)
        assert (said["type"], said["updateId"]) == ("error", "u")
        assert said["status"] in (400, 401, 403, 404, 422)
        assert pad.say(type="ping")["type"] == "pong"
    assert scorer.web.get(f"{CLAIM}/{FIRST}").json()["claimed"] is False


def test_pieces_that_never_end_are_too_large_as_well(hall: Server) -> None:
    with talking(hall) as pad:
        pad.socket.send(["x" * 30_000] * 4)
        assert pad.close_code() == TOO_LARGE
    assert httpx.get(f"{hall.url}/healthz").status_code == 200
