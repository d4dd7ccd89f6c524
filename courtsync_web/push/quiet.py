"""A person's quiet hours, by the clock on their own wall: also where the clocks change."""

from datetime import timedelta
from zoneinfo import ZoneInfoNotFoundError

from courtsync_web.clock import venue, wall_to_ms
from courtsync_web.push.models import PushPreference

AGAIN = 60_000
"""Milliseconds until another look, in an hour that a clock change repeats."""


def quiet_until(preference: PushPreference | None, now: int) -> int | None:
    """When the quiet that holds at ``now`` ends; none: it is not quiet."""
    if preference is None or preference.quiet_from is None or preference.quiet_to is None:
        return None
    start, end = preference.quiet_from, preference.quiet_to
    try:
        wall = venue(now, preference.timezone).replace(tzinfo=None)
    except (ZoneInfoNotFoundError, ValueError):
        return None
    minute = wall.hour * 60 + wall.minute
    over_midnight = start > end
    is_quiet = (minute >= start or minute < end) if over_midnight else start <= minute < end
    if not is_quiet:
        return None
    ends = wall.replace(hour=end // 60, minute=end % 60, second=0, microsecond=0)
    if over_midnight and minute >= start:
        ends += timedelta(days=1)
    return max(wall_to_ms(ends, preference.timezone), now + AGAIN)
