// @ts-check
/** What the pad says to the server. Pure. */
import { endings, moves } from "./match-log.js";
import { start } from "../volleyball/rules.js";

/**
 * @typedef {import("./match-log.js").Entry} Entry
 * @typedef {import("./match-log.js").Format} Format
 * @typedef {import("./match-log.js").State} State
 */

/** Deeds that have another name on the wire. */
const WIRE_NAMES = /** @type {Record<string, string>} */ ({ amend: "correction", restored: "correction" });

/**
 * The body of `POST …/scores`: what was just done and the state after it.
 * @param {object} said
 * @param {number} said.matchId
 * @param {string} said.updateId
 * @param {Format} said.format
 * @param {Entry[]} said.entries  the last one is what was just done
 * @param {number} said.baseRevision
 * @param {number | null} said.fence
 * @returns {Record<string, any>}
 */
export function scoreMessage({ matchId, updateId, format, entries, baseRevision, fence }) {
  const played = moves(format, entries);
  const state = played.at(-1)?.after ?? start(format);
  const deed = /** @type {any} */ (entries.at(-1));
  return {
    matchId,
    updateId,
    baseRevision,
    ...(fence === null ? {} : { fence }),
    lastUpdated: deed.at,
    action: WIRE_NAMES[deed.type] ?? deed.type,
    ...(deed.team ? { team: deed.team } : {}),
    ...reasonOf(deed),
    ...wireState(state, endings(played)),
  };
}

/** @param {any} deed */
function reasonOf(deed) {
  const words = deed.reason ?? deed.color ?? deed.name;
  return words ? { reason: String(words).slice(0, 200) } : {};
}

/**
 * @param {State} state
 * @param {Map<number, number>} ended
 */
export function wireState(state, ended) {
  return {
    status: state.status,
    sets: state.sets.map(({ setNumber, team1Score, team2Score, completed }) => ({
      setNumber,
      team1Score,
      team2Score,
      ...(completed && ended.has(setNumber) ? { completedAt: ended.get(setNumber) } : {}),
    })),
    serving: state.serving,
    timeouts: state.timeouts,
    outcome: state.outcome,
  };
}
