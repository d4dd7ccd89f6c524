"""The standings page: one division's rounds, each with its pools and brackets."""

from dataclasses import dataclass, field
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.events.brackets import Tree, trees_of
from courtsync_web.events.cards import Card, Moment, card_of
from courtsync_web.events.documents import PoolDocument
from courtsync_web.events.models import Event, Match, Stage
from courtsync_web.events.names import Names, names_of
from courtsync_web.events.pools import pools_with_stages
from courtsync_web.events.standings import criteria_of
from courtsync_web.events.views import in_order, match_rows

CRITERIA = {
    "match-percentage": "matches won",
    "head-to-head": "where exactly two are tied, the match between them",
    "set-percentage": "sets won",
    "point-ratio": "points won per point lost",
}


@dataclass(slots=True)
class PoolTable:
    """A pool in order, and its matches that are on now."""

    name: str
    finished: bool
    document: PoolDocument
    live: list[Card]


@dataclass(slots=True)
class Bracket:
    """A bracket's trees."""

    name: str
    trees: list[Tree]


@dataclass(slots=True)
class Round:
    """Pools and brackets that are played together."""

    title: str
    pools: list[PoolTable] = field(default_factory=list)
    brackets: list[Bracket] = field(default_factory=list)


@dataclass(slots=True)
class TablesView:
    """All that the page shows."""

    event: Event
    divisions: list[tuple[int, str, str, bool]]
    """``id, name, colour, chosen``."""
    rounds: list[Round]
    criteria: str
    changed_at: int | None


async def tables_view(
    session: AsyncSession, event: Event, division: int | None, moment: Moment
) -> TablesView:
    """One division of the event: the one asked for, else the first that has pools or brackets."""
    names = await names_of(session, event.id)
    stages = list(
        await session.exec(
            select(Stage)
            .where(Stage.event_id == event.id)
            .order_by(col(Stage.position), col(Stage.stage_id))
        )
    )
    offered = [one for one in names.divisions if any(stage.division_id == one for stage in stages)]
    chosen = division if division in offered else next(iter(offered), None)
    stages = [stage for stage in stages if stage.division_id == chosen]
    cards = await cards_by_stage(session, event, chosen, names, moment)
    pools = dict(await pools_with_stages(session, event.id, division_id=chosen))
    every = [card for named in cards.values() for _, card in named]
    return TablesView(
        event=event,
        divisions=[(one, *names.divisions[one], one == chosen) for one in offered],
        rounds=rounds_of(stages, cards, pools),
        criteria="; then ".join(CRITERIA[name] for name in criteria_of(event.pool_criteria)),
        changed_at=max((card.changed_at for card in every if card.changed_at), default=None),
    )


async def cards_by_stage(
    session: AsyncSession, event: Event, division: int | None, names: Names, moment: Moment
) -> dict[int, list[tuple[str, Card]]]:
    """A division's matches by stage, each with its name inside the stage."""
    of_stage = col(Match.stage_id).in_(
        select(col(Stage.stage_id)).where(
            Stage.event_id == event.id, col(Stage.division_id) == division
        )
    )
    rows = await match_rows(session, event.id, of_stage, col(Match.vanished_at).is_(None))
    facts: dict[int, Any] = {row.match_id: row for row in rows}
    found: dict[int, list[tuple[str, Card]]] = {}
    for card in in_order([card_of(row, names, moment) for row in rows], names):
        row = facts[card.match_id]
        found.setdefault(row.stage_id, []).append((row.name, card))
    return found


def rounds_of(
    stages: list[Stage],
    cards: dict[int, list[tuple[str, Card]]],
    pools: dict[int, PoolDocument],
) -> list[Round]:
    """Stages in the desk's order, those of one round together; what is empty is left out."""
    rounds: dict[str, Round] = {}
    for stage in stages:
        named = cards.get(stage.stage_id, [])
        pool = pools.get(stage.stage_id)
        if not named and not (pool and pool.teams):
            continue
        here = rounds.setdefault(stage.round, Round(stage.round))
        if pool:
            live = [card for _, card in named if card.status == "live"]
            here.pools.append(PoolTable(stage.name, pool.finished, pool, live))
        else:
            here.brackets.append(Bracket(stage.name, trees_of(named)))
    return list(rounds.values())
