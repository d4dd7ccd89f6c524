"""``python -m courtsync_web`` is the ``courtsync`` command."""

from courtsync_web.cli import main

main()
