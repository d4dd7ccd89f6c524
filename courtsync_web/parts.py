"""What lives as long as the application, put together: made from the settings, run, and closed."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from litestar import Litestar

from courtsync_web.accounts.known_sessions import KnownSessions
from courtsync_web.accounts.letters import Letters
from courtsync_web.accounts.recovery import Recovery
from courtsync_web.accounts.tokens import Keys
from courtsync_web.coverage.planner import Planner
from courtsync_web.db import Database
from courtsync_web.estimates.queries import estimates_of
from courtsync_web.estimates.recent import RecentEstimates
from courtsync_web.limits.patience import Patience
from courtsync_web.limits.tallies import tally_of
from courtsync_web.live.buses import bus_of
from courtsync_web.live.conversation import House
from courtsync_web.live.distant_bus import DistantBus
from courtsync_web.live.doorkeeper import Doorkeeper
from courtsync_web.live.hub import Hub
from courtsync_web.live.snapshots import Snapshots
from courtsync_web.push.pushing import Pushing
from courtsync_web.remembered import Remembered
from courtsync_web.scoring.claims import Claims
from courtsync_web.scoring.desk import ScoringDesk
from courtsync_web.scoring.feed import EventFeed
from courtsync_web.settings import Settings
from courtsync_web.sharing.pictures import Pictures
from courtsync_web.supervised import Supervised
from courtsync_web.web.assets import build_assets
from courtsync_web.web.metrics import report
from courtsync_web.web.places import STATIC
from courtsync_web.web.pwa import worker_script
from courtsync_web.web.secrets import load_secrets


class Parts:
    """Each part once. Nothing runs before ``running``, which closes what it must at the end."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.db = Database(settings.effective_database_url, settings.database_read_url)
        self.bus = bus_of(settings)
        self.hub = Hub(EventFeed(self.db), self.bus)
        self.claims = Claims(self.db, self.bus)
        self.remembered = Remembered(self.db, self.bus)
        self.keys = Keys.of(*load_secrets(settings))
        self.known = KnownSessions(self.db)
        self.recovery = Recovery(self.db, Letters(settings))
        self.tally = tally_of(settings)
        self.counted = self.tally if settings.limits == "on" else None
        self.pushing = Pushing(self.db, settings, estimates_of)
        self.assets = build_assets(STATIC, settings.data_dir / "assets")
        self.supervised = self._under_supervision()

    def _under_supervision(self) -> Supervised:
        """What is to be done all the time."""
        supervised = Supervised()
        if isinstance(self.bus, DistantBus):
            supervised.add("bus", self.bus.run)
        supervised.add("takeovers", self.claims.look_after_takeovers)
        supervised.add("doorkeeper", Doorkeeper(self.db, self.hub).keep)
        self.pushing.work_under(supervised)
        supervised.add("remembered reads", self.remembered.look)
        supervised.add("metrics", lambda: report(self.hub, supervised))
        return supervised

    def shared(self) -> dict[str, object]:
        """What handlers ask for, by the name of their parameter."""
        desk = ScoringDesk(self.db, self.bus, self.claims, self.counted)
        return {
            "db": self.db,
            "bus": self.bus,
            "hub": self.hub,
            "house": House(self.db, self.known, self.keys, desk, self.counted),
            "snapshots": Snapshots(self.db, self.bus, self.hub.feed),
            "claims": self.claims,
            "keys": self.keys,
            "recovery": self.recovery,
            "patience": Patience(self.tally),
            "pushing": self.pushing,
            "assets": self.assets,
            "worker": worker_script(self.assets, self.settings),
            "recent": RecentEstimates(),
            "pictures": Pictures(),
            "planner": Planner(),
            "settings": self.settings,
            "supervised": self.supervised,
            "remembered": self.remembered,
        }

    @asynccontextmanager
    async def running(self, _app: Litestar) -> AsyncIterator[None]:
        """For as long as the application serves."""
        try:
            async with self.hub.running(), self.supervised.running():
                yield
        finally:
            self.claims.close()
            await self.pushing.close()
            self.remembered.close()
            await self.recovery.close()
            await self.tally.close()
            await self.db.close()
