"""What the rules refuse, in words for the person at the score table."""

REFUSALS = {
    "unknown-action": "There is no such action.",
    "bad-action": "The action is incomplete or out of shape.",
    "undo-needs-history": "Only the list of actions can be undone, not a single state.",
    "nothing-to-undo": "There is nothing to undo.",
    "not-started": "The match has not started.",
    "set-ended": "The set is over: start the next one or undo the last point.",
    "set-in-play": "The set is still being played.",
    "no-more-sets": "The format has no further set.",
    "match-over": "The match is over.",
    "match-decided": "The match is decided: no further set is played.",
    "not-over": "The match is not over.",
    "signed-off": "The result is signed off: reopen the match first.",
    "toss-too-late": "The toss comes before the first point of a set.",
    "no-timeouts": "This team has no time-out left.",
    "set-not-begun": "That set has not begun.",
    "score-range": "A set's points are 0 to 99.",
    "too-many-sets": "The format has fewer sets.",
    "set-after-decided": "A set would follow after the match was decided.",
    "not-decided": "These sets do not decide the match: say how it ended.",
    "outcome-contradicts": "The outcome contradicts the sets.",
}


class RuleBroken(Exception):
    """An action the rules refuse: `code` for programs, `words` for people.

    From `fold`, `index` is the place of the action in the list.
    """

    def __init__(self, code: str, index: int | None = None) -> None:
        self.code = code
        self.words = REFUSALS[code]
        self.index = index
        super().__init__(self.words)
