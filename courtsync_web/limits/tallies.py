"""Which tally counts here."""

from courtsync_web.limits.memory import MemoryTally
from courtsync_web.limits.tally import Tally
from courtsync_web.settings import Settings


def tally_of(settings: Settings) -> Tally:
    """Redis' with memory behind it where Redis is set, else this process's own."""
    if not settings.redis_url:
        return MemoryTally()
    # Only who uses Redis pays for importing it: 60 ms of every `courtsync …` otherwise.
    from courtsync_web.limits.redis_tally import RedisTally
    from courtsync_web.limits.shared import SharedTally

    return SharedTally(RedisTally(settings.redis_url))
