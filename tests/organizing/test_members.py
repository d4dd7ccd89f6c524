"""Members: taken in by address or by a link, known by their role, and let go."""

import httpx
import pytest
from sqlmodel import select

from courtsync_web.db import Database
from courtsync_web.events.models import Event
from courtsync_web.organizing import invitations, members
from courtsync_web.organizing.models import Invitation
from tests.organizing.conftest import ALEX, DESK, OTHER_EVENT, PAT, Caller, code_of
from tests.world import EVENT, FIRST

MEMBERS = f"/api/events/{EVENT}/members"


async def members_seen_by(caller: Caller) -> list[dict[str, object]]:
    answer = await caller.ask("GET", MEMBERS)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, object]] = answer.json()
    return found


def code_in(answer: httpx.Response) -> str:
    link: str = answer.json()["invitation"]["link"]
    assert link.startswith("http://courtsync.test/i/")
    return link.rpartition("/")[2]


async def test_somebody_with_an_account_is_a_member_at_once(desk: Caller, pat: Caller) -> None:
    answer = await desk.add("scorer", f" Pat@Example.org{' ' * 300}")
    assert answer.status_code == 201
    assert answer.json() == {
        "userId": pat.person_id,
        "displayName": "Pat",
        "role": "scorer",
        "email": "Pat@Example.org",
        "addedAt": answer.json()["addedAt"],
        "invitation": None,
    }
    assert await members_seen_by(desk) == [answer.json()]
    assert answer.headers["cache-control"] == "no-store"


async def test_adding_again_changes_the_role(desk: Caller, pat: Caller) -> None:
    await desk.add("scorer", PAT)
    await desk.add("media", PAT)
    [member] = await members_seen_by(desk)
    assert member["role"] == "media"


async def test_an_address_without_account_is_invited(desk: Caller) -> None:
    answer = await desk.add("coach", "new@example.org")
    assert answer.status_code == 201
    assert answer.json()["userId"] is None
    assert answer.json()["email"] == "new@example.org"
    assert await members_seen_by(desk) == [answer.json()], "the link can be shown again"


async def test_an_invitation_makes_one_member_and_is_gone(
    desk: Caller, pat: Caller, alex: Caller
) -> None:
    code = code_in(await desk.add("coach"))
    accepted = await pat.ask("POST", "/api/invitations/accept", {"code": code.upper()})
    assert accepted.status_code == 200
    assert accepted.json() == {
        "eventId": EVENT,
        "eventName": "Lakeside Winter Classic",
        "role": "coach",
    }
    again = await alex.ask("POST", "/api/invitations/accept", {"code": code})
    assert code_of(again) == (404, "not-found")
    [member] = await members_seen_by(desk)
    assert (member["displayName"], member["email"]) == ("Pat", None)


async def test_a_guest_makes_an_account_before_accepting(desk: Caller, guest: Caller) -> None:
    code = code_in(await desk.add("coach"))
    refused = await guest.ask("POST", "/api/invitations/accept", {"code": code})
    assert code_of(refused) == (403, "account-needed")


async def test_an_old_or_withdrawn_invitation_leads_nowhere(
    desk: Caller, pat: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    invited = await desk.add("coach")
    invitation = invited.json()["invitation"]
    withdrawn = f"/api/events/{EVENT}/invitations/{invitation['id']}"
    assert (await desk.ask("DELETE", withdrawn)).status_code == 204
    assert code_of(await desk.ask("DELETE", withdrawn)) == (404, "not-found")
    late = await desk.add("coach")
    monkeypatch.setattr(invitations, "now_ms", lambda: late.json()["invitation"]["expiresAt"])
    for answer in (invited, late):
        refused = await pat.ask("POST", "/api/invitations/accept", {"code": code_in(answer)})
        assert code_of(refused) == (404, "not-found")


async def test_an_address_of_who_never_came_is_forgotten(
    desk: Caller, db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = await desk.add("coach", "never@example.org")
    monkeypatch.setattr(members, "now_ms", lambda: late.json()["invitation"]["expiresAt"])
    await desk.add("coach")
    async with db.read() as session:
        kept = (await session.exec(select(Invitation))).all()
    assert [one.typed_as for one in kept] == [None]


async def test_a_member_sees_and_lists_a_private_event_and_a_former_one_does_not(
    desk: Caller, pat: Caller
) -> None:
    await desk.ask("PATCH", f"/api/events/{EVENT}", {"visibility": "private"})
    event = f"/api/events/{EVENT}"
    assert code_of(await pat.ask("GET", event)) == (404, "not-found")
    await desk.add("media", PAT)
    assert (await pat.ask("GET", event)).status_code == 200
    assert EVENT in [one["eventId"] for one in (await pat.ask("GET", "/api/events")).json()]

    assert (await desk.ask("DELETE", f"{MEMBERS}/{pat.person_id}")).status_code == 204
    assert code_of(await pat.ask("GET", event)) == (404, "not-found")
    assert EVENT not in [one["eventId"] for one in (await pat.ask("GET", "/api/events")).json()]


async def test_a_co_organizer_runs_the_event_but_makes_no_organizers(
    desk: Caller, pat: Caller, alex: Caller
) -> None:
    await desk.add("organizer", PAT)
    assert (await pat.add("scorer", "new@example.org")).status_code == 201
    assert (await pat.ask("PATCH", f"/api/events/{EVENT}", {"name": "Ours"})).status_code == 200
    assert code_of(await pat.add("organizer", ALEX)) == (403, "owner-only")
    assert code_of(await pat.add("scorer", DESK)) == (422, "validation"), "the owner stays it"
    await desk.add("organizer", ALEX)
    assert code_of(await pat.add("coach", ALEX)) == (403, "owner-only")
    refused = await pat.ask("DELETE", f"{MEMBERS}/{alex.person_id}")
    assert code_of(refused) == (403, "owner-only")


async def test_a_co_organizer_replaces_the_schedule_and_the_owner_stays(
    desk: Caller, pat: Caller, db: Database
) -> None:
    document = (await desk.ask("GET", f"/api/events/{EVENT}/export?format=json")).json()
    schedule = f"/api/events/{EVENT}/schedule"
    assert code_of(await pat.ask("PUT", schedule, document)) == (403, "not-owner")
    await desk.add("organizer", PAT)
    document["name"] = "Lakeside, moved"
    answer = await pat.ask("PUT", schedule, document)
    assert answer.status_code == 200, answer.text
    async with db.read() as session:
        event = await session.get_one(Event, EVENT)
    assert (event.name, event.owner_id) == ("Lakeside, moved", desk.person_id)


async def test_a_member_may_leave(desk: Caller, pat: Caller) -> None:
    await desk.add("coach", PAT)
    assert (await pat.ask("DELETE", f"{MEMBERS}/{pat.person_id}")).status_code == 204
    assert await members_seen_by(desk) == []


@pytest.mark.parametrize("role", ["scorer", "coach", "media", None])
async def test_only_organizers_see_or_change_members(
    desk: Caller, pat: Caller, role: str | None
) -> None:
    if role:
        await desk.add(role, PAT)
    invited = (await desk.add("coach")).json()["invitation"]["id"]
    refusals = [
        await pat.ask("GET", MEMBERS),
        await pat.add("organizer", PAT),
        await pat.ask("DELETE", f"{MEMBERS}/{desk.person_id}"),
        await pat.ask("DELETE", f"/api/events/{EVENT}/invitations/{invited}"),
        await pat.ask("PATCH", f"/api/events/{EVENT}", {"scoringPolicy": "open"}),
        await pat.ask("GET", f"/api/events/{EVENT}/court-codes"),
        await pat.ask("POST", f"/api/events/{EVENT}/court-codes", {"courtId": -1}),
    ]
    assert [code_of(one) for one in refusals] == [(403, "not-organizer")] * len(refusals)


async def test_nobody_is_told_to_sign_in(desk: Caller) -> None:
    nobody = Caller(desk.web)
    for answer in (
        await nobody.ask("GET", MEMBERS),
        await nobody.add("coach"),
        await nobody.ask("POST", "/api/invitations/accept", {"code": "0" * 26}),
        await nobody.ask("PATCH", f"/api/events/{EVENT}", {"name": "Mine"}),
    ):
        assert code_of(answer) == (401, "sign-in-required")


async def test_another_events_organizer_has_no_say_here(
    desk: Caller, pat: Caller, alex: Caller
) -> None:
    await desk.add("scorer", PAT)
    invited = (await desk.add("coach")).json()["invitation"]["id"]
    assert code_of(await alex.ask("GET", MEMBERS)) == (403, "not-organizer")
    for path in (f"members/{pat.person_id}", f"invitations/{invited}"):
        through_own = await alex.ask("DELETE", f"/api/events/{OTHER_EVENT}/{path}")
        assert code_of(through_own) == (404, "not-found")
    assert len(await members_seen_by(desk)) == 2


async def test_an_address_is_shown_as_it_was_typed_and_to_nobody_else(
    desk: Caller, pat: Caller
) -> None:
    await desk.add("scorer", "PAT@example.ORG")
    await pat.claim(FIRST)
    await pat.score(FIRST, 3)
    event = f"/api/events/{EVENT}"
    reads = ("", "/scores", f"/scores/{FIRST}/history", "/claims", "/export?format=json")
    for path in reads:
        answer = await Caller(desk.web).ask("GET", event + path)
        assert "@" not in answer.text
    [member] = await members_seen_by(desk)
    assert member["email"] == "PAT@example.ORG"


async def test_bad_addresses_and_roles_are_refused(desk: Caller) -> None:
    refused = await desk.add("scorer", "not an address")
    assert code_of(refused) == (422, "validation")
    assert refused.json()["errors"][0]["pointer"] == "/email"
    assert (await desk.add("owner", PAT)).status_code == 400
    more = {"role": "coach", "eventId": OTHER_EVENT}
    assert (await desk.ask("POST", MEMBERS, more)).status_code == 400, "no field that is not asked"


async def test_an_event_has_so_many_people_and_no_more(
    desk: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(members, "MOST_PEOPLE", 2)
    await desk.add("coach", PAT)
    await desk.add("coach")
    assert code_of(await desk.add("coach")) == (409, "too-many")
