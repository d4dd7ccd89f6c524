"""Where in the world it is late morning right now: there the demo tournament takes place."""

from courtsync_web.clock import venue

LATE_MORNING = 11 * 60 + 10
"""Minutes after midnight: the third matches of the day are over, the fourth are on."""

CITIES = {
    "Pacific/Honolulu": "Honolulu",
    "Pacific/Gambier": "Rikitea",
    "America/Anchorage": "Anchorage",
    "America/Los_Angeles": "Sacramento",
    "America/Denver": "Denver",
    "America/Chicago": "Chicago",
    "America/New_York": "Philadelphia",
    "America/Halifax": "Halifax",
    "America/Sao_Paulo": "Curitiba",
    "America/Noronha": "Fernando de Noronha",
    "Atlantic/Cape_Verde": "Praia",
    "Atlantic/Azores": "Ponta Delgada",
    "Europe/London": "Manchester",
    "Europe/Berlin": "Leipzig",
    "Europe/Athens": "Thessaloniki",
    "Asia/Qatar": "Doha",
    "Asia/Dubai": "Dubai",
    "Asia/Karachi": "Lahore",
    "Asia/Kolkata": "Bengaluru",
    "Asia/Dhaka": "Dhaka",
    "Asia/Bangkok": "Bangkok",
    "Asia/Manila": "Manila",
    "Asia/Tokyo": "Osaka",
    "Australia/Brisbane": "Brisbane",
    "Pacific/Noumea": "Nouméa",
    "Pacific/Tarawa": "Tarawa",
    "Pacific/Auckland": "Wellington",
    "Pacific/Apia": "Apia",
    "Pacific/Pago_Pago": "Pago Pago",
}


def minutes_of_day(now: int, zone: str) -> int:
    """The wall clock in a zone, as minutes after midnight."""
    wall = venue(now, zone)
    return wall.hour * 60 + wall.minute


def late_morning_zone(now: int) -> str:
    """The zone whose clock is nearest to ten past eleven."""
    return min(CITIES, key=lambda zone: abs(minutes_of_day(now, zone) - LATE_MORNING))
