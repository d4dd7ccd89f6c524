"""The log: lines for a terminal, JSON for a machine, discreet in both.

Every record says which request it belongs to (``X-Request-Id``), if any. The standard
library's logging is all there is: what SQLAlchemy, uvicorn and redis say goes the same way.
"""

import logging
import sys
from contextvars import ContextVar
from datetime import UTC, datetime

import msgspec

from courtsync_web.settings import Settings
from courtsync_web.web.discreet import Discreet, masked

REQUEST: ContextVar[str] = ContextVar("request_id", default="")
"""The id of the request that is being answered."""
LINE = "%(asctime)s %(levelname)s %(name)s %(message)s"
WITH_REQUEST = LINE + " [%(request)s]"
REQUESTS = logging.getLogger("courtsync.requests")
"""One line for each request, at level ``info``."""


class ForPeople(Discreet):
    """A line for a terminal, with the request at its end if there is one."""

    def __init__(self) -> None:
        super().__init__(LINE)
        self._with_request = Discreet(WITH_REQUEST)

    def format(self, record: logging.LogRecord) -> str:
        request = REQUEST.get()
        if not request:
            return super().format(record)
        record.__dict__["request"] = request
        return self._with_request.format(record)


class ForMachines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        told = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": masked(record.getMessage()),
        }
        if request := REQUEST.get():
            told["request"] = request
        if record.exc_info:
            told["trace"] = masked(self.formatException(record.exc_info))
        told |= {
            name: masked(value) if isinstance(value, str) else value
            for name, value in getattr(record, "fields", {}).items()
        }
        return msgspec.json.encode(told).decode()


def start_log(settings: Settings) -> None:
    """Write to stderr, whoever in this process has something to say."""
    people = settings.log_format == "text" or (
        settings.log_format == "auto" and sys.stderr.isatty()
    )
    to_stderr = logging.StreamHandler()
    to_stderr.setFormatter(ForPeople() if people else ForMachines())
    logging.basicConfig(level=logging.WARNING, handlers=[to_stderr])
    REQUESTS.setLevel(settings.log_level.upper())
