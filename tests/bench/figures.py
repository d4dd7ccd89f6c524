"""Figures and the tables they stand in."""

import os
import platform
import sqlite3
import statistics
import time
from collections.abc import Sequence
from pathlib import Path


def milliseconds_since(started: float) -> float:
    """Since a reading of ``time.perf_counter()``."""
    return (time.perf_counter() - started) * 1000


def spread(milliseconds: Sequence[float]) -> str:
    """Median, and the lowest and highest of several runs."""
    middle = statistics.median(milliseconds)
    return f"{middle:.1f} ({min(milliseconds):.1f} to {max(milliseconds):.1f})"


def percentile(values: Sequence[float], share: float) -> float:
    """The value that ``share`` (0 to 1) of all do not exceed, the nearest of those measured."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(share * (len(ordered) - 1)))]


def table(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a Markdown table, ready for docs/benchmarks.md."""
    print(f"\n## {title}\n")
    print("| " + " | ".join(columns) + " |")
    print("|" + "---|" * len(columns))
    for row in rows:
        print("| " + " | ".join(map(str, row)) + " |", flush=True)


def machine() -> str:
    """What the figures were measured on, in one line."""
    cpu = next(
        (line.partition(":")[2].strip() for line in cpu_lines() if line.startswith("model name")),
        platform.processor() or platform.machine(),
    )
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    return (
        f"{cpu}, {cores} cores, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}; "
        f"load before the run {load}; {time.strftime('%Y-%m-%d')}"
    )


def cpu_lines() -> list[str]:
    facts = Path("/proc/cpuinfo")
    return facts.read_text().splitlines() if facts.exists() else []
