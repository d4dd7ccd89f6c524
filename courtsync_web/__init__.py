"""CourtSync: volleyball tournaments, scored on a phone and watched live."""

__version__ = "0.4.1"
