"""The page of notifications as a plain form: what is saved, kept, refused and shown again."""

import re
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from litestar import Litestar
from sqlmodel import col, select

from courtsync_web.accounts.actions import create_user
from courtsync_web.accounts.models import User
from courtsync_web.clock import now_ms
from courtsync_web.coverage.models import PlannedMatch
from courtsync_web.db import Database
from courtsync_web.events.models import Event, Match
from courtsync_web.following.models import Follow
from courtsync_web.push.documents import Preferences
from courtsync_web.push.preferences import preferences_of
from courtsync_web.scoring.models import Score
from courtsync_web.settings import Settings
from tests.organizing.conftest import PASSWORD, PAT
from tests.organizing.test_pages import browser, sign_in
from tests.world import EVENT, FIRST, OWNER, SECOND, build_world, match

PAGE = "/settings/notifications"
BELLS = f"/api/push/bells/{EVENT}"
NAME = "Lakeside Winter Classic"
MUTE = f"mute:{EVENT}"
USUAL = {"lead": "minutes", "minutes": "33", "ahead": "1", "kind:matchSoon": "on"}
NIGHT = {"quiet": "on", "from": "22:00", "to": "07:00", "timezone": "America/Chicago"}
LONG = "9" * 5000


@pytest.fixture
async def db(settings: Settings) -> AsyncIterator[Database]:
    database = Database(settings.effective_database_url)
    yield database
    await database.close()


@pytest.fixture
async def pat(app: Litestar, db: Database) -> AsyncIterator[httpx.AsyncClient]:
    """Pat's browser, signed in."""
    await create_user(db, email=PAT, password=PASSWORD, name="Pat")
    await build_world(db)
    async with browser(app) as caller:
        await sign_in(caller, PAT)
        yield caller


async def id_of_pat(db: Database) -> str:
    async with db.read() as session:
        found = await session.exec(select(User).where(col(User.email) == PAT))
        return found.one().id


async def chosen(db: Database) -> Preferences:
    person = await id_of_pat(db)
    async with db.read() as session:
        return await preferences_of(session, person)


async def follow(db: Database, team_id: int, *, following: bool = True) -> None:
    person = await id_of_pat(db)
    async with db.write() as tx:
        await tx.session.merge(
            Follow(
                user_id=person, event_id=EVENT, team_id=team_id, following=following, changed_at=1
            )
        )


async def close_event(db: Database) -> None:
    """The owner makes the event private, and none of Pat's business."""
    async with db.write() as tx:
        event = await tx.session.get(Event, EVENT)
        assert event is not None
        event.visibility, event.owner_id = "private", OWNER.id
        tx.session.add(event)


async def move(db: Database, match_id: int, **columns: Any) -> None:
    async with db.write() as tx:
        found = await tx.session.get(Match, (EVENT, match_id))
        assert found is not None
        for name, value in columns.items():
            setattr(found, name, value)
        tx.session.add(found)


def tag(text: str, name: str) -> str:
    """The first visible control of a name, as the page has it."""
    found: list[str] = re.findall(rf'<(?:input|select)[^>]*name="{name}"[^>]*>', text)
    [control] = [one for one in found if 'type="hidden"' not in one]
    return control


@pytest.mark.parametrize(
    "bad",
    [
        {"minutes": LONG},
        {"minutes": "²"},
        {"minutes": "0"},
        {"minutes": "121"},
        {"minutes": ""},
        {"lead": "matches", "ahead": LONG},
        {"lead": "matches", "ahead": "6"},
        {f"team:{EVENT}:²:bell": "off"},
        {f"team:{EVENT}:--5:bell": "off"},
        {f"team:{EVENT}:{LONG}:bell": "off"},
        {f"team:{EVENT}:5:nonsense": "on"},
        {f"team:{EVENT}:5:all": "on"},
        {"team:\0:5:bell": "off"},
        {f"bell:{EVENT}:²": "off"},
        {"mute:not an event": "on"},
        NIGHT | {"from": "24:00"},
        NIGHT | {"to": "7"},
        NIGHT | {"timezone": "Mars/Base"},
        NIGHT | {"timezone": ""},
        NIGHT | {"to": "22:00"},
    ],
)
async def test_what_cannot_be_used_is_refused_and_changes_nothing(
    pat: httpx.AsyncClient, db: Database, bad: dict[str, str]
) -> None:
    before = await chosen(db)
    refused = await pat.post(PAGE, data=USUAL | {"kind:setWon": "on"} | bad)
    assert refused.status_code == 422
    assert 'role="alert"' in refused.text
    assert await chosen(db) == before


