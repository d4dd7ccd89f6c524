"""A time zone for an event that publishes none: told by people, else by its teams' regions.

Teams carry the code of the volleyball region they are registered in. When most of an event's
teams come from one, the event is most likely in it. It stays a guess and is said aloud.
"""

from collections import Counter
from collections.abc import Iterable

REGIONS = {
    "America/New_York": "CH CR FL GE KE NE OD OV PM WE",
    "America/Chicago": "BG BY DE GC GL GP GW HA IA LK LS NO NT OK",
    "America/Indiana/Indianapolis": "HO",
    "America/Denver": "IM RM SU",
    "America/Phoenix": "AZ",
    "America/Los_Angeles": "CE EV NC PS SC",
    "America/Anchorage": "AK",
    "Pacific/Honolulu": "AH MK",
}
"""Regions by the zone most of their venues keep. Of these codes recorded answers have shown
only NC, one more reason to say aloud that it is a guess."""
ZONES = {region: zone for zone, regions in REGIONS.items() for region in regions.split()}
FALLBACK = "UTC"


def guessed_zone(regions: Iterable[str]) -> tuple[str, str]:
    """A zone, and the sentence that says where it comes from."""
    seen = [region for region in regions if region in ZONES]
    votes = Counter(ZONES[region] for region in seen)
    if votes:
        zone, number = votes.most_common(1)[0]
        if number * 2 > len(seen):
            return zone, (
                f"AES publishes no time zone; {zone} is assumed, because {number} of "
                f"{len(seen)} teams are registered there. If that is wrong, import again with "
                "--timezone ZONE."
            )
    return FALLBACK, (
        "AES publishes no time zone and the teams do not tell one; times are taken as UTC, "
        "which is almost surely wrong. Import again with --timezone ZONE."
    )
