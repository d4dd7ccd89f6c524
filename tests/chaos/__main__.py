"""``python -m tests.chaos --seed 17`` plays one story again; ``--runs 300`` plays many."""

import argparse
import asyncio
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from tests.chaos.run import Run, Told
from tests.chaos.server import House


@contextmanager
def a_house() -> Iterator[House]:
    """A server of one's own in a temporary folder."""
    with tempfile.TemporaryDirectory(prefix="courtsync-chaos-") as folder:
        house = House(Path(folder) / "data")
        try:
            yield house
        finally:
            house.close()


def stories(house: House, seeds: list[int], bug: str = "") -> list[Told]:
    """These seeds in a row, until one breaks a promise. ``bug``: of the phones."""
    told: list[Told] = []
    for seed in seeds:
        told.append(asyncio.run(Run(house, house.data_dir / "phones", seed, bug).play()))
        if told[-1].faults:
            break
    return told


def play(seeds: list[int]) -> list[Told]:
    """These seeds against one server, which is killed whenever a story says so."""
    told: list[Told] = []
    with a_house() as house:
        for seed in seeds:
            [one] = stories(house, [seed])
            told.append(one)
            say(one if one.faults else f"seed {seed}: {one.ops} deeds, every promise kept")
    return told


say = partial(print, flush=True)


def main() -> int:
    """0 where every promise held."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="the first, or the only one")
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--parallel", type=int, default=1)
    options = parser.parse_args()
    seeds = list(range(options.seed, options.seed + options.runs))
    parts = [seeds[n :: options.parallel] for n in range(options.parallel)]
    with ProcessPoolExecutor(options.parallel) as pool:
        told = [one for part in pool.map(play, parts) for one in part]
    failed = [one.seed for one in told if one.faults]
    for seed in failed:
        say(f"again: python -m tests.chaos --seed {seed}")
    say(f"{len(told)} runs, {sum(one.ops for one in told)} deeds, {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