async def test_the_page_saves_what_it_shows(pat: httpx.AsyncClient, db: Database) -> None:
    await follow(db, 1)
    sent = USUAL | NIGHT | {"lead": "matches", "ahead": "2", f"team:{EVENT}:1:setWon": "on"}
    saved = await pat.post(PAGE, data=sent)
    assert saved.headers["location"] == f"{PAGE}?done=saved"
    now = await chosen(db)
    assert (now.lead.minutes, now.lead.matches) == (33, 2)
    assert now.quiet_hours is not None
    assert now.quiet_hours.timezone == "America/Chicago"
    assert [(team.team_id, team.kinds) for team in now.teams] == [(1, {"setWon": True})]
    text = (await pat.get(PAGE)).text
    for name in ("kind:matchSoon", "quiet"):
        assert "checked" in tag(text, name)
    assert "checked" not in tag(text, "kind:setWon")
    for name, value in (("minutes", "33"), ("ahead", "2"), ("timezone", "America/Chicago")):
        assert f'value="{value}"' in tag(text, name)
    assert 'aria-invalid="true"' not in text
    assert "differs" in text


async def test_what_was_typed_stands_there_again_and_the_fault_is_named(
    pat: httpx.AsyncClient, db: Database
) -> None:
    await follow(db, 1)
    sent = USUAL | NIGHT | {"kind:setWon": "on", "minutes": "999", "timezone": '"Mars'}
    sent |= {MUTE: "on", f"team:{EVENT}:1:bell": "off", f"team:{EVENT}:1:setWon": "on"}
    text = (await pat.post(PAGE, data=sent)).text
    assert "Nothing is saved yet" in text
    for name in ("kind:setWon", "quiet", MUTE):
        assert "checked" in tag(text, name), name
    assert 'value="999"' in tag(text, "minutes")
    assert 'value="&#34;Mars"' in tag(text, "timezone")
    for name in ("minutes", "timezone"):
        assert 'aria-invalid="true"' in tag(text, name)
        assert f'aria-describedby="{name}-wrong"' in tag(text, name)
        assert f'id="{name}-wrong"' in text
    assert text.count("autofocus") == tag(text, "minutes").count("autofocus") == 1
    assert text.count("aria-invalid") == 2
    assert "Give whole minutes from 1 to 120." in text
    assert "There is no time zone of that name." in text
    assert '<option value="off" selected>Nothing about it' in text


async def test_zones_are_offered(pat: httpx.AsyncClient) -> None:
    text = (await pat.get(PAGE)).text
    assert 'list="zones"' in tag(text, "timezone")
    assert '<option value="America/Chicago">' in text
    assert "SystemV" not in text
    assert "US/Central" not in text


async def test_lead_of_matches_does_not_hide_the_forms_own_property(
    pat: httpx.AsyncClient,
) -> None:
    assert 'name="matches"' not in (await pat.get(PAGE)).text


async def test_a_mute_outlives_the_last_team(pat: httpx.AsyncClient, db: Database) -> None:
    await follow(db, 1)
    await pat.post(PAGE, data=USUAL | {MUTE: "on"})
    await follow(db, 1, following=False)
    text = (await pat.get(PAGE)).text
    assert "checked" in tag(text, MUTE)
    assert NAME in text
    await pat.post(PAGE, data=USUAL)
    assert (await chosen(db)).muted_events == [EVENT], "what was not shown is kept"
    await pat.post(PAGE, data=USUAL | {MUTE: "off"})
    assert (await chosen(db)).muted_events == []


async def test_a_ticked_box_wins_over_the_hidden_field_before_it(
    pat: httpx.AsyncClient, db: Database
) -> None:
    await pat.post(PAGE, data={**USUAL, MUTE: ["off", "on"]})
    assert (await chosen(db)).muted_events == [EVENT]


async def test_bells_and_plans_are_enough_to_mute(pat: httpx.AsyncClient, db: Database) -> None:
    assert MUTE not in (await pat.get(PAGE)).text
    await pat.put(f"{BELLS}/matches/{FIRST}")
    assert MUTE in (await pat.get(PAGE)).text
    await pat.delete(f"{BELLS}/matches/{FIRST}")
    person = await id_of_pat(db)
    async with db.write() as tx:
        plan = PlannedMatch(
            user_id=person, event_id=EVENT, match_id=FIRST, planned=True, changed_at=1
        )
        tx.session.add(plan)
    assert NAME in (await pat.get(PAGE)).text


