"""Teams that a device follows by itself: nobody needs to sign in to have My teams.

The browser keeps them (``static/js/following/store.js``) and tells this page alone, in a cookie.
"""

import re
from urllib.parse import unquote

TEAM = re.compile(r"([A-Za-z0-9_-]{1,64})~(-?\d{1,19})")
MOST = 100
"""Teams shown; a cookie holds fewer."""

Teams = list[tuple[str, int]]
"""``(event id, team id)``, each once."""


def teams_in(cookie: str) -> Teams:
    """``lakeside~12.lakeside~-4``; what does not read so is left out."""
    found = [TEAM.fullmatch(part) for part in unquote(cookie[:8192]).split(".")]
    teams = [(one[1], int(one[2])) for one in found if one and abs(int(one[2])) < 2**63]
    return list(dict.fromkeys(teams))[:MOST]
