"""A server to be killed: the real application, whose claims on jobs run out after two seconds."""

import sys

import uvicorn

from courtsync_web.app import create_app
from courtsync_web.migrate import prepare
from courtsync_web.push.sender import Pace
from courtsync_web.settings import Settings

LEASE = 2_000
"""Milliseconds; a minute in earnest, which a hundred kills cannot wait for."""


def main(port: int) -> None:
    settings = Settings()
    prepare(settings.effective_database_url)
    app = create_app(settings)
    app.state.pushing.sender.pace = Pace(lease=LEASE, idle=50)
    uvicorn.run(app, port=port, log_level="warning", access_log=False)


if __name__ == "__main__":
    main(int(sys.argv[1]))
