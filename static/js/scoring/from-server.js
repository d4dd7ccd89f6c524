// @ts-check
/** A match as the server tells it, turned into what the pad can go on from. Pure. */
import { stateAfter } from "./match-log.js";
import { setOver, start, step } from "../volleyball/rules.js";

/**
 * @typedef {import("./match-log.js").Entry} Entry
 * @typedef {import("./match-log.js").Format} Format
 * @typedef {import("./match-log.js").State} State
 */

/**
 * The match as the server's history tells it, as entries one can go on from and undo.
 *
 * An item whose action leads from the state before it to its own state becomes that action;
 * any other becomes its state, so that the outcome is always what the server has.
 * @param {Format} format
 * @param {any[]} items  of `GET …/history`, oldest first
 * @returns {Entry[]}
 */
export function entriesFrom(format, items) {
  /** @type {Entry[]} */
  const entries = [];
  let state = start(format);
  for (const item of items) {
    const stamp = { n: entries.length + 1, at: item.at };
    const told = /** @type {Entry | null} */ (toldBy(item, stamp));
    const after = told && replayed(format, entries, state, told);
    if (after && shows(after, item)) {
      entries.push(told);
      state = after;
    } else {
      state = stateFrom(format, state, item);
      entries.push({ ...stamp, type: "restored", action: item.action, team: item.team, state });
    }
  }
  return entries;
}

/**
 * The action that a history item names, as far as it carries what the action needs.
 * @param {any} item
 * @param {{n: number, at: number}} stamp
 */
function toldBy(item, stamp) {
  const action = actionOf(item);
  return action && { ...action, ...stamp };
}

/** @param {any} item @returns {any} */
function actionOf({ action, team, reason, serving, outcome, sets }) {
  switch (action) {
    case "undo":
    case "ends-changed":
    case "sign-off":
      return { type: action };
    case "point":
    case "timeout":
    case "delay":
    case "forfeit":
    case "retire":
      return team ? { type: action, team } : null;
    case "set-start":
      return { type: action, serving };
    case "toss":
      return serving ? { type: action, serving } : null;
    case "card":
      return { type: action, team, color: reason };
    case "reopen":
      return { type: action, reason: reason ?? "reopened" };
    case "final-score":
      return { type: action, outcome, sets: sets.map((/** @type {any} */ set) => [set.team1Score, set.team2Score]) };
    default:
      return null;
  }
}

/**
 * The state after one more entry; none where the rules refuse it. Only an undo needs the past.
 * @param {Format} format
 * @param {Entry[]} entries
 * @param {State} state
 * @param {Entry} told
 */
function replayed(format, entries, state, told) {
  try {
    if (told.type === "undo") return stateAfter(format, [...entries, told]);
    return step(format, state, /** @type {import("../volleyball/rules.js").Action} */ (told));
  } catch {
    return null;
  }
}

/** @param {State} state @param {any} item */
function shows(state, item) {
  const points = (/** @type {any[]} */ sets) => sets.map((set) => `${set.team1Score}-${set.team2Score}`).join();
  return state.status === item.status && points(state.sets) === points(item.sets);
}

/**
 * An engine's state that shows what a document shows.
 * @param {Format} format
 * @param {State} before  for what documents do not tell: sides, cards
 * @param {any} document  a score document or a history item
 * @returns {State}
 */
export function stateFrom(format, before, document) {
  const completed = document.status === "completed";
  const sets = document.sets.map((/** @type {any} */ set, /** @type {number} */ index) => ({
    setNumber: set.setNumber,
    team1Score: set.team1Score,
    team2Score: set.team2Score,
    completed:
      index < document.sets.length - 1 ||
      completed ||
      set.completedAt != null ||
      setOver(format, set.setNumber, set.team1Score, set.team2Score),
  }));
  const won = [1, 2].map((team) => sets.filter((/** @type {any} */ set) => set.completed && winnerOf(set) === team).length);
  return {
    ...before,
    status: document.status,
    sets: sets.length ? sets : start(format).sets,
    setEnded: !completed && Boolean(sets.at(-1)?.completed),
    serving: document.serving,
    timeouts: document.timeouts,
    setsWon: /** @type {[number, number]} */ (won),
    winner: winnerBy(document.outcome),
    outcome: document.outcome,
    endsDue: false,
    signedOff: completed && document.action === "sign-off",
  };
}

/** @param {{team1Score: number, team2Score: number}} set */
function winnerOf({ team1Score, team2Score }) {
  return team1Score === team2Score ? 0 : team1Score > team2Score ? 1 : 2;
}

/** @param {string} outcome @returns {1 | 2 | null} */
function winnerBy(outcome) {
  if (outcome === "first-won" || outcome.startsWith("second-f") || outcome.startsWith("second-r")) return 1;
  if (outcome === "second-won" || outcome.startsWith("first-f") || outcome.startsWith("first-r")) return 2;
  return null;
}
