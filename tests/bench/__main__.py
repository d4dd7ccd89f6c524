"""``make bench``: everything, or what is named (``python -m tests.bench imports guards``)."""

import sys

from tests.bench import (
    autopilot,
    estimates,
    guards,
    imports,
    live,
    pages,
    phone,
    photographer,
    push,
    signins,
    writes,
)
from tests.bench.figures import machine

KINDS = {
    "imports": imports.measure,
    "pages": pages.measure,
    "live": live.measure,
    "guards": guards.measure,
    "signins": signins.measure,
    "push": push.measure,
    "writes": writes.measure,
    "phone": phone.measure,
    "photographer": photographer.measure,
    "estimates": estimates.measure,
    "autopilot": autopilot.measure,
}


def main(names: list[str]) -> None:
    """Run the measurements one after another; two at once would measure each other."""
    unknown = set(names) - KINDS.keys()
    if unknown:
        sys.exit(
            f"There is no measurement {', '.join(sorted(unknown))}; there are: {', '.join(KINDS)}."
        )
    print(machine())
    for name in names or KINDS:
        KINDS[name]()


if __name__ == "__main__":
    main(sys.argv[1:])