async def test_a_muted_event_that_became_private_is_not_named_and_can_be_saved(
    pat: httpx.AsyncClient, db: Database
) -> None:
    await follow(db, 1)
    await pat.put(f"{BELLS}/matches/{FIRST}")
    await pat.post(PAGE, data=USUAL | {MUTE: "on", f"team:{EVENT}:1:setWon": "on"})
    await close_event(db)
    page = await pat.get(PAGE)
    assert "checked" in tag(page.text, MUTE)
    assert NAME not in page.text
    assert "Harbor" not in page.text
    saved = await pat.post(PAGE, data=USUAL | {MUTE: "on"})
    assert saved.status_code == 303
    now = await chosen(db)
    assert now.muted_events == [EVENT]
    assert [team.team_id for team in now.teams] == [1], "of a team that was not shown"
    assert [bell.match_id for bell in now.matches] == [FIRST]
    await pat.post(PAGE, data=USUAL | {MUTE: "off"})
    refused = await pat.post(PAGE, data=USUAL | {MUTE: "on", "kind:setWon": "on"})
    assert refused.status_code == 404, "no longer held, it is like any other"
    assert "checked" in tag(refused.text, "kind:setWon")


async def test_what_is_not_shown_of_a_team_is_kept(pat: httpx.AsyncClient, db: Database) -> None:
    choice = {"eventId": EVENT, "teamId": 1, "bell": True, "kinds": {"planConflict": False}}
    await pat.put("/api/push/preferences", json={"teams": [choice]})
    await pat.post(PAGE, data=USUAL | {f"team:{EVENT}:1:bell": "off"})
    [team] = (await chosen(db)).teams
    assert (team.bell, team.kinds) == (False, {"planConflict": False})
    await pat.post(PAGE, data=USUAL | {f"team:{EVENT}:1:bell": "on"})
    [team] = (await chosen(db)).teams
    assert team.bell


async def test_matches_rung_for_are_listed_and_can_be_turned_off(
    pat: httpx.AsyncClient, db: Database
) -> None:
    assert "You follow no team yet" in (await pat.get(PAGE)).text
    soon = now_ms() + 3_600_000
    for match_id in (FIRST, SECOND):
        await move(db, match_id, starts_at=soon, ends_at=soon + 3_600_000)
        await pat.put(f"{BELLS}/matches/{match_id}")
    text = (await pat.get(PAGE)).text
    assert "You follow no team yet" not in text
    assert "Harbor 15 Gold – Falcon 15 Blue" in text
    assert "checked" in tag(text, f"bell:{EVENT}:{FIRST}")
    await pat.post(PAGE, data=USUAL | {f"bell:{EVENT}:{FIRST}": "off"})
    assert [bell.match_id for bell in (await chosen(db)).matches] == [SECOND]
    await pat.post(PAGE, data=USUAL | {f"bell:{EVENT}:{SECOND}": "on"})
    assert [bell.match_id for bell in (await chosen(db)).matches] == [SECOND]
    await pat.post(PAGE, data={**USUAL, f"bell:{EVENT}:{SECOND}": ["off", "on"]})
    assert [bell.match_id for bell in (await chosen(db)).matches] == [SECOND]


async def test_of_bells_only_matches_to_come_or_on_are_listed(
    pat: httpx.AsyncClient, db: Database
) -> None:
    soon = now_ms() + 3_600_000
    async with db.write() as tx:
        tx.session.add_all([match(-103, -1, 1, 3), match(-104, -1, 2, 4)])
    for match_id in (FIRST, SECOND, -103, -104):
        await move(db, match_id, starts_at=soon, ends_at=soon)
        await pat.put(f"{BELLS}/matches/{match_id}")
    await move(db, FIRST, vanished_at=1)
    await move(db, -103, starts_at=1, ends_at=2)
    async with db.write() as tx:
        decided: dict[str, Any] = {"status": "completed", "sets": [], "provenance": "official"}
        decided |= {"timeouts": [], "warnings": [], "revision": 1, "seq": 1, "changed_at": 1}
        tx.session.add(Score(event_id=EVENT, match_id=SECOND, **decided))
    text = (await pat.get(PAGE)).text
    assert re.findall(rf'type="checkbox" name="bell:{EVENT}:(-\d+)"', text) == ["-104"]


async def test_many_bells_are_folded(pat: httpx.AsyncClient, db: Database) -> None:
    async with db.write() as tx:
        tx.session.add_all([match(-200 - number, -1, 1, 2) for number in range(45)])
    for number in range(45):
        await move(db, -200 - number, starts_at=None, ends_at=None)
        await pat.put(f"{BELLS}/matches/{-200 - number}")
    text = (await pat.get(PAGE)).text
    assert "45 matches" in text
    assert '<details class="card rung">' in text
