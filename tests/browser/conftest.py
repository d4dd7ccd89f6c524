"""Chromium, and people who use it: ``phone``, ``spectator``, ``other``, each with its own profile.

Every test talks to the server through its own gate (``gate.cut()``, ``gate.restore()``).
Whatever a page complains about on its console fails the test, unless the test announced it
with ``complaints.expect(pattern)``. All of this runs in one event loop for the whole run.
"""

import shutil
import tempfile
from collections.abc import AsyncIterator, Generator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright, expect

from tests.browser.chromium import NoChromium, chromium_program
from tests.browser.gate import Gate
from tests.browser.visitors import Complaints, Visitors
from tests.servers.app import Server, run_command, start_server

HERE = Path(__file__).parent
LOST_NETWORK = "|".join(
    (
        r"net::ERR_(CONNECTION|INCOMPLETE|EMPTY|NETWORK|SOCKET|FAILED)",
        "An unknown error occurred when fetching the script",  # the worker's
    )
)
FAILED = pytest.StashKey[bool]()
PATIENCE_MS = 15_000
"""What shall be seen is waited for; on two cores two halls and their browsers can take a while."""
expect.set_options(timeout=PATIENCE_MS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests share one loop: Playwright's objects belong to the loop that made them."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember a failure, so that pictures are taken while the pages are still open."""
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium() -> AsyncIterator[Browser]:
    """The system's Chromium, once for the whole run."""
    try:
        program = chromium_program()
    except NoChromium as error:
        pytest.skip(f"Chromium cannot be had here: {error}")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program)
        yield browser
        await browser.close()


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the demo tournament, as it is before anybody has touched it."""
    folder = tmp_path_factory.mktemp("demo")
    run_command(folder / "data", "demo", cwd=folder)
    return folder / "data"


@pytest.fixture(scope="module")
def hall(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with the demo tournament, one for each file: on it nobody else keeps score."""
    folder = tmp_path_factory.mktemp("hall")
    shutil.copytree(demo, folder / "data")
    running = start_server(folder / "data", cwd=folder)
    yield running
    running.stop()


@pytest_asyncio.fixture(loop_scope="session")
async def gate(hall: Server) -> AsyncIterator[Gate]:
    """The network between this test's browsers and the server."""
    async with Gate(hall.url) as network:
        yield network


@pytest.fixture
def complaints(gate: Gate) -> Iterator[Complaints]:
    """What pages complained about; whatever was not expected fails the test."""
    kept = Complaints()
    yield kept
    if gate.was_cut:
        kept.expect(LOST_NETWORK)
    assert not kept.unexpected(), "pages complained:\n" + "\n".join(kept.unexpected())


@pytest_asyncio.fixture(loop_scope="session")
async def visitors(
    request: pytest.FixtureRequest, chromium: Browser, gate: Gate, complaints: Complaints
) -> AsyncIterator[Visitors]:
    """Makes people: ``await visitors.arrive("coach", DESK)`` gives a page of their own."""
    everyone = Visitors(chromium, gate.url, complaints)
    yield everyone
    if request.node.stash.get(FAILED, False):
        folder = Path(tempfile.gettempdir()) / "courtsync-failures" / request.node.name
        for picture in await everyone.photograph(folder):
            print(f"what they saw: {picture}")  # noqa: T201 - shown with the failure
    await everyone.leave()


@pytest_asyncio.fixture(loop_scope="session")
async def phone(visitors: Visitors) -> Page:
    """The scorer's phone."""
    return await visitors.arrive("phone")


@pytest_asyncio.fixture(loop_scope="session")
async def spectator(visitors: Visitors) -> Page:
    """Somebody watching, on a phone."""
    return await visitors.arrive("spectator")


@pytest_asyncio.fixture(loop_scope="session")
async def other(visitors: Visitors) -> Page:
    """Another who would like to score."""
    return await visitors.arrive("other")
