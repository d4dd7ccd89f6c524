"""Which reminders are due at this moment. Pure: what is read and written is for the rounds.

A reminder is written when its time has come by what is expected now, so a court that runs early or
late moves it by itself. Once it is out, a later change of what was said goes out quietly.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from courtsync_web.events.walking import minutes_between
from courtsync_web.push import kinds
from courtsync_web.push.clashing import clash_reminders
from courtsync_web.push.interest import Interest, Listener
from courtsync_web.push.jobs import Row, row
from courtsync_web.push.kinds import HOUR, MINUTE, SAME_OCCASION, Kind
from courtsync_web.push.said import Ledger, Said
from courtsync_web.push.today import GRACE, Fixture, Today

EVERY = 15_000
"""Milliseconds between two rounds."""
HALF = EVERY // 2
FORGIVEN = 2 * MINUTE
"""A match so long past its expected start is played without a scorer: nobody needs reminding."""
QUIET_MOVE = 5 * MINUTE
"""Less than that is no news."""
NO_SCORER = 3 * MINUTE
"""Before the start: then the work team should be at the table."""
A_MATCH = HOUR
"""For each match that somebody wants to be ahead, and their own: the first match of a court has
none before it, and nobody is to be woken for that."""


def due_reminders(
    event_id: str, today: Today, interest: Interest, said: Ledger, now: int
) -> Iterator[Row]:
    """Rows for the ledger; those that were written before are left out."""
    for one in today.coming():
        if now > max(one.start, one.printed) + FORGIVEN:
            continue
        maker = Maker(event_id, one, today.ahead[one.match_id], interest, said, now)
        yield from maker.players()
        yield from maker.planners(today)
        yield from maker.workers()
    yield from clash_reminders(event_id, today, interest, said, now)


@dataclass(frozen=True, slots=True)
class Maker:
    """The reminders of one match."""

    event_id: str
    match: Fixture
    ahead: int | None
    interest: Interest
    said: Ledger
    now: int

    def players(self) -> Iterator[Row]:
        """For those who follow who plays, or rang the match's bell."""
        for team_id in (self.match.team1_id, self.match.team2_id):
            for user_id in (
                self.interest.by_team.get(team_id or 0, ()) if team_id is not None else ()
            ):
                yield from self.soon(user_id, "team", team_id)
        for user_id in self.interest.by_match.get(self.match.match_id, ()):
            yield from self.soon(user_id, "match", None)

    def planners(self, today: Today) -> Iterator[Row]:
        """For photographers: with the way from where they are before."""
        for user_id, plan in self.interest.plans.items():
            if self.match.match_id in plan:
                walk = walk_to(self.match, plan, today, self.interest)
                yield from self.soon(user_id, "plan", None, walk)

    def soon(
        self,
        user_id: str,
        reason: str,
        team_id: int | None,
        walk: int = 0,
        kind: Kind = kinds.MATCH_SOON,
    ) -> Iterator[Row]:
        """Once in time; later, without a buzz, where the start has moved from what was said."""
        listener = self.interest.listeners.get(user_id)
        if listener is None or not listener.wants(kind, self.event_id, team_id):
            return
        before = self.told(user_id, kind.name)
        facts = {"expected": self.match.start}
        if before is None:
            if self.is_time(listener, walk):
                facts |= {"walk": walk} if walk else {}
                yield self.first(user_id, kind.name, reason, team_id, facts)
        elif before.start and abs(self.match.start - before.start) >= QUIET_MOVE:
            before.start = self.match.start
            later = kinds.MOVED[kind].name
            yield self.job(user_id, later, reason, team_id, facts, self.match.start)

    def workers(self) -> Iterator[Row]:
        """For followers of the team that has to work."""
        team_id = self.match.work_team_id
        for user_id in self.followers(team_id):
            yield from self.soon(user_id, "team", team_id, kind=kinds.REF_DUTY)
            listener = self.interest.listeners.get(user_id)
            if listener is None or not listener.wants(kinds.WORK_TEAM, self.event_id, team_id):
                continue
            if self.lacks_scorer() and self.told(user_id, kinds.WORK_TEAM.name) is None:
                facts = {"expected": self.match.start}
                yield self.first(user_id, kinds.WORK_TEAM.name, "team", team_id, facts)

    def followers(self, team_id: int | None) -> list[str]:
        return [] if team_id is None else self.interest.by_team.get(team_id, [])

    def lacks_scorer(self) -> bool:
        return (
            not self.match.called
            and self.ahead == 0
            and self.match.start - NO_SCORER <= self.now + HALF
        )

    def is_time(self, listener: Listener, walk: int) -> bool:
        """Whether this person is to be told now; ``walk`` in minutes comes on top. Who counts
        matches is told by the clock where they cannot be counted."""
        left = self.match.start - self.now
        if listener.lead_matches is not None and self.ahead is not None:
            near = self.ahead <= listener.lead_matches
            near = near and left <= (listener.lead_matches + 1) * A_MATCH
            return near or left <= walk * MINUTE + HALF
        return left <= (listener.lead_minutes + walk) * MINUTE + HALF

    def told(self, user_id: str, kind: str) -> Said | None:
        """What was last said of this kind on this occasion."""
        past = self.said.get((user_id, self.match.match_id, kind), ())
        same = [one for one in past if abs(one.occasion - self.match.printed) < SAME_OCCASION]
        return same[-1] if same else None

    def first(
        self, user_id: str, kind: str, reason: str, team_id: int | None, facts: dict[str, int]
    ) -> Row:
        """What is said for the first time on this occasion."""
        key = (user_id, self.match.match_id, kind)
        self.said.setdefault(key, []).append(Said(self.match.printed, self.match.start))
        return self.job(user_id, kind, reason, team_id, facts, self.match.printed)

    def job(
        self,
        user_id: str,
        kind: str,
        reason: str,
        team_id: int | None,
        facts: dict[str, int],
        occasion: int,
    ) -> Row:
        return row(
            user_id,
            kind,
            event_id=self.event_id,
            match_id=self.match.match_id,
            occasion=occasion,
            reason=reason,
            team_id=team_id,
            facts=facts,
            due_at=self.now,
            expires_at=max(self.match.latest, self.match.start, self.now) + GRACE,
            now=self.now,
        )


def walk_to(match: Fixture, plan: set[int], today: Today, interest: Interest) -> int:
    """Minutes from the court of the planned match before this one; 0 where there is none."""
    before = [
        one
        for one in (today.fixtures.get(number) for number in plan)
        if one and one.match_id != match.match_id and one.start <= match.start
    ]
    if not before:
        return 0
    last = max(before, key=lambda one: one.start)
    return minutes_between(last.place, match.place, interest.walks)
