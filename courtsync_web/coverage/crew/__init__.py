"""Crews: photographers who share the work at an event, so that nobody goes where another is."""
