"""The event page's day: what is live, next and over, and what the filters let through."""

import pytest
from multidict import MultiDict

from courtsync_web.accounts.models import User
from courtsync_web.clock import now_ms
from courtsync_web.db import Database
from courtsync_web.estimates.recent import RecentEstimates
from courtsync_web.events.cards import Card, Moment, card_of
from courtsync_web.events.day import DayView, day_view
from courtsync_web.events.filters import filters_of
from courtsync_web.events.models import Event
from courtsync_web.events.names import Names
from courtsync_web.scoring.models import Claim
from tests.events.world import (
    CLIFF_CLUB,
    COURT_2,
    COURT_10,
    FALCON,
    FINAL,
    GIRLS_15,
    HARBOR,
    LATER,
    OPENER,
    SECOND,
    THIRD,
    TIDE_CLUB,
    ZONE,
    event,
    match,
    store_harbor,
    wall,
)

SATURDAY, SUNDAY = "2026-01-31", "2026-02-01"
MORNING = "2026-01-31T09:10:00"


async def seen(db: Database, at: str = MORNING, day: str = "", query: str = "") -> DayView:
    """The page as somebody sees it at a venue wall clock time."""
    pairs = [pair.split("=") for pair in query.split("&") if pair]
    filters = filters_of(MultiDict([(name, value) for name, value in pairs]))
    async with db.read() as session:
        event = await session.get(Event, HARBOR)
        assert event is not None
        moment = Moment(wall(at), ZONE)
        return await day_view(session, event, day, filters, moment, RecentEstimates())


def shown(view: DayView) -> set[int]:
    """Ids of the matches that the filters let through."""
    cards = [card for block in view.blocks for card in block.cards]
    return {card.match_id for card in cards if not card.hidden}


@pytest.mark.parametrize(
    ("at", "day"),
    [
        ("2026-01-30T12:00:00", SATURDAY),
        ("2026-01-31T00:00:01", SATURDAY),
        ("2026-01-31T23:59:00", SATURDAY),
        ("2026-02-01T06:00:00", SUNDAY),
        ("2026-03-01T06:00:00", SUNDAY),
    ],
)
async def test_today_at_the_venue_is_chosen_or_the_nearest_play_day(
    db: Database, at: str, day: str
) -> None:
    await store_harbor(db)
    view = await seen(db, at)
    assert [tab.day for tab in view.days if tab.chosen] == [day]


async def test_a_day_asked_for_wins_and_an_unknown_one_does_not_matter(db: Database) -> None:
    await store_harbor(db)
    assert (await seen(db, day=SUNDAY)).day == SUNDAY
    assert (await seen(db, day="1999-01-01")).day == SATURDAY


async def test_a_running_match_is_live_now_and_counted_in_no_block(db: Database) -> None:
    await store_harbor(db)
    view = await seen(db)
    assert [card.match_id for card in view.live] == [THIRD]
    assert view.live[0].tag == "Set 1"
    assert {block.title: block.shown for block in view.blocks} == {"8:00 AM": 2, "9:00 AM": 0}


async def test_what_is_over_is_folded_and_what_comes_next_is_open(db: Database) -> None:
    await store_harbor(db)
    async with db.write() as tx:
        tx.session.add(match(50, "2026-01-31T10:00:00", court_id=COURT_2))
        tx.session.add(match(51, "2026-01-31T11:00:00", court_id=COURT_2))
    view = await seen(db)
    marks = {block.title: (block.past, block.next, block.open) for block in view.blocks}
    assert marks["8:00 AM"] == (True, False, False)
    assert marks["10:00 AM"] == (False, True, True)
    assert marks["11:00 AM"] == (False, False, False)


async def test_courts_come_in_human_order(db: Database) -> None:
    await store_harbor(db)
    first = (await seen(db)).blocks[0]
    assert [(card.hall, card.court) for card in first.cards] == [("Court", "2"), ("Court", "10")]


async def test_placeholders_stay_readable_and_what_has_no_time_ends_the_last_day(
    db: Database,
) -> None:
    await store_harbor(db)
    view = await seen(db, day=SUNDAY)
    final, later = (block.cards[0] for block in view.blocks)
    assert (final.match_id, final.one.name, final.one.team_id) == (FINAL, "Winner of Match 6", None)
    assert (later.match_id, view.blocks[1].title) == (LATER, "Time to follow")
    assert later.vanished


