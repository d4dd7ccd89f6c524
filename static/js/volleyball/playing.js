// @ts-check
/** What happens while a match is played: the mirror of playing.py. */
import { boolean, needRange, needWhole, optionalTeam, teamOf } from "./fields.js";
import { afterPoint, current, freshSet } from "./moments.js";
import { need } from "./refusals.js";
import { firstServer, matchOver, other, setOver } from "./sets.js";
import { needStanding, needUndecidedBeforeLast, settled, withEnds } from "./settling.js";

/**
 * @typedef {import("./sets.js").Format} Format
 * @typedef {import("./sets.js").Team} Team
 * @typedef {import("./sets.js").Pair} Pair
 * @typedef {import("./moments.js").State} State
 */

/** @param {Format} f @param {State} state @param {any} action */
export const point = (f, state, action) => award(f, state, teamOf(action));

/** The point, the serve, and whatever ends by it. @param {Format} f @param {State} state @param {Team} team @returns {State} */
function award(f, state, team) {
  const { setNumber } = inPlay(state);
  const [a, b] = afterPoint(current(state), team);
  needRange(a, b);
  const scored = { setNumber, team1Score: a, team2Score: b, completed: setOver(f, setNumber, a, b) };
  return withEnds(f, state, settled(f, { ...state, sets: [...state.sets.slice(0, -1), scored], serving: team }));
}

/** The current set, if points can be made in it. @param {State} state */
function inPlay(state) {
  needStanding(state);
  need(!state.setEnded, "set-ended");
  return current(state);
}

/** @param {Format} f @param {State} state @param {any} action @returns {State} */
export function setStart(f, state, action) {
  let serving = optionalTeam(action, "serving");
  const swapped = boolean(action, "swapped") ?? state.swapped;
  needStanding(state);
  if (state.status === "not-started") {
    serving ??= state.serving;
    return { ...state, status: "in-progress", serving, servedFirst: serving, swapped };
  }
  need(state.setEnded, "set-in-play");
  need(!matchOver(f, state.setsWon, state.sets.length), "match-decided");
  const n = state.sets.length + 1;
  need(n <= f.setsMax, "no-more-sets");
  serving ??= firstServer(f, n, state.servedFirst);
  /** @type {Pair} */
  const timeouts = f.timeoutsPer === "match" ? state.timeouts : [0, 0];
  const sets = [...state.sets, freshSet(f, n)];
  return { ...state, sets, setEnded: false, serving, servedFirst: serving, swapped, endsDue: false, timeouts };
}

/** @param {Format} f @param {State} state @param {any} action @returns {State} */
export function toss(f, state, action) {
  const serving = teamOf(action, "serving");
  const swapped = boolean(action, "swapped") ?? state.swapped;
  const now = inPlay(state);
  const fresh = freshSet(f, now.setNumber);
  const untouched = !now.completed && now.team1Score === fresh.team1Score && now.team2Score === fresh.team2Score;
  need(untouched, "toss-too-late");
  return { ...state, serving, servedFirst: serving, swapped };
}

/** @param {Format} f @param {State} state @param {any} action @returns {State} */
export function timeout(f, state, action) {
  const team = teamOf(action);
  inPlay(state);
  need(state.status !== "not-started", "not-started");
  need(state.timeouts[team - 1] < f.timeouts, "no-timeouts");
  return { ...state, timeouts: oneMore(state.timeouts, team) };
}

/** @param {Format} _ @param {State} state @returns {State} */
export function endsChanged(_, state) {
  needStanding(state);
  return { ...state, swapped: !state.swapped, endsDue: false };
}

/** Red is point and serve for the other team. @param {Format} f @param {State} state @param {any} action @returns {State} */
export function card(f, state, action) {
  const team = teamOf(action);
  need(action.color === "yellow" || action.color === "red", "bad-action");
  needStanding(state);
  if (action.color === "yellow") return { ...state, yellowCards: oneMore(state.yellowCards, team) };
  return award(f, { ...state, redCards: oneMore(state.redCards, team) }, other(team));
}

/** First a warning, then point and serve. @param {Format} f @param {State} state @param {any} action @returns {State} */
export function delay(f, state, action) {
  const team = teamOf(action);
  needStanding(state);
  const shown = { ...state, delays: oneMore(state.delays, team) };
  return state.delays[team - 1] ? award(f, shown, other(team)) : shown;
}

/** @param {Pair} pair @param {Team} team @returns {Pair} */
const oneMore = ([a, b], team) => (team === 1 ? [a + 1, b] : [a, b + 1]);

/** @param {Format} f @param {State} state @param {any} action @returns {State} */
export function correction(f, state, action) {
  const { set: n, team1: a, team2: b } = action;
  needWhole(n, a, b);
  const serving = optionalTeam(action, "serving") ?? state.serving;
  const completed = boolean(action, "completed");
  need(!state.signedOff, "signed-off");
  need(n >= 1 && n <= state.sets.length, "set-not-begun");
  needRange(a, b);
  const over = n < state.sets.length || completed === true || setOver(f, n, a, b);
  const corrected = { setNumber: n, team1Score: a, team2Score: b, completed: over };
  const sets = state.sets.map((set) => (set.setNumber === n ? corrected : set));
  needUndecidedBeforeLast(f, sets);
  return withEnds(f, state, settled(f, { ...state, sets, serving }));
}
