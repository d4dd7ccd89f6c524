"""Proposals: a person's wishes and an event's day made into tasks for the autopilot, and what it
finds put into words."""
