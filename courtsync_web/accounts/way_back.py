"""Where to go after signing in: a path of ours, never another site."""

import re

PLAIN_PATH = re.compile(r"/(?![/\\])[\x21-\x5b\x5d-\x7e]*")
"""Starts with exactly one slash (``//host`` and ``/\\host`` are other sites to a browser);
printable ASCII without a backslash, as paths are once they are percent-encoded."""
LONGEST = 2000


def safe_path(wanted: str) -> str:
    """``wanted`` if it leads to a page of this site, else the home page."""
    return wanted if len(wanted) <= LONGEST and PLAIN_PATH.fullmatch(wanted) else "/"
