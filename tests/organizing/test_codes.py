"""Court codes: what they open, what they do not, and how they end."""

import re
from collections.abc import Callable

import pytest
from sqlmodel import col, select

from courtsync_web.accounts.belongings import everything_about
from courtsync_web.accounts.models import User
from courtsync_web.accounts.tokens import Keys
from courtsync_web.clock import now_ms
from courtsync_web.db import Database
from courtsync_web.events.models import Match
from courtsync_web.organizing import codes, links, standing
from courtsync_web.organizing.models import CourtCode, CourtSignIn
from courtsync_web.web.discreet import masked
from tests.organizing.conftest import DESK, OTHER_EVENT, Caller, code_of
from tests.small_house import KEYS
from tests.world import EVENT, FIRST, OWNER, SECOND

CODES = f"/api/events/{EVENT}/court-codes"
DAY = 86_400_000


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Moves the clock by which codes are judged."""

    def move(now: int) -> None:
        monkeypatch.setattr(codes, "now_ms", lambda: now)
        monkeypatch.setattr("courtsync_web.accounts.signed_in.now_ms", lambda: now)
        monkeypatch.setattr("courtsync_web.accounts.api.now_ms", lambda: now)

    return move


async def test_a_code_signs_a_volunteer_in_for_its_court(desk: Caller, volunteer: Caller) -> None:
    made = await desk.make_code()
    assert made["link"] == f"http://courtsync.test/c/{made['code']}"
    assert made["courtName"] == "Court 1"
    answer = await volunteer.scan(made["code"], " Robin ")
    assert answer.status_code == 201
    assert answer.headers["cache-control"] == "no-store"
    assert answer.json()["user"]["displayName"] == "Robin"
    assert answer.json()["user"]["email"] is None
    assert len(answer.headers.get_list("set-cookie")) == 2
    assert (await volunteer.claim(FIRST)).status_code == 201
    score = (await volunteer.score(FIRST, 1)).json()
    assert (score["provenance"], score["lastUpdatedBy"]) == ("official", "Robin")


async def test_the_same_code_lets_in_many_each_under_their_own_name(
    desk: Caller, volunteer: Caller
) -> None:
    code = (await desk.make_code())["code"]
    other = Caller(desk.web)
    await volunteer.scan(code, "Robin")
    await other.scan(code, "Kim")
    assert volunteer.person_id != other.person_id
    await volunteer.claim(FIRST)
    refused = await other.claim(FIRST)
    assert code_of(refused) == (409, "claimed-by-other")


async def test_it_is_good_for_no_other_court_event_or_deed(
    desk: Caller, volunteer: Caller, alex: Caller
) -> None:
    await volunteer.scan((await desk.make_code())["code"])
    attempts = [
        await volunteer.claim(SECOND),
        await volunteer.score(SECOND, 1),
        await volunteer.ask("POST", f"/api/events/{EVENT}/claims/{SECOND}/takeover", {}),
    ]
    assert [code_of(one)[0] for one in attempts] == [403, 403, 403]
    assert code_of(attempts[0]) == code_of(attempts[2]) == (403, "outside-court")
    assert (await volunteer.ask("POST", "/api/events", {"eventId": "mine"})).status_code == 403
    for path, body in (
        (f"/api/events/{EVENT}/members", {"role": "coach"}),
        (CODES, {"courtId": -1}),
    ):
        assert code_of(await volunteer.ask("POST", path, body)) == (403, "not-organizer")
        assert code_of(await volunteer.ask("GET", path)) == (403, "not-organizer")
    change = await volunteer.ask("PATCH", f"/api/events/{EVENT}", {"scoringPolicy": "open"})
    assert code_of(change) == (403, "not-organizer")
    await desk.add("scorer", "x@example.org")
    invited = (await desk.add("organizer")).json()["invitation"]["link"].rpartition("/")[2]
    accept = await volunteer.ask("POST", "/api/invitations/accept", {"code": invited})
    assert code_of(accept) == (403, "account-needed")


async def test_it_opens_no_other_event_even_an_open_one(
    desk: Caller, volunteer: Caller, alex: Caller, db: Database
) -> None:
    async with db.write() as tx:
        twin = (await tx.session.exec(select(Match).where(col(Match.match_id) == FIRST))).one()
        tx.session.add(Match(**twin.model_dump() | {"event_id": OTHER_EVENT}))
    await volunteer.scan((await desk.make_code())["code"])
    assert code_of(await volunteer.claim(FIRST, OTHER_EVENT)) == (403, "outside-court")
    guest = Caller(desk.web)
    await guest.enter("/api/auth/guest", {"displayName": "Gus"})
    assert (await guest.claim(FIRST, OTHER_EVENT)).status_code == 201, "open to anyone else"


async def test_a_match_that_moves_away_takes_its_scorers_rights_with_it(
    desk: Caller, volunteer: Caller, db: Database
) -> None:
    await volunteer.scan((await desk.make_code())["code"])
    await volunteer.claim(FIRST)
    await volunteer.score(FIRST, 1)
    async with db.write() as tx:
        match = (await tx.session.exec(select(Match).where(col(Match.match_id) == FIRST))).one()
        match.court_id = -2
        tx.session.add(match)
    assert code_of(await volunteer.score(FIRST, 2)) == (403, "outside-court")
    assert code_of(await volunteer.claim(FIRST)) == (403, "outside-court")


async def test_revoking_ends_sign_ins_and_claims_at_once(
    desk: Caller, volunteer: Caller, db: Database
) -> None:
    made = await desk.make_code()
    entered = await volunteer.scan(made["code"])
    await volunteer.claim(FIRST)
    await volunteer.score(FIRST, 7)
    assert (await desk.ask("DELETE", f"{CODES}/{made['id']}")).status_code == 204
    assert (await desk.ask("DELETE", f"{CODES}/{made['id']}")).status_code == 204, "no error"
    assert code_of(await volunteer.score(FIRST, 8)) == (401, "session-ended")
    assert code_of(await volunteer.scan(made["code"])) == (410, "code-revoked")
    bearer = {"Authorization": f"Bearer {entered.json()['refreshToken']}"}
    refreshed = await desk.web.post("/api/auth/refresh", headers=bearer)
    assert code_of(refreshed) == (401, "session-ended")
    claim = (await desk.ask("GET", f"/api/events/{EVENT}/claims/{FIRST}")).json()
    assert not claim["claimed"]
    score = (await desk.ask("GET", f"/api/events/{EVENT}/scores/{FIRST}")).json()
    assert score["sets"][0]["team1Score"] == 7, "what was scored stays"


async def test_a_code_ends_in_time_and_its_sign_ins_with_it(
    desk: Caller, volunteer: Caller, at: Callable[[int], None]
) -> None:
    soon = now_ms() + 60_000
    made = await desk.make_code(expiresAt=soon)
    entered = await volunteer.scan(made["code"])
    mine = f"/api/events/{EVENT}/conflicts"
    assert (await volunteer.ask("GET", mine)).status_code == 200
    at(soon)
    assert code_of(await volunteer.ask("GET", mine)) == (401, "session-ended")
    bearer = {"Authorization": f"Bearer {entered.json()['refreshToken']}"}
    refreshed = await desk.web.post("/api/auth/refresh", headers=bearer)
    assert code_of(refreshed) == (401, "session-ended")
    assert code_of(await Caller(desk.web).scan(made["code"])) == (410, "code-expired")


async def test_by_default_it_ends_a_day_after_the_event_or_after_today(desk: Caller) -> None:
    before = now_ms()
    made = await desk.make_code()
    a_day_after_the_event = 1_770_098_400_000  # 2026-02-03T00:00 in Chicago
    expected = max(a_day_after_the_event, before + DAY)
    assert expected <= made["expiresAt"] <= expected + 60_000


@pytest.mark.parametrize(
    ("entry", "status"),
    [
        ({"courtId": -3}, 422),
        ({"courtId": -1, "expiresAt": 1}, 422),
        ({"courtId": -1, "expiresAt": 2**53}, 422),
        ({"courtId": "first"}, 400),
        ({}, 400),
        ({"courtId": -1, "code": "0" * 26}, 400),
    ],
)
async def test_codes_that_cannot_be(desk: Caller, entry: dict[str, object], status: int) -> None:
    assert (await desk.ask("POST", CODES, entry)).status_code == status


async def test_the_organizer_sees_who_came_when_and_how_much_they_scored(
    desk: Caller, volunteer: Caller
) -> None:
    made = await desk.make_code()
    second = await desk.make_code(-2)
    await volunteer.scan(made["code"], "Robin")
    await volunteer.claim(FIRST)
    for points in (1, 2, 3):
        await volunteer.score(FIRST, points)
    await Caller(desk.web).scan(made["code"], "Kim")
    listed = (await desk.ask("GET", CODES)).json()
    assert [(one["courtName"], one["id"]) for one in listed] == [
        ("Court 1", made["id"]),
        ("Court 2", second["id"]),
    ]
    by_name = {scan["name"]: scan for scan in listed[0]["scans"]}
    assert by_name["Robin"]["updates"] == 3
    assert by_name["Kim"]["updates"] == 0
    assert by_name["Robin"]["at"] >= made["createdAt"]
    assert listed[1]["scans"] == []


async def test_another_events_organizer_neither_sees_nor_revokes_it(
    desk: Caller, alex: Caller
) -> None:
    made = await desk.make_code()
    assert code_of(await alex.ask("GET", CODES)) == (403, "not-organizer")
    assert code_of(await alex.ask("DELETE", f"{CODES}/{made['id']}")) == (403, "not-organizer")
    through_own = await alex.ask("DELETE", f"/api/events/{OTHER_EVENT}/court-codes/{made['id']}")
    assert code_of(through_own) == (404, "not-found")
    foreign_court = {"courtId": -1}
    other = await alex.ask("POST", f"/api/events/{OTHER_EVENT}/court-codes", foreign_court)
    assert code_of(other) == (422, "validation"), "a court of its own"


async def test_who_makes_an_account_leaves_the_court_behind(
    desk: Caller, volunteer: Caller
) -> None:
    await desk.policy("codes")
    await volunteer.scan((await desk.make_code())["code"])
    entry = {"email": "robin@example.org", "password": "correct horse"}
    assert (await volunteer.enter("/api/auth/register", entry)).status_code == 201
    assert code_of(await volunteer.claim(FIRST)) == (403, "not-a-scorer")


async def test_a_private_event_is_open_to_whoever_holds_its_code(
    desk: Caller, volunteer: Caller
) -> None:
    await desk.ask("PATCH", f"/api/events/{EVENT}", {"visibility": "private"})
    await volunteer.scan((await desk.make_code())["code"])
    assert (await volunteer.ask("GET", f"/api/events/{EVENT}")).status_code == 200
    assert (await volunteer.claim(FIRST)).status_code == 201


@pytest.mark.parametrize("typed", ["", "0" * 26, "0" * 64, "../../etc/passwd", "ü" * 26, "\0" * 26])
async def test_a_guessed_code_opens_nothing(desk: Caller, volunteer: Caller, typed: str) -> None:
    await desk.make_code()
    assert code_of(await volunteer.scan(typed)) == (404, "not-found")


async def test_an_invitations_code_is_no_court_code_nor_the_other_way_round(
    desk: Caller, volunteer: Caller, pat: Caller
) -> None:
    court = (await desk.make_code())["code"]
    invited = (await desk.add("coach")).json()["invitation"]["link"].rpartition("/")[2]
    assert code_of(await volunteer.scan(invited)) == (404, "not-found")
    accepted = await pat.ask("POST", "/api/invitations/accept", {"code": court})
    assert code_of(accepted) == (404, "not-found")


async def test_the_name_is_checked_like_any_name(desk: Caller, volunteer: Caller) -> None:
    code = (await desk.make_code())["code"]
    refused = await volunteer.scan(code, "\u202e")
    assert code_of(refused) == (422, "validation")
    assert refused.json()["errors"][0]["pointer"] == "/displayName"


async def test_the_database_holds_no_code(desk: Caller, db: Database) -> None:
    made = await desk.make_code()
    async with db.read() as session:
        [row] = (await session.exec(select(CourtCode))).all()
    assert made["code"] not in str(row.model_dump())
    assert row.code_hash == links.hash_of(made["code"])


async def test_a_code_outlives_the_key_it_came_from(
    desk: Caller, volunteer: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = await desk.make_code()
    former, _ = KEYS.newest
    for key_id, secret in Keys.of(b"a newer key of the tests, long enough too").by_id.items():
        monkeypatch.setitem(KEYS.by_id, key_id, secret)
    monkeypatch.delitem(KEYS.by_id, former)
    assert (await volunteer.scan(made["code"])).status_code == 201, "the sheet on the wall"
    await desk.sign_in(DESK)
    [listed] = (await desk.ask("GET", CODES)).json()
    assert (listed["code"], listed["link"]) == (None, None), "it cannot be shown any more"
    assert listed["revokedAt"] is None


async def test_what_is_held_about_a_volunteer_tells_whose_code_was_scanned(
    desk: Caller, volunteer: Caller, db: Database
) -> None:
    await volunteer.scan((await desk.make_code())["code"])
    async with db.read() as session:
        user = await session.get(User, volunteer.person_id)
        assert user is not None
        [scanned] = (await everything_about(session, user))["courtSignIns"]
    assert (scanned["eventId"], scanned["courtId"]) == (EVENT, -1)


def test_a_code_is_130_bits_in_letters_nobody_mistakes() -> None:
    code = links.code_for(KEYS, KEYS.newest[0], links.Door.COURT, "0" * 32)
    assert code is not None
    assert re.fullmatch(r"[0-9a-hjkmnp-tv-z]{26}", code)
    assert links.read_code(links.for_reading(code)) == code
    misread = code.upper().replace("1", "I").replace("0", "O")
    assert links.read_code(misread) == code
    others = {links.code_for(KEYS, KEYS.newest[0], links.Door.COURT, str(n)) for n in range(99)}
    assert len(others | {code}) == 100


async def test_a_claim_that_no_device_may_hold_any_more_is_nobodys(
    desk: Caller, volunteer: Caller, db: Database
) -> None:
    """The sign-in is limited by its row alone: without roles, and never by what was asked."""
    await volunteer.scan((await desk.make_code())["code"])
    async with db.read() as session:
        [row] = (await session.exec(select(CourtSignIn))).all()
        [person] = await standing.signed_in(
            session, now_ms(), col(CourtSignIn.session_id) == row.session_id
        )
    assert person.court is not None
    assert (person.court.event_id, person.court.court_id) == (EVENT, -1)
    assert person.roles == {}
    assert person.id != OWNER.id


async def test_no_log_tells_a_link(desk: Caller) -> None:
    code = (await desk.make_code())["code"]
    invited = (await desk.add("coach")).json()["invitation"]["link"]
    for address in (f"/c/{code}", f"/C/{links.for_reading(code).upper()}", invited):
        assert address.rpartition("/")[2] not in masked(f"unhandled error in request 7 {address}")
