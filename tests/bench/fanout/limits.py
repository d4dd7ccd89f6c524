"""Thousands of connections need as many open files."""

import resource


def raise_open_files() -> int:
    """As many as this account may have; how many that is."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard
