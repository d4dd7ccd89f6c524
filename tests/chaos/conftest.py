"""One server for all stories: each has an event of its own."""

from collections.abc import Iterator

import pytest

from tests.chaos.__main__ import a_house
from tests.chaos.server import House


@pytest.fixture(scope="package")
def running() -> Iterator[House]:
    with a_house() as one:
        yield one


@pytest.fixture
def house(running: House) -> House:
    """A sound one, whatever it was made to suffer before."""
    running.ail("")
    return running
