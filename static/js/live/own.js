// @ts-check
/**
 * What was scored on this phone and has not reached the server: shown in every tab at once, also
 * without a network. As soon as it has arrived, what the server says counts again.
 */
import { unsentOf } from "../sync/unsent.js";

/** @typedef {import("../scoring/paint.js").Score} Score */

/**
 * Own scores as documents one can paint.
 * @param {string} person
 * @param {string} eventId
 * @returns {Promise<Map<number, Score>>} by match
 */
export async function ownScores(person, eventId) {
  const newest = await unsentOf(person, eventId).catch(() => []);
  return new Map(newest.map(({ at, body, format }) => [body.matchId, documentOf(body, format, at)]));
}

/** @param {Record<string, any>} body  what will be sent @param {any} format @param {number} at @returns {any} */
function documentOf(body, format, at) {
  const done = body.status === "completed";
  const sets = body.sets.map((/** @type {any} */ set) => ({ ...set, completedAt: set.completedAt ?? (done ? at : null) }));
  const won = [1, 2].map((team) => sets.filter((/** @type {any} */ set) => set.completedAt != null && leads(set) === team).length);
  const outcome = String(body.outcome ?? "");
  const winner = /^first-won|^second-[fr]/.test(outcome) ? 1 : /^second-won|^first-[fr]/.test(outcome) ? 2 : null;
  return {
    ...body,
    sets,
    format,
    setsWon: won,
    winner,
    // It stands until the server has it, and never hides what the server says then (`paint`).
    own: true,
    revision: Infinity,
    lastUpdated: at,
    lastUpdatedBy: null,
    provenance: "this phone",
  };
}

/** @param {{team1Score: number, team2Score: number}} set */
function leads({ team1Score, team2Score }) {
  return team1Score === team2Score ? 0 : team1Score > team2Score ? 1 : 2;
}
