"""The one way a score changes: :func:`record_updates`.

For each update, in the device's order and in one transaction: a known id is a duplicate and
changes nothing; without the claim it is refused; what cannot be volleyball is refused; what
is older than the score it would replace is kept as a conflict; everything else is appended
to the match's history and becomes its score. Then, after the commit, the doorbell.

Those who wait for the same event are recorded together (``gathering.py``).
"""

from collections.abc import Sequence
from functools import partial

from courtsync_web.accounts.people import Person
from courtsync_web.clock import now_ms
from courtsync_web.db import Database
from courtsync_web.live.bus import Bus
from courtsync_web.scoring.gathering import Sending, record_gathered
from courtsync_web.scoring.recorder import Outcome
from courtsync_web.scoring.updates import ScoreUpdateIn


async def record_updates(
    db: Database,
    bus: Bus,
    person: Person,
    event_id: str,
    updates: Sequence[ScoreUpdateIn],
    *,
    sent_at: int | None = None,
) -> list[Outcome]:
    """Record what a scorer did. One verdict per update, in order; all durable on return.

    ``sent_at`` is the device's clock when it sent the batch: an update's age is
    ``sent_at - last_updated``, so a wrong clock does not matter. Raises :class:`Problem`
    only for the event itself (unknown, or not visible to this person).
    """
    sending = Sending.of(person, event_id, updates, now_ms(), sent_at)
    outcomes: list[Outcome] = await db.write_joined(
        ("scores", event_id), sending, partial(record_gathered, bus, event_id)
    )
    return outcomes