@pytest.mark.parametrize(
    ("query", "matches"),
    [
        (f"club={CLIFF_CLUB}", {SECOND, THIRD}),
        (f"club={CLIFF_CLUB}&club={TIDE_CLUB}", {OPENER, SECOND, THIRD}),
        (f"team={FALCON}", {OPENER}),
        (f"court={COURT_10}", {SECOND}),
        (f"court={COURT_2}&club={CLIFF_CLUB}", {THIRD}),
        (f"division={GIRLS_15}", set()),
        ("q=heron", {SECOND, THIRD}),
        ("q=ibis", {OPENER, SECOND}),
        ("wave=pm", set()),
        ("wave=am", {OPENER, SECOND, THIRD}),
        ("club=tide&court=&team=1e9", {OPENER, SECOND, THIRD}),
        (f"club=--5&team=²&court={'9' * 5000}", {OPENER, SECOND, THIRD}),
    ],
)
async def test_kinds_of_filters_narrow_each_other_and_values_of_one_kind_add_up(
    db: Database, query: str, matches: set[int]
) -> None:
    await store_harbor(db)
    view = await seen(db, query=query)
    assert shown(view) == matches
    assert view.shown == len(matches)
    assert view.total == 3


async def test_every_active_filter_can_be_taken_away_alone(db: Database) -> None:
    await store_harbor(db)
    view = await seen(db, query=f"club={CLIFF_CLUB}&court={COURT_2}&q=heron")
    assert [(chip.name, chip.query) for chip in view.removable] == [
        ("Cliff", f"court={COURT_2}&q=heron"),
        ("Court 2", f"club={CLIFF_CLUB}&q=heron"),
        ("“heron”", f"club={CLIFF_CLUB}&court={COURT_2}"),
    ]


async def test_choices_carry_the_number_of_matches_behind_them(db: Database) -> None:
    await store_harbor(db)
    facets = {facet.kind: facet.values for facet in (await seen(db)).facets}
    assert facets["court"] == [(str(COURT_2), "Court 2", 2), (str(COURT_10), "Court 10", 1)]
    assert facets["club"] == [(str(CLIFF_CLUB), "Cliff", 2), (str(TIDE_CLUB), "Tide", 2)]
    assert "wave" not in facets


async def test_a_claimed_match_is_called_until_the_claim_ends(db: Database) -> None:
    await store_harbor(db)
    sam = User(id="5" * 32, display_name="Sam", role="spectator", created_at=0)
    async with db.write() as tx:
        tx.session.add_all([sam, match(50, "2026-01-31T10:00:00", court_id=COURT_2)])
        await tx.session.flush()
        tx.session.add(
            Claim(
                event_id=HARBOR,
                match_id=50,
                holder_id=sam.id,
                claimed_at=wall("2026-01-31T09:50:00"),
                expires_at=wall("2026-01-31T10:00:00"),
                fence=1,
                asked_by_id=None,
                seq=13,
            )
        )
    for at, status in (("2026-01-31T09:59:00", "called"), ("2026-01-31T10:01:00", "upcoming")):
        view = await seen(db, at)
        assert [card.status for card in view.blocks[-1].cards] == [status]


async def test_a_result_that_nobody_followed_says_so(db: Database) -> None:
    await store_harbor(db)
    view = await seen(db)
    assert {card.match_id: card.status for card in view.blocks[0].cards} == {
        OPENER: "final",
        SECOND: "final",
    }
    row: list[object] = [None] * 24
    row[0], row[14:22] = 9, ["completed", [[25, 20, 5]], 1, "first-won", None, "team", 1, 5]
    assert (made_of(row).status, made_of(row).tag) == ("result", "Result only")


async def test_an_event_without_matches_has_a_page_too(db: Database) -> None:
    await store_harbor(db)
    async with db.write() as tx:
        tx.session.add(event("bare"))
    async with db.read() as session:
        bare = await session.get(Event, "bare")
        assert bare is not None
        moment, every = Moment(now_ms(), ZONE), filters_of(MultiDict())
        view = await day_view(session, bare, "", every, moment, RecentEstimates())
    assert (view.total, view.days, view.blocks, view.live) == (0, [], [], [])


def made_of(row: list[object]) -> Card:
    """A card of one row, with nothing around it."""
    return card_of(tuple(row), Names(), Moment(0, ZONE))
