"""Claims of people who may no longer score end at once; what they scored stays."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.accounts.models import User
from courtsync_web.accounts.people import Person
from courtsync_web.db import Transaction
from courtsync_web.events.actions import lock_event, next_seq
from courtsync_web.events.models import Event, Match
from courtsync_web.live.bus import Bus
from courtsync_web.organizing.standing import signed_in
from courtsync_web.scoring.claiming import end_hold
from courtsync_web.scoring.lease import forget_asking, free
from courtsync_web.scoring.models import Claim
from courtsync_web.scoring.scorers import may_score, reaches


async def dismiss_outsiders(tx: Transaction, bus: Bus, event: Event, now: int) -> None:
    """End the claims, and the wishes to take over, that the event no longer allows.

    Call it in the transaction that changed the policy, a member or a code. Somebody is judged
    by the devices they are signed in on: a device that a revoked code let in is none.
    """
    await lock_event(tx.session, event.id)
    claims = await held_claims(tx.session, event.id)
    people = await devices_of(tx.session, claims, now)
    seq = 0
    for claim, match in claims:
        if not allowed(event, match, people.get(claim.holder_id or "", [])):
            await end_hold(tx.session, claim, now)
            free(claim)
        elif claim.asked_by_id and not allowed(event, match, people.get(claim.asked_by_id, [])):
            forget_asking(claim)
        else:
            continue
        claim.seq = seq = await next_seq(tx.session, event.id)
        tx.session.add(claim)
    if seq:
        tx.after_commit(lambda: bus.ring(event.id, seq))


async def held_claims(session: AsyncSession, event_id: str) -> list[tuple[Claim, Match]]:
    """Every claim that somebody holds, with its match."""
    same_match = (col(Match.event_id) == col(Claim.event_id)) & (
        col(Match.match_id) == col(Claim.match_id)
    )
    found = await session.exec(
        select(Claim, Match)
        .join(Match, same_match)
        .where(col(Claim.event_id) == event_id, col(Claim.holder_id).is_not(None))
    )
    return list(found)


async def devices_of(
    session: AsyncSession, claims: list[tuple[Claim, Match]], now: int
) -> dict[str, list[Person]]:
    """By person, what each of their signed-in devices may claim to be."""
    ids = {one for claim, _ in claims for one in (claim.holder_id, claim.asked_by_id) if one}
    devices: dict[str, list[Person]] = {}
    for person in await signed_in(session, now, col(User.id).in_(ids)):
        devices.setdefault(person.id, []).append(person)
    return devices


def allowed(event: Event, match: Match, devices: list[Person]) -> bool:
    """Whether any of these devices may keep the score of the match."""
    return any(
        may_score(event, device) and reaches(device, event.id, match.court_id) for device in devices
    )
