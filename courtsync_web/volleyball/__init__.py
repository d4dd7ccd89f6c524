"""Volleyball itself: formats as data, the rules as pure functions. Imports nothing of ours."""
