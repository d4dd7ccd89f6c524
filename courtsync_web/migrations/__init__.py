"""Alembic: the schema as it grew."""
