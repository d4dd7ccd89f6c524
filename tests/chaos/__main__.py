"""``python -m tests.chaos --seed 17`` plays one story again; ``--runs 300`` plays many."""

import argparse
import asyncio
import tempfile
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from tests.chaos.run import Run, Told
from tests.chaos.server import House


def play(seeds: list[int], server_bug: str = "", bug: str = "") -> list[Told]:
    """These seeds in a row against one server, which is killed whenever a story says so."""
    told: list[Told] = []
    with tempfile.TemporaryDirectory(prefix="courtsync-chaos-") as folder:
        house = House(Path(folder) / "data", server_bug)
        try:
            for seed in seeds:
                told.append(asyncio.run(Run(house, Path(folder), seed, bug).play()))
                if told[-1].faults:
                    break
        finally:
            house.kill()
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
    failed = [one for one in told if one.faults]
    for one in failed:
        say(f"{one}\nagain: python -m tests.chaos --seed {one.seed}")
    say(f"{len(told)} runs, {sum(one.ops for one in told)} deeds, {len(failed)} failed")
    return 1 if failed or len(told) < len(seeds) else 0


if __name__ == "__main__":
    raise SystemExit(main())
