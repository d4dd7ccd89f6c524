"""Schedules: read, compared, applied, exported."""
