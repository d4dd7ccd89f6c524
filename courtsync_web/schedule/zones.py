"""The time zones an event may be in."""

from zoneinfo import available_timezones

ZONES = frozenset(available_timezones())
"""IANA names, from the system's data or the ``tzdata`` package."""
