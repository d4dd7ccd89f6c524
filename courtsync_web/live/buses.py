"""Which bus carries the rings here."""

from courtsync_web.live.bus import MemoryBus
from courtsync_web.live.distant_bus import DistantBus
from courtsync_web.settings import Settings


def bus_of(settings: Settings) -> MemoryBus:
    """Redis' where Redis is set; else PostgreSQL's own; with SQLite there is one process."""
    if settings.redis_url:
        from courtsync_web.live.redis_bus import RedisBus

        return RedisBus(settings.redis_url)
    if settings.effective_database_url.startswith("postgres"):
        from courtsync_web.live.postgres_bus import PostgresBus

        return PostgresBus(settings.effective_database_url)
    return MemoryBus()


def is_distant(bus: object) -> bool:
    return isinstance(bus, DistantBus)
