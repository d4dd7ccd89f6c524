"""A person's plan as planning sees it."""

from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.accounts.people import Person
from courtsync_web.coverage.device import OwnPlan
from courtsync_web.coverage.queries import matches_planned, matches_shot, setting_of
from courtsync_web.following.queries import teams_followed


async def own_plan_of(session: AsyncSession, event_id: str, person: Person) -> OwnPlan:
    """What the account keeps."""
    setting = await setting_of(session, event_id, person.id)
    planned = await matches_planned(session, event_id, person.id)
    return OwnPlan(
        planned=planned,
        shot=await matches_shot(session, event_id, person.id) & planned,
        followed=await teams_followed(session, person, event_id),
        stay=setting.stay,
        aim=setting.aim,
    )
