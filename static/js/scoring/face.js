// @ts-check
/** What the pad shows for a state, in words and numbers. Pure; painted by pad-view.js. */
import { capOf, isDecider, matchPoint, setPoint, targetOf, whyOver, winByOf } from "../volleyball/rules.js";

/**
 * @typedef {import("../volleyball/rules.js").Format} Format
 * @typedef {import("../volleyball/rules.js").State} State
 * @typedef {1 | 2} Team
 * @typedef {[string, string]} Names  of team 1 and team 2
 */

/** @type {Team[]} */
export const TEAMS = [1, 2];
const SCORES = /** @type {const} */ (["team1Score", "team2Score"]);

/** @param {State} state */
export function currentSet(state) {
  return state.sets[state.sets.length - 1];
}

/**
 * @param {{team1Score: number, team2Score: number}} set
 * @param {Team} team
 */
export function pointsOf(set, team) {
  return set[SCORES[team - 1]];
}

/**
 * Who stands on the left of the screen.
 * @param {State} state
 * @param {boolean} opposite  the scorer sits on the other side of the court
 * @returns {Team}
 */
export function leftTeam(state, opposite) {
  return state.swapped === opposite ? 1 : 2;
}

/** "· to 25, win by 2, cap 27". @param {Format} format @param {number} number */
export function ruleOfSet(format, number) {
  const cap = capOf(format, number);
  const rule = [`to ${targetOf(format, number)}`, `win by ${winByOf(format, number)}`, ...(cap ? [`cap ${cap}`] : [])];
  return `· ${rule.join(", ")}${isDecider(format, number) ? " · decider" : ""}`;
}

/**
 * The chip between the halves while the next point may end something.
 * @param {Format} format
 * @param {State} state
 * @param {Names} names
 */
export function pointChip(format, state, names) {
  if (state.setEnded || state.status === "completed") return null;
  for (const [word, asks] of /** @type {const} */ ([["Match point", matchPoint], ["Set point", setPoint]])) {
    const team = TEAMS.find((one) => asks(format, state, one));
    if (team) return { word, team, name: names[team - 1] };
  }
  return null;
}

/** "25–20", left team first. @param {State["sets"][number]} set @param {Team} left */
export function setScore(set, left) {
  const points = TEAMS.map((team) => pointsOf(set, team));
  return (left === 1 ? points : points.reverse()).join("–");
}

/** What undo would bring back: "Undo → 13–12". @param {State} now @param {State | null} before @param {Team} left */
export function undoLabel(now, before, left) {
  if (!before) return "Undo";
  const set = currentSet(before);
  const reopens = set.setNumber !== currentSet(now).setNumber ? `set ${set.setNumber} ` : "";
  return `Undo → ${reopens}${setScore(set, left)}`;
}

/** @param {State} state @param {Names} names */
export function matchWinner(state, names) {
  const [first, second] = names;
  switch (state.outcome) {
    case "first-forfeits":
      return `${second} wins: ${first} forfeits`;
    case "second-forfeits":
      return `${first} wins: ${second} forfeits`;
    case "first-retires":
      return `${second} wins: ${first} retires`;
    case "second-retires":
      return `${first} wins: ${second} retires`;
    case "split":
      return "A split: no winner";
    default:
      return state.winner ? `${names[state.winner - 1]} wins` : "No winner";
  }
}

/** Why the current set is over, in words. @param {Format} format @param {State} state */
export function whyEnded(format, state) {
  const { setNumber, team1Score, team2Score } = currentSet(state);
  return whyOver(format, setNumber, team1Score, team2Score) ?? "";
}

/** @param {State} state @param {Names} names */
export function setWinnerName(state, names) {
  const set = currentSet(state);
  if (set.team1Score === set.team2Score) return `Set ${set.setNumber} is over`;
  return `${names[set.team1Score > set.team2Score ? 0 : 1]} wins set ${set.setNumber}`;
}

/** What a screen reader says after a point. @param {State} state @param {Names} names */
export function scoreWords(state, names) {
  const set = currentSet(state);
  const serving = state.serving ? `. ${names[state.serving - 1]} serves` : "";
  return `Set ${set.setNumber}: ${names[0]} ${set.team1Score}, ${names[1]} ${set.team2Score}${serving}.`;
}

/**
 * How long ago, in few letters.
 * @param {number} ms
 */
export function ago(ms) {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} s ago`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min ago` : `${Math.floor(minutes / 60)} h ago`;
}
