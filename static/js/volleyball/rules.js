// @ts-check
/**
 * The rules of a volleyball match: a match is the fold of its actions.
 *
 * Pure, and the mirror of courtsync_web/volleyball/rules.py; docs/rules.md has the shapes. Golden
 * vectors and a property test hold the two together.
 */
import { finalScore, forfeit, reopen, retire, signOff } from "./endings.js";
import { freshSet } from "./moments.js";
import { card, correction, delay, endsChanged, point, setStart, timeout, toss } from "./playing.js";
import { RuleBroken, need } from "./refusals.js";

export { endsChangeDue, matchPoint, setPoint, technicalTimeoutDue } from "./moments.js";
export { RuleBroken } from "./refusals.js";
export { capOf, firstServer, isDecider, matchOver, setOver, setWinner, startOf, targetOf, whyOver, winByOf } from "./sets.js";

/**
 * @typedef {import("./sets.js").Format} Format
 * @typedef {import("./sets.js").Team} Team
 * @typedef {import("./moments.js").State} State
 * @typedef {import("./moments.js").SetScore} SetScore
 * @typedef {import("./moments.js").Outcome} Outcome
 *
 * @typedef {{type: "point" | "timeout" | "delay" | "forfeit" | "retire", team: Team}
 *   | {type: "undo" | "ends-changed"}
 *   | {type: "set-start", serving?: Team | null, swapped?: boolean | null}
 *   | {type: "toss", serving: Team, swapped?: boolean | null}
 *   | {type: "card", team: Team, color: "yellow" | "red"}
 *   | {type: "correction", set: number, team1: number, team2: number, serving?: Team | null, completed?: boolean | null}
 *   | {type: "final-score", sets: [number, number][], outcome?: Exclude<Outcome, "undecided"> | null}
 *   | {type: "sign-off", name?: string | null}
 *   | {type: "reopen", reason: string}} Action
 */

/** @type {Record<string, (f: Format, state: State, action: any) => State>} */
const ACTIONS = {
  point,
  "set-start": setStart,
  toss,
  timeout,
  "ends-changed": endsChanged,
  card,
  delay,
  correction,
  forfeit,
  retire,
  "final-score": finalScore,
  "sign-off": signOff,
  reopen,
};

/** The match before anything has happened. @param {Format} f @returns {State} */
export function start(f) {
  return {
    status: "not-started",
    sets: [freshSet(f, 1)],
    setEnded: false,
    serving: null,
    servedFirst: null,
    swapped: false,
    endsDue: false,
    timeouts: [0, 0],
    yellowCards: [0, 0],
    redCards: [0, 0],
    delays: [0, 0],
    setsWon: [0, 0],
    winner: null,
    outcome: "undecided",
    signedOff: false,
  };
}

/**
 * The state after one action; `state` itself never changes.
 * @param {Format} f @param {State} state @param {Action} action @returns {State}
 * @throws {RuleBroken}
 */
export function step(f, state, action) {
  need(action.type !== "undo", "undo-needs-history");
  need(typeof action.type === "string" && Object.hasOwn(ACTIONS, action.type), "unknown-action");
  return ACTIONS[action.type](f, state, action);
}

/**
 * The state after all actions, undo included.
 * @param {Format} f @param {Action[]} actions @returns {State}
 * @throws {RuleBroken}  with the `index` of the action that was refused
 */
export function fold(f, actions) {
  const states = [start(f)];
  actions.forEach((action, index) => {
    try {
      if (action.type !== "undo") states.push(step(f, states[states.length - 1], action));
      else {
        need(states.length > 1, "nothing-to-undo");
        states.pop();
      }
    } catch (broken) {
      throw broken instanceof RuleBroken ? new RuleBroken(broken.code, index) : broken;
    }
  });
  return states[states.length - 1];
}

/**
 * The actions that stand: without undos and what they took back.
 * @template {{type: string}} A
 * @param {A[]} actions @returns {A[]}
 */
export function effective(actions) {
  /** @type {A[]} */
  const kept = [];
  for (const action of actions) {
    if (action.type === "undo") kept.pop();
    else kept.push(action);
  }
  return kept;
}
