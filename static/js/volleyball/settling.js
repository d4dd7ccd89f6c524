// @ts-check
/** What follows from the sets of a match: the mirror of settling.py. */
import { current, endsChangeDue, setsWon } from "./moments.js";
import { need } from "./refusals.js";
import { ahead, matchOver } from "./sets.js";

/**
 * @typedef {import("./sets.js").Format} Format
 * @typedef {import("./moments.js").State} State
 * @typedef {import("./moments.js").SetScore} SetScore
 * @typedef {import("./moments.js").Outcome} Outcome
 */

/** Every outcome word, and who wins by it. @type {Record<Outcome, 1 | 2 | null>} */
export const WINNERS = {
  undecided: null,
  split: null,
  "first-won": 1,
  "second-won": 2,
  "first-forfeits": 2,
  "second-forfeits": 1,
  "first-retires": 2,
  "second-retires": 1,
};

/** Refuse what makes no sense once the match is over. @param {State} state */
export const needStanding = (state) => need(state.status !== "completed", state.signedOff ? "signed-off" : "match-over");

/** The state whose derived fields agree with its sets. @param {Format} f @param {State} state @returns {State} */
export function settled(f, state) {
  const won = setsWon(state.sets);
  // A forfeit or a retirement stays one, whatever is corrected in its sets.
  if (state.status === "completed" && /(forfeits|retires)$/.test(state.outcome)) return { ...state, setsWon: won };
  const ended = current(state).completed;
  if (ended && matchOver(f, won, state.sets.length)) return endedAs(state, outcomeOf(f, won));
  return { ...state, status: "in-progress", setsWon: won, setEnded: ended, winner: null, outcome: "undecided" };
}

/** @param {State} state @param {Outcome} outcome @returns {State} */
export function endedAs(state, outcome) {
  const derived = { setsWon: setsWon(state.sets), setEnded: false, endsDue: false, winner: WINNERS[outcome] };
  return { ...state, ...derived, status: "completed", outcome };
}

/** @param {Format} f @param {[number, number]} won @returns {Outcome} */
export function outcomeOf(f, won) {
  const team = ahead(...won);
  if (team) return team === 1 ? "first-won" : "second-won";
  return f.drawAllowed ? "split" : "undecided";
}

/** @param {Format} f @param {SetScore[]} sets */
export const needUndecidedBeforeLast = (f, sets) =>
  need(f.setsToWin === null || Math.max(...setsWon(sets.slice(0, -1))) < f.setsToWin, "set-after-decided");

/** Teams should change ends until they did, or the set is over. @param {Format} f @param {State} before @param {State} after @returns {State} */
export function withEnds(f, before, after) {
  const still = before.endsDue && before.setEnded === after.setEnded;
  return { ...after, endsDue: after.status !== "completed" && (still || endsChangeDue(f, before, after)) };
}
