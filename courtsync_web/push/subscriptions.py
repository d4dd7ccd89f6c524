"""Browsers that may be pushed to: taken in, proven, removed."""

import base64
import binascii
import hashlib
import secrets

from cryptography.hazmat.primitives.asymmetric import ec
from sqlalchemy import ColumnElement, delete, func, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.accounts.models import Session
from courtsync_web.accounts.people import Person
from courtsync_web.clock import now_ms
from courtsync_web.db import Database
from courtsync_web.errors import FieldError, Problem, not_found
from courtsync_web.push.documents import SubscriptionIn
from courtsync_web.push.jobs import activation, due, self_test
from courtsync_web.push.models import PushRemoval, PushSubscription
from courtsync_web.push.services import BadEndpoint, Services

MOST = 10
"""Devices of one person."""
UNPROVEN_FOR = 24 * 3_600_000
"""Milliseconds after which a subscription that was never proven makes room."""
POINT, SECRET = 65, 16
"""Bytes of a browser's public key and of its secret (RFC 8291)."""


async def subscribe(
    db: Database,
    services: Services,
    person: Person,
    given: SubscriptionIn,
    *,
    key_id: str,
    device: str,
) -> tuple[PushSubscription, bool]:
    """Take a browser in, or recognise it. True: it is new, or somebody else's until now.

    It is told nothing until the token that goes out to it by push has come back. Raises 422
    ``validation``, 409 ``too-many-devices`` and, for a browser that comes by itself, 410
    ``removed``.
    """
    refuse_unusable(services, given)
    now = now_ms()
    async with db.write() as tx:
        row = await by_endpoint(tx.session, given.endpoint)
        known = row is not None and row.user_id == person.id
        if not given.renew:
            await forgive(tx.session, given)
        elif not known:
            await refuse_removed(tx.session, person, given)
        await forget_replaced(tx.session, person, given)
        if row is None or not known:
            await make_room(tx.session, person, now)
        if row is None:
            row = blank(person, now)
        same = known and (row.p256dh, row.auth) == (given.keys.p256dh, given.keys.auth)
        row.user_id, row.session_id, row.device = person.id, person.session_id, device[:200]
        row.endpoint, row.endpoint_hash = given.endpoint, hash_of(given.endpoint)
        row.p256dh, row.auth, row.key_id = given.keys.p256dh, given.keys.auth, key_id
        if not same:
            row.active_at, row.created_at = None, now
        if row.active_at is None:
            row.token = row.token if same and row.token else secrets.token_urlsafe(24)
            await due(tx.session, activation(row, now))
        tx.session.add(row)
        await tx.session.flush()
    return row, not known


async def refuse_removed(session: AsyncSession, person: Person, given: SubscriptionIn) -> None:
    """Nobody has tapped: what its owner removed stays away, and so does another's browser."""
    hashes = hashes_of(given)
    removed = await session.exec(
        select(PushRemoval.endpoint_hash).where(col(PushRemoval.endpoint_hash).in_(hashes))
    )
    anothers = await session.exec(
        select(PushSubscription.id).where(
            col(PushSubscription.endpoint_hash).in_(hashes),
            col(PushSubscription.user_id) != person.id,
        )
    )
    if removed.first() or anothers.first():
        raise Problem(410, "removed", "Notifications were turned off for this device.")


async def forgive(session: AsyncSession, given: SubscriptionIn) -> None:
    """Somebody has tapped: what was removed may come back."""
    await session.exec(
        delete(PushRemoval).where(col(PushRemoval.endpoint_hash).in_(hashes_of(given)))
    )


async def forget_replaced(session: AsyncSession, person: Person, given: SubscriptionIn) -> None:
    """The browser has a new endpoint: the former one leads nowhere."""
    if given.replaces is not None and given.replaces != given.endpoint:
        await session.exec(delete(PushSubscription).where(mine(person, endpoint=given.replaces)))


def hashes_of(given: SubscriptionIn) -> set[str]:
    return {hash_of(one) for one in (given.endpoint, given.replaces) if one is not None}


def blank(person: Person, now: int) -> PushSubscription:
    return PushSubscription(
        id=secrets.token_hex(16),
        user_id=person.id,
        endpoint="",
        endpoint_hash="",
        p256dh="",
        auth="",
        key_id="",
        created_at=now,
    )


async def activate(db: Database, person: Person, token: str) -> None:
    """The token has come back: from now on this browser is told things. Raises 404.

    No push service's word for a delivery is as good as this.
    """
    async with db.write() as tx:
        found = await tx.session.exec(
            select(PushSubscription).where(
                col(PushSubscription.user_id) == person.id, col(PushSubscription.token) == token
            )
        )
        row = found.first()
        if row is None or not token:
            raise not_found("subscription with this token")
        row.active_at = row.delivered_at = now_ms()
        row.token = None
        tx.session.add(row)


