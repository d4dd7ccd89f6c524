"""A hall whose server streams beneath ASGI, and one that streams through it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.live.hall import HOW, open_hall
from tests.servers.app import Server


@pytest.fixture(params=HOW)
def hall(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Server]:
    """A running server that knows the small world; its orderly end is part of the test."""
    server = open_hall(tmp_path, request.param)
    yield server
    if server.process.poll() is None:
        server.stop()


@pytest.fixture(scope="session", params=HOW)
def shared_hall(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """The same for all tests: each finds what the others left there."""
    server = open_hall(tmp_path_factory.mktemp("hall"), request.param)
    yield server
    server.stop()
