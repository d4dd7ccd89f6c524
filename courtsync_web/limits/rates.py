"""How often: the rates of every class of route, as data (docs/limits.md gives the reasons)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rate:
    """A bucket of ``limit`` tokens that refills evenly, whole in ``seconds``.

    Somebody who has rested may spend all of it at once; in any window of ``t`` seconds nobody
    gets more than ``limit + limit / seconds * t``.
    """

    limit: int
    seconds: float

    @property
    def interval(self) -> int:
        """Microseconds until one token is back."""
        return round(self.seconds * 1_000_000 / self.limit)

    def tighter(self) -> "Rate":
        """A quarter of it: what one process of several grants where it cannot ask the others."""
        return Rate(max(1, self.limit // 4), self.seconds)


@dataclass(frozen=True, slots=True)
class LimitClass:
    """Routes that share a bucket. Whoever is signed in is counted by person, else by address.

    Without ``per_person`` the address counts for everybody. ``per_session`` adds a bucket for
    the session that a refresh token names. A ``strict`` class becomes tighter, not looser,
    while Redis is away.
    """

    name: str
    per_person: Rate | None
    per_address: Rate
    per_session: Rate | None = None
    strict: bool = False


def equal(name: str, limit: int, seconds: float) -> LimitClass:
    """The same for a person and for an address nobody is signed in at (SEED.md's limits)."""
    return LimitClass(name, Rate(limit, seconds), Rate(limit, seconds))


SECOND, MINUTE = 1, 60

# The API outline's own figures. Browsers read none of these routes for people who only watch
# (pages, fragments and streams are their way), so a hall behind one address is not concerned.
POST_SCORE = equal("post-score", 10, SECOND)
SCORE = equal("score", 100, MINUTE)
SCORES = equal("scores", 50, MINUTE)
HISTORY = equal("history", 50, MINUTE)
POST_CLAIM = equal("post-claim", 20, MINUTE)
DELETE_CLAIM = equal("delete-claim", 20, MINUTE)
CLAIM = equal("claim", 100, MINUTE)
CLAIMS = equal("claims", 50, MINUTE)
PLAN = equal("plan", 50, MINUTE)
CHANGE_PLAN = equal("change-plan", 10, SECOND)
CHANGE_CREW = equal("change-crew", 20, MINUTE)
"""A code has 130 bits; nobody guesses one at this pace, or at any."""
PROPOSAL = LimitClass("proposal", Rate(20, MINUTE), Rate(60, MINUTE))
"""A second of computing each. Nobody needs to be signed in, and a hall has one address."""
SYNC = equal("sync", 10, SECOND)
"""A batch counts once, like one score: an outbox that empties must never be held up."""

# What the outline leaves open, in its manner.
TAKEOVER = equal("takeover", 20, MINUTE)
REFUSE_TAKEOVER = equal("refuse-takeover", 20, MINUTE)
CONFLICTS = equal("conflicts", 50, MINUTE)
RESTORE = equal("restore", 20, MINUTE)
ORGANIZE = equal("organize", 60, MINUTE)
FOLLOWS = equal("follows", 50, MINUTE)
FOLLOW = equal("follow", 10, SECOND)
"""As a plan is changed: twenty stars of one club are twenty taps in a row."""
EXPORT = LimitClass("export", Rate(30, MINUTE), Rate(300, MINUTE))
CALENDAR = LimitClass("calendar", Rate(60, MINUTE), Rate(600, MINUTE))
"""Calendar services ask for many people from one address; a copy that is good costs a 304."""
PICTURE = LimitClass("picture", Rate(60, MINUTE), Rate(300, MINUTE))
"""Drawn one at a time; a messenger asks once for each link."""
SHARED_LINK = equal("shared-link", 60, MINUTE)
MYSELF = equal("myself", 100, MINUTE)
CHANGE_MYSELF = equal("change-myself", 20, MINUTE)
PUSH = equal("push", 100, MINUTE)
CHANGE_PUSH = equal("change-push", 60, MINUTE)
"""Bells are tapped one after another, and every opened page offers its subscription."""
PUSH_TEST = equal("push-test", 6, MINUTE)
SIGN_OUT = LimitClass("sign-out", Rate(20, MINUTE), Rate(600, MINUTE))

# Six hundred spectators and more behind one address: they open a page, its fragments and a
# stream each, all at once when a match begins or the network is back. 200 pages a second are
# half of what one core renders, so no single address takes the server from the others.
PAGE = LimitClass("page", Rate(300, MINUTE), Rate(6000, 30))
READ = LimitClass("read", Rate(120, MINUTE), Rate(1200, MINUTE))
STREAM = LimitClass("stream", Rate(60, MINUTE), Rate(10_000, 100))

# Ways in. The rates are per address, whoever asks; failed passwords cost more (patience.py).
SIGN_IN = LimitClass("sign-in", None, Rate(60, MINUTE), strict=True)
FORGOT = LimitClass("forgot", None, Rate(20, 10 * MINUTE), strict=True)
REGISTER = LimitClass("register", None, Rate(60, 2 * MINUTE), strict=True)
GUEST = LimitClass("guest", None, Rate(300, 150), strict=True)
REFRESH = LimitClass("refresh", None, Rate(600, MINUTE), Rate(20, MINUTE), strict=True)
