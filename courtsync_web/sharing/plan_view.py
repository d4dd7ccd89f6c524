"""A plan as others see it, and as it is printed: list, timeline and table, day by day."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.clock import venue_day
from courtsync_web.estimates.recent import RecentEstimates
from courtsync_web.events.cards import Card, Moment
from courtsync_web.events.expected import expect
from courtsync_web.events.models import Event
from courtsync_web.events.names import names_of
from courtsync_web.events.words import day_in_words
from courtsync_web.sharing.planned import cards_of
from courtsync_web.sharing.timeline import Timeline, timeline_of


@dataclass(frozen=True, slots=True)
class PlanDay:
    """One day of the plan."""

    day: str
    words: str
    cards: list[Card]
    timeline: Timeline | None
    past: bool
    """Over, and not the only day there is to see."""


@dataclass(frozen=True, slots=True)
class PlanView:
    """All that is shown."""

    event: Event
    days: list[PlanDay]
    matches: int
    teams: int
    changed_at: int | None
    now: int


async def plan_view(
    session: AsyncSession,
    event: Event,
    matches: Collection[int],
    moment: Moment,
    recent: RecentEstimates,
) -> PlanView:
    """The plan that consists of ``matches``."""
    names = await names_of(session, event.id)
    cards = await cards_of(session, event, matches, names, moment)
    expect(cards, await recent.of(session, event, moment.now), moment)
    today = venue_day(moment.now, event.timezone).isoformat()
    by_day: dict[str, list[Card]] = {}
    for card in cards:
        at = card.starts_at
        day = "" if at is None else venue_day(at, event.timezone).isoformat()
        by_day.setdefault(day, []).append(card)
    return PlanView(
        event=event,
        days=[
            PlanDay(
                day=day,
                words=day_in_words(day) if day else "Time to follow",
                cards=own,
                timeline=timeline_of(own, moment),
                past="" < day < today <= max(by_day),
            )
            for day, own in by_day.items()
        ],
        matches=len(cards),
        teams=len({side.team_id for card in cards for side in (card.one, card.two)} - {None}),
        changed_at=max((card.changed_at for card in cards if card.changed_at), default=None),
        now=moment.now,
    )
