// @ts-check
/** What the pad says of a match: what was just done, and the state after it. Pure. */
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
 * The fields of `POST …/scores`, as far as the match itself knows them.
 * @param {number} matchId
 * @param {Format} format
 * @param {Entry[]} entries  the last one is what was just done
 * @returns {import("../storage/adapter.js").Said}
 * @throws {import("../volleyball/rules.js").RuleBroken}
 */
export function saidBy(matchId, format, entries) {
  const played = moves(format, entries);
  const state = played.at(-1)?.after ?? start(format);
  const deed = /** @type {any} */ (entries.at(-1));
  const body = {
    matchId,
    lastUpdated: deed.at,
    action: WIRE_NAMES[deed.type] ?? deed.type,
    ...(deed.team ? { team: deed.team } : {}),
    ...reasonOf(deed),
    ...wireState(state, endings(played)),
  };
  return { body, format, setsWon: state.setsWon, winner: state.winner };
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
