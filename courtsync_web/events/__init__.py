"""The event and its schedule: divisions, clubs, teams, courts, matches."""
