"""Measurements, not tests: ``make bench`` prints them, docs/benchmarks.md keeps a run of them."""
