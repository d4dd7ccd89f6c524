"""Who may keep score: open, members, codes; and what becomes of claims when that changes."""

import pytest

from courtsync_web.clock import now_ms
from courtsync_web.scoring import actions, claims
from tests.organizing.conftest import PAT, Caller, code_of
from tests.world import EVENT, FIRST, SECOND


async def is_claimed(caller: Caller, match_id: int = FIRST) -> bool:
    answer = await caller.ask("GET", f"/api/events/{EVENT}/claims/{match_id}")
    claimed: bool = answer.json()["claimed"]
    return claimed


@pytest.mark.parametrize("role", ["scorer", "coach", "media", "organizer"])
async def test_under_members_every_member_scores_and_others_do_not(
    desk: Caller, pat: Caller, guest: Caller, role: str
) -> None:
    await desk.policy("members")
    assert code_of(await guest.claim(FIRST)) == (403, "not-a-scorer")
    assert code_of(await pat.claim(FIRST)) == (403, "not-a-scorer")
    takeover = await pat.ask("POST", f"/api/events/{EVENT}/claims/{FIRST}/takeover", {})
    assert code_of(takeover) == (403, "not-a-scorer")
    await desk.add(role, PAT)
    assert (await pat.claim(FIRST)).status_code == 201
    assert (await pat.score(FIRST, 1)).status_code == 201


async def test_under_codes_only_a_court_code_and_the_organizer_score(
    desk: Caller, pat: Caller, guest: Caller, volunteer: Caller
) -> None:
    await desk.policy("codes")
    await desk.add("scorer", PAT)
    for caller in (guest, pat):
        assert code_of(await caller.claim(FIRST)) == (403, "not-a-scorer")
    await volunteer.scan((await desk.make_code())["code"])
    assert (await volunteer.claim(FIRST)).status_code == 201
    assert (await desk.claim(SECOND)).status_code == 201


async def test_a_stricter_policy_ends_claims_and_keeps_scores(
    desk: Caller, pat: Caller, guest: Caller
) -> None:
    await desk.add("scorer", PAT)
    await guest.claim(FIRST)
    await guest.score(FIRST, 4)
    await pat.claim(SECOND)
    await desk.policy("members")
    assert not await is_claimed(desk, FIRST)
    assert await is_claimed(desk, SECOND), "a member goes on"
    assert code_of(await guest.score(FIRST, 5)) == (403, "claim-required")
    score = (await desk.ask("GET", f"/api/events/{EVENT}/scores/{FIRST}")).json()
    assert score["sets"][0]["team1Score"] == 4


async def test_a_score_made_before_the_claim_ended_still_counts(
    desk: Caller, guest: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    await guest.claim(FIRST)
    made_at = now_ms()
    later = made_at + 60_000
    for module in (claims, actions):
        monkeypatch.setattr(module, "now_ms", lambda: later)
    await desk.policy("members")
    answer = await guest.score(FIRST, 2, lastUpdated=made_at)
    assert answer.status_code == 201, answer.text


async def test_who_is_let_go_loses_the_claim_and_a_wish_to_take_over(
    desk: Caller, pat: Caller
) -> None:
    await desk.policy("members")
    await desk.add("scorer", PAT)
    await pat.claim(FIRST)
    await desk.claim(SECOND)
    asked = await pat.ask("POST", f"/api/events/{EVENT}/claims/{SECOND}/takeover", {})
    assert asked.status_code == 202
    await desk.ask("DELETE", f"/api/events/{EVENT}/members/{pat.person_id}")
    assert not await is_claimed(desk, FIRST)
    claim = (await desk.ask("GET", f"/api/events/{EVENT}/claims/{SECOND}")).json()
    assert claim["claimedBy"] == desk.person_id
    assert claim["takeover"] is None


async def test_a_looser_policy_ends_nothing(desk: Caller, pat: Caller) -> None:
    await desk.policy("members")
    await desk.add("scorer", PAT)
    await pat.claim(FIRST)
    await desk.policy("open")
    assert await is_claimed(desk)


@pytest.mark.parametrize(
    ("role", "trusted_as"),
    [("scorer", "official"), ("organizer", "official"), ("coach", "team"), ("media", "fan")],
)
async def test_how_far_a_members_score_is_trusted(
    desk: Caller, pat: Caller, role: str, trusted_as: str
) -> None:
    await desk.add(role, PAT)
    await pat.claim(FIRST)
    assert (await pat.score(FIRST, 1)).json()["provenance"] == trusted_as


async def test_settings_change_what_is_named_and_nothing_else(desk: Caller) -> None:
    event = f"/api/events/{EVENT}"
    before = (await desk.ask("GET", event)).json()
    change = {"name": " Lakeside 2026 ", "location": "Hall 3", "visibility": "unlisted"}
    after = (await desk.ask("PATCH", event, change)).json()
    assert (after["name"], after["location"]) == ("Lakeside 2026", "Hall 3")
    assert after["visibility"] == "unlisted"
    assert after["scheduleSeq"] == after["seq"] == before["seq"] + 1, "open pages look again"
    assert (await desk.ask("PATCH", event, change)).json()["seq"] == after["seq"]
    kept = {name: after[name] for name in ("scoringPolicy", "timezone", "courts", "format")}
    assert kept == {name: before[name] for name in kept}


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"scoringPolicy": "everyone"}, 400),
        ({"visibility": "secret"}, 400),
        ({"name": ""}, 400),
        ({"name": "   "}, 422),
        ({"name": "A\u202eB"}, 422),
        ({"location": "A\nB"}, 422),
        ({"poolCriteria": []}, 400),
        ({"poolCriteria": ["alphabet"]}, 400),
        ({"poolCriteria": ["point-ratio", "point-ratio"]}, 422),
        ({"ownerId": "somebody"}, 400),
        ({"timezone": "UTC"}, 400),
        ({"seq": 1}, 400),
    ],
)
async def test_settings_that_cannot_be(
    desk: Caller, change: dict[str, object], status: int
) -> None:
    answer = await desk.ask("PATCH", f"/api/events/{EVENT}", change)
    assert answer.status_code == status, answer.text
