"""Who may not follow any more is told so within a round of the doorkeeper's."""

import pytest
from litestar import Litestar
from sqlmodel import col, delete, update

from courtsync_web.accounts.models import Session, User
from courtsync_web.accounts.tokens import Claims
from courtsync_web.clock import now_ms
from courtsync_web.db import Database
from courtsync_web.events.models import Event
from courtsync_web.live.doorkeeper import Doorkeeper, ticket_for
from courtsync_web.live.hub import Hub, Place
from courtsync_web.live.readers import Ticket
from courtsync_web.organizing.models import Member
from tests.live.lines import WirePhone
from tests.world import COACH, EVENT, OWNER, SAM, build_world

HOUR = 3600


@pytest.fixture
async def hall(app: Litestar) -> "Hall":
    await build_world(app.state.db)
    return Hall(app.state.db, app.state.hub)


class Hall:
    """A database, its readers, and who looks after them."""

    def __init__(self, db: Database, hub: Hub) -> None:
        self.db = db
        self.hub = hub
        self.keeper = Doorkeeper(db, hub)

    async def sign_in(self, person_id: str, expires_in: int = HOUR) -> Ticket:
        session_id = f"s-{person_id[:8]}"
        async with self.db.write() as tx:
            tx.session.add(
                Session(id=session_id, user_id=person_id, token_hash="x", created_at=0, used_at=0)
            )
        return Ticket(session_id, person_id, now_ms() // 1000 + expires_in)

    async def follow(self, ticket: Ticket | None) -> WirePhone:
        phone = WirePhone()
        await self.hub.join([Place(EVENT)], phone, phone.dialect, ticket)
        return phone

    async def make_private(self) -> None:
        async with self.db.write() as tx:
            await tx.session.exec(
                update(Event).where(col(Event.id) == EVENT).values(visibility="private")
            )


async def test_who_signs_out_or_is_erased_is_let_go_and_nobody_else(hall: Hall) -> None:
    leaving, staying = await hall.sign_in(SAM.id), await hall.sign_in(COACH.id)
    erased = await hall.sign_in(OWNER.id)
    phones = [await hall.follow(one) for one in (leaving, staying, erased, None)]
    await hall.keeper.look()
    assert not any(phone.ended for phone in phones)
    async with hall.db.write() as tx:
        signed_out = update(Session).where(col(Session.id) == leaving.session_id)
        await tx.session.exec(signed_out.values(revoked_at=1))
        await tx.session.exec(delete(Session).where(col(Session.id) == erased.session_id))
        await tx.session.exec(delete(User).where(col(User.id) == "nobody"))
    await hall.keeper.look()
    assert [phone.ended for phone in phones] == [True, False, True, False]
    assert '"reason":"signed-out"' in phones[0].text


async def test_a_token_that_ran_out_ends_its_streams(hall: Hall) -> None:
    phone = await hall.follow(await hall.sign_in(SAM.id, expires_in=-1))
    await hall.keeper.look()
    assert '"reason":"token-expired"' in phone.text


async def test_an_event_made_private_keeps_only_its_people(hall: Hall) -> None:
    async with hall.db.write() as tx:
        tx.session.add(Member(event_id=EVENT, user_id=COACH.id, role="coach", added_at=0))
    tickets = [await hall.sign_in(one.id) for one in (OWNER, COACH, SAM)]
    phones = [await hall.follow(one) for one in (*tickets, None)]
    await hall.keeper.look()
    await hall.make_private()
    await hall.keeper.look()
    assert [phone.ended for phone in phones] == [False, False, True, True]
    assert '"reason":"not-found"' in phones[3].text
    async with hall.db.write() as tx:
        await tx.session.exec(delete(Member).where(col(Member.user_id) == COACH.id))
    await hall.keeper.look()
    assert [phone.ended for phone in phones] == [False, True, True, True]


def test_a_ticket_says_what_the_token_says() -> None:
    claims = Claims(sub="p", role="spectator", sid="s", iat=1, exp=2, jti="j")
    assert ticket_for(claims) == Ticket("s", "p", 2)
    assert ticket_for(None) is None
