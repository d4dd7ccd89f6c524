// @ts-check
/** A match at one moment, and what is about to happen in it: the mirror of state.py and moments.py. */
import { ahead, isDecider, matchOver, setOver, startOf } from "./sets.js";

/**
 * @typedef {import("./sets.js").Format} Format
 * @typedef {import("./sets.js").Team} Team
 * @typedef {import("./sets.js").Pair} Pair
 *
 * @typedef {{setNumber: number, team1Score: number, team2Score: number, completed: boolean}} SetScore
 *
 * @typedef {"undecided" | "first-won" | "second-won" | "split" | "first-forfeits" | "second-forfeits" | "first-retires" | "second-retires"} Outcome
 *
 * @typedef {object} State  docs/rules.md
 * @property {"not-started" | "in-progress" | "completed"} status
 * @property {SetScore[]} sets  the last one is the current set
 * @property {boolean} setEnded
 * @property {Team | null} serving
 * @property {Team | null} servedFirst
 * @property {boolean} swapped
 * @property {boolean} endsDue
 * @property {Pair} timeouts
 * @property {Pair} yellowCards
 * @property {Pair} redCards
 * @property {Pair} delays
 * @property {Pair} setsWon
 * @property {Team | null} winner
 * @property {Outcome} outcome
 * @property {boolean} signedOff
 */

/** @param {State} state */
export const current = (state) => state.sets[state.sets.length - 1];

/** @param {Format} f @param {number} n @returns {SetScore} */
export const freshSet = (f, n) => ({ setNumber: n, team1Score: startOf(f, n), team2Score: startOf(f, n), completed: false });

/** Completed sets by leader; a tied one is nobody's. @param {SetScore[]} sets @returns {Pair} */
export function setsWon(sets) {
  const winners = sets.filter((set) => set.completed).map((set) => ahead(set.team1Score, set.team2Score));
  return [winners.filter((team) => team === 1).length, winners.filter((team) => team === 2).length];
}

/** @param {SetScore} now @param {Team} team @returns {Pair} */
export const afterPoint = (now, team) => [now.team1Score + (team === 1 ? 1 : 0), now.team2Score + (team === 2 ? 1 : 0)];

/** The team's next point ends the set. @param {Format} f @param {State} state @param {Team} team */
export function setPoint(f, state, team) {
  const now = current(state);
  if (now.completed || state.status === "completed") return false;
  return setOver(f, now.setNumber, ...afterPoint(now, team));
}

/** The team's next point ends the match and wins it. @param {Format} f @param {State} state @param {Team} team */
export function matchPoint(f, state, team) {
  if (!setPoint(f, state, team)) return false;
  const ours = state.setsWon[team - 1] + 1;
  const theirs = state.setsWon[2 - team];
  return matchOver(f, [ours, theirs], state.sets.length) && ours > theirs;
}

/** The step from one state to the next makes the teams change ends. @param {Format} f @param {State} before @param {State} after */
export function endsChangeDue(f, before, after) {
  if (after.status === "completed") return false;
  const [was, now] = [current(before), current(after)];
  if (after.setEnded) return !before.setEnded && endsBeforeNextSet(f, after);
  if (now.setNumber !== was.setNumber) return false;
  const decider = isDecider(f, now.setNumber);
  const at = decider ? f.endsAtDecider : f.endsAtSingle;
  const every = decider ? f.endsEveryDecider : f.endsEvery;
  if (at !== null && passes(was, now, at)) return true;
  return every !== null && Math.floor(sum(was) / every) < Math.floor(sum(now) / every);
}

/** Before a decider with a toss, the toss decides. @param {Format} f @param {State} state */
function endsBeforeNextSet(f, state) {
  const upcoming = current(state).setNumber + 1;
  if (upcoming > f.setsMax || matchOver(f, state.setsWon, state.sets.length)) return false;
  return f.endsBetweenSets && !(f.firstServe === "toss_decider" && isDecider(f, upcoming));
}

/** The step calls for the technical time-out; never in a decider. @param {Format} f @param {State} before @param {State} after */
export function technicalTimeoutDue(f, before, after) {
  const [was, now] = [current(before), current(after)];
  if (now.completed || now.setNumber !== was.setNumber || isDecider(f, now.setNumber)) return false;
  if (f.technicalTimeout === "sum-21") return sum(was) < 21 && sum(now) >= 21;
  return f.technicalTimeout === "leading-8-16" && (passes(was, now, 8) || passes(was, now, 16));
}

/** @param {SetScore} was @param {SetScore} now @param {number} at */
const passes = (was, now, at) => leader(was) < at && at <= leader(now);

/** @param {SetScore} set */
const leader = (set) => Math.max(set.team1Score, set.team2Score);

/** @param {SetScore} set */
const sum = (set) => set.team1Score + set.team2Score;
