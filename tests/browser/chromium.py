"""Where the system keeps its Chromium."""

import shutil

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


class NoChromium(Exception):
    """None of the known names is on the path."""


def chromium_program() -> str:
    """Path of the browser's program."""
    for name in PROGRAMS:
        if path := shutil.which(name):
            return path
    raise NoChromium(f"none of {', '.join(PROGRAMS)} is installed")
