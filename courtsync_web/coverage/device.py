"""A plan that a device keeps by itself: nobody needs to sign in to plan.

The browser keeps it (``static/js/coverage/plan.js``) and tells the Coverage page of that event
alone, in a cookie.
"""

import re
from dataclasses import dataclass
from urllib.parse import unquote

from courtsync_web.coverage.queries import FOLLOWED
from courtsync_web.coverage.stays import Stay

LONGEST = 4096
MOST = 400
ID = re.compile(r"-?\d{1,19}")
AIM = re.compile(r"followed|all|-?\d{1,19}")


@dataclass(frozen=True, slots=True)
class OwnPlan:
    """Whose ever it is: what the page is made from."""

    planned: frozenset[int] = frozenset()
    shot: frozenset[int] = frozenset()
    followed: frozenset[int] = frozenset()
    """Teams of the event that one follows."""
    stay: Stay = Stay.WHOLE
    aim: str = FOLLOWED


def plan_in(cookie: str) -> OwnPlan:
    """``short~followed~-101.-102~-101~12.13``: stay, aim, matches planned, matches shot, teams
    followed; what does not read so is left out."""
    stay, aim, planned, shot, followed, *_ = [*unquote(cookie[:LONGEST]).split("~"), *[""] * 5]
    return OwnPlan(
        planned=ids_in(planned),
        shot=ids_in(shot) & ids_in(planned),
        followed=ids_in(followed),
        stay=Stay(stay) if stay in set(Stay) else Stay.WHOLE,
        aim=aim if AIM.fullmatch(aim) else FOLLOWED,
    )


def ids_in(text: str) -> frozenset[int]:
    found = [int(part) for part in text.split(".")[:MOST] if ID.fullmatch(part)]
    return frozenset(one for one in found if abs(one) < 2**63)
