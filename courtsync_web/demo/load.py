"""The demo tournament: three days, and the middle one is today, late in the morning.

Yesterday is finished and so is what was printed for this morning; what runs now has no
result, because ``simulate`` plays it.
"""

from dataclasses import dataclass
from datetime import timedelta
from random import Random

from sqlmodel import col, delete, select

from courtsync_web.accounts.people import Person
from courtsync_web.clock import now_ms, venue, venue_day
from courtsync_web.db import Database
from courtsync_web.demo.cities import CITIES, late_morning_zone, minutes_of_day
from courtsync_web.demo.document import schedule_document
from courtsync_web.demo.people import PEOPLE, demo_password, demo_people
from courtsync_web.demo.rallies import play_results
from courtsync_web.demo.scorer import SCORER
from courtsync_web.demo.tournament import make_tournament
from courtsync_web.events.models import Event
from courtsync_web.live.bus import Bus, MemoryBus
from courtsync_web.schedule.apply import apply
from courtsync_web.schedule.document import read_document
from courtsync_web.schedule.draft import Draft
from courtsync_web.schedule.store import change_event, claim_event
from courtsync_web.scoring.claims import Claims
from courtsync_web.scoring.queries import claims_of
from courtsync_web.settings import Settings

DEMO = "demo"
SEED = 7
ALIVE = range(9 * 60, 15 * 60)
"""Minutes of the venue's day in which a loaded demo still has live and coming matches."""


@dataclass(frozen=True, slots=True)
class DemoSummary:
    """What was loaded (empty counts: the one from before still stands), and who may sign in."""

    counts: dict[str, int]
    zone: str
    password: str

    def __str__(self) -> str:
        told = " ".join(f"{what}={number}" for what, number in self.counts.items())
        people = ", ".join(PEOPLE)
        return (
            f"Demo tournament in {CITIES[self.zone]}: {told or 'as it was'}\n"
            f"  /events/{DEMO}   sign in as {people}   password {self.password}"
        )


async def load_demo_once(settings: Settings) -> DemoSummary:
    """Load the demo unless one is there whose today is now; its scores then stay."""
    return await _with_database(settings, anew=False)


async def load_demo(settings: Settings) -> DemoSummary:
    """Load the demo anew, forgetting its scores, claims and plans."""
    return await _with_database(settings, anew=True)


async def _with_database(settings: Settings, *, anew: bool) -> DemoSummary:
    db = Database(settings.effective_database_url)
    try:
        return await load_into(db, MemoryBus(), demo_password(settings), now_ms(), anew=anew)
    finally:
        await db.close()


async def load_into(
    db: Database, bus: Bus, password: str, now: int, *, anew: bool = True
) -> DemoSummary:
    """Make or reset the demo in a database, as of ``now``."""
    people = await demo_people(db, password)
    zone = None if anew else await _alive_in(db, now)
    organizer = people["organizer@demo.test"]
    if zone is not None:
        await _dismiss_scorers(db, bus, organizer, now)
        return DemoSummary({}, zone, password)
    zone = late_morning_zone(now)
    counts = await _replace(db, bus, demo_draft(now, zone), organizer, now)
    return DemoSummary(counts, zone, password)


def demo_draft(now: int, zone: str) -> Draft:
    """The demo tournament as of ``now``: 16 teams in each of 6 divisions on 24 courts."""
    tournament = make_tournament(
        SEED,
        first_day=venue_day(now, zone) - timedelta(days=1),
        timezone=zone,
        event_id=DEMO,
        location=f"Lakefront Convention Center, {CITIES[zone]}",
    )
    wall = venue(now, zone).replace(tzinfo=None)
    results = play_results(tournament, Random(SEED), until=wall)  # noqa: S311 - dice
    return read_document(schedule_document(tournament, results))


async def _alive_in(db: Database, now: int) -> str | None:
    """The zone of a demo whose middle day is today and still has matches to come."""
    async with db.read() as session:
        event = (await session.exec(select(Event).where(col(Event.id) == DEMO))).first()
    if event is None or event.timezone not in CITIES:
        return None
    today = (venue_day(now, event.timezone) - timedelta(days=1)).isoformat()
    alive = event.start_date == today and minutes_of_day(now, event.timezone) in ALIVE
    return event.timezone if alive else None


async def _dismiss_scorers(db: Database, bus: Bus, organizer: Person, now: int) -> None:
    """Free the matches that simulated scorers kept when the server was stopped under them."""
    async with db.read() as session:
        claims = await claims_of(session, DEMO, now)
    for claim in claims:
        if (claim.claimed_by_name or "").startswith(SCORER):
            await Claims(db, bus).release(DEMO, claim.match_id, organizer)


async def _replace(db: Database, bus: Bus, draft: Draft, owner: Person, now: int) -> dict[str, int]:
    async with db.write() as tx:
        former = await tx.session.get(Event, DEMO)
        seq = former.seq if former else 0
        await tx.session.exec(delete(Event).where(col(Event.id) == DEMO))
        connection = await tx.session.connection()
        # Whoever watches the demo counts on: their next message must be newer than their last.
        await claim_event(connection, DEMO, owner.id, now)
        await change_event(connection, DEMO, {"seq": seq, "source": "demo"})
        applied = await apply(tx, bus, draft, event_id=DEMO, owner=owner, now=now)
    return applied.counts
