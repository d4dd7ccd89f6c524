// @ts-check
/** What the rules refuse, in words for the person at the score table. */

/** @type {Record<string, string>} */
const REFUSALS = {
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
};

/** `code` for programs, `message` for people; from `fold`, `index` is the refused action's place. */
export class RuleBroken extends Error {
  /** @param {string} code @param {number} [index] */
  constructor(code, index) {
    super(REFUSALS[code]);
    this.code = code;
    this.index = index;
  }
}

/** @param {unknown} fine @param {string} code @returns {asserts fine} */
export function need(fine, code) {
  if (!fine) throw new RuleBroken(code);
}