async def unsubscribe(db: Database, person: Person, *, endpoint: str = "", id_: str = "") -> bool:
    """Remove one of my browsers, for good until I turn it on there; whether there was one."""
    now = now_ms()
    async with db.write() as tx:
        gone = await tx.session.exec(
            delete(PushSubscription)
            .where(mine(person, endpoint=endpoint, id_=id_))
            .returning(col(PushSubscription.endpoint_hash))
        )
        hashes = list(gone.scalars())
        for one in hashes:
            await tx.session.merge(PushRemoval(endpoint_hash=one, removed_at=now))
    return bool(hashes)


def mine(person: Person, *, endpoint: str = "", id_: str = "") -> ColumnElement[bool]:
    """One of a person's own browsers, by its endpoint or by its id."""
    one = (
        col(PushSubscription.endpoint_hash) == hash_of(endpoint)
        if endpoint
        else col(PushSubscription.id) == id_
    )
    return one & (col(PushSubscription.user_id) == person.id)


async def send_test(db: Database, person: Person) -> tuple[int, int | None]:
    """A push to each of my devices: to how many, and when one last took a message.

    Raises 409 ``no-devices``.
    """
    now = now_ms()
    async with db.write() as tx:
        rows = [row for row in await subscriptions_of(tx.session, person.id) if row.active_at]
        if not rows:
            raise Problem(409, "no-devices", "None of your devices takes notifications yet.")
        await due(tx.session, self_test(person.id, now))
    return len(rows), max((row.delivered_at or 0 for row in rows), default=0) or None


async def subscriptions_of(session: AsyncSession, user_id: str) -> list[PushSubscription]:
    """A person's browsers that are still signed in, the oldest first."""
    found = await session.exec(
        select(PushSubscription)
        .where(col(PushSubscription.user_id) == user_id, signed_in())
        .order_by(col(PushSubscription.created_at), col(PushSubscription.id))
    )
    return list(found)


def signed_in() -> ColumnElement[bool]:
    """Whether the sign-in that a subscription belongs to is still good."""
    living = select(1).where(
        col(Session.id) == col(PushSubscription.session_id), col(Session.revoked_at).is_(None)
    )
    return or_(col(PushSubscription.session_id).is_(None), living.exists())


async def make_room(session: AsyncSession, person: Person, now: int) -> None:
    """One more device may come, once those are gone that never proved themselves."""
    await session.exec(
        delete(PushSubscription).where(
            col(PushSubscription.user_id) == person.id,
            or_(
                col(PushSubscription.active_at).is_(None)
                & (col(PushSubscription.created_at) < now - UNPROVEN_FOR),
                ~signed_in(),
            ),
        )
    )
    count = await session.exec(
        select(func.count()).where(col(PushSubscription.user_id) == person.id)
    )
    if count.one() >= MOST:
        raise Problem(
            409,
            "too-many-devices",
            f"Notifications go to at most {MOST} devices. Remove one you no longer use.",
        )


async def by_endpoint(session: AsyncSession, endpoint: str) -> PushSubscription | None:
    found = await session.exec(
        select(PushSubscription).where(col(PushSubscription.endpoint_hash) == hash_of(endpoint))
    )
    return found.first()


def hash_of(endpoint: str) -> str:
    return hashlib.sha256(endpoint.encode()).hexdigest()


def refuse_unusable(services: Services, given: SubscriptionIn) -> None:
    """Raises 422 that names every bad field."""
    errors = []
    try:
        services.check(given.endpoint)
    except BadEndpoint as bad:
        errors.append(FieldError("/endpoint", str(bad)))
    if not is_point(given.keys.p256dh):
        errors.append(FieldError("/keys/p256dh", "is not a point of the curve P-256"))
    if len(decoded(given.keys.auth)) != SECRET:
        errors.append(FieldError("/keys/auth", f"has not {SECRET} bytes"))
    if errors:
        raise Problem(422, "validation", "This subscription cannot be used.", errors)


def is_point(text: str) -> bool:
    """Whether a text is an uncompressed point on P-256."""
    raw = decoded(text)
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw)
    except ValueError:
        return False
    return len(raw) == POINT


def decoded(text: str) -> bytes:
    """base64url with or without padding; nothing where it is neither."""
    bare = text.rstrip("=")
    try:
        return base64.b64decode(bare + "=" * (-len(bare) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return b""
