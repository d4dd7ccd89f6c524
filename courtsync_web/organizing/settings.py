"""What an organizer sets about an event, beside its schedule."""

from msgspec import UNSET

from courtsync_web.accounts.people import Person
from courtsync_web.clock import now_ms
from courtsync_web.db import Database
from courtsync_web.errors import FieldError, Problem
from courtsync_web.events.actions import lock_event, next_seq
from courtsync_web.events.standings import stored_criteria
from courtsync_web.live.bus import Bus
from courtsync_web.organizing.documents import EventChange
from courtsync_web.organizing.organizers import event_run_by
from courtsync_web.printable import is_printable
from courtsync_web.scoring.dismissals import dismiss_outsiders


async def change_event(
    db: Database, bus: Bus, event_id: str, person: Person, change: EventChange
) -> None:
    """Change what ``change`` names. Whom a new policy shuts out loses the claim at once.

    Raises 403 ``not-organizer``, 404 and 422 ``validation``.
    """
    facts = cleaned(change)
    now = now_ms()
    async with db.write() as tx:
        await lock_event(tx.session, event_id)
        event = await event_run_by(tx.session, event_id, person)
        changed = {name: value for name, value in facts.items() if getattr(event, name) != value}
        if not changed:
            return
        seq = await next_seq(tx.session, event_id)
        await tx.session.refresh(event)
        for name, value in changed.items():
            setattr(event, name, value)
        event.schedule_seq, event.updated_at = seq, now  # open pages look again
        tx.session.add(event)
        await tx.session.flush()
        tx.after_commit(lambda: bus.ring(event_id, seq))
        if "scoring_policy" in changed:
            await dismiss_outsiders(tx, bus, event, now)


def cleaned(change: EventChange) -> dict[str, str]:
    """The fields that were given, trimmed. Raises 422 that names each bad one."""
    given = {
        "name": change.name,
        "location": change.location,
        "visibility": change.visibility,
        "scoring_policy": change.scoring_policy,
    }
    facts = {
        name: value.strip()
        for name, value in given.items()
        if value is not UNSET and value is not None
    }
    errors = [
        FieldError(f"/{name}", "holds characters that cannot be shown")
        for name, value in facts.items()
        if not is_printable(value)
    ]
    if change.pool_criteria is not UNSET:
        facts["pool_criteria"] = stored_criteria(change.pool_criteria)
        if len(set(change.pool_criteria)) < len(change.pool_criteria):
            errors.append(FieldError("/poolCriteria", "Each way to rank can be named once."))
    if facts.get("name") == "":
        errors.append(FieldError("/name", "An event needs a name."))
    if errors:
        raise Problem(422, "validation", "Some of this cannot be used.", errors)
    return facts
