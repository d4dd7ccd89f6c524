// @ts-check
/** Everything this phone keeps, as one file: to take elsewhere, to send later, to show to somebody. */
import { moves } from "../scoring/match-log.js";
import { inOneTransaction } from "../sync/database.js";

/**
 * @typedef {object} FiledMatch
 * @property {string} eventId
 * @property {number} matchId
 * @property {string} person  whose log it is
 * @property {[string, string] | null} names
 * @property {any} format
 * @property {any[]} log  every deed, oldest first
 * @property {any[]} waiting
 * @property {any[]} notAccepted
 *
 * @typedef {object} Filed  the file
 * @property {1} courtsync  its version
 * @property {string} exportedAt
 * @property {FiledMatch[]} matches
 * @property {any[]} scores
 * @property {any[]} claims
 * @property {any[]} coveragePlans
 * @property {any[]} others  what waits or was refused and is about no match
 */

const STORES = ["matches", "log", "outbox", "attention", "known", "scores", "claims", "plans"];
const AN_ID = /^[A-Za-z0-9_-]{1,64}$/;

/**
 * @param {(head: {person: string, eventId: string, matchId: number}) => boolean} [wanted]
 * @returns {Promise<Filed>}
 */
export function exportAll(wanted = () => true) {
  return inOneTransaction(STORES, "readonly", async (stores) => {
    const all = /** @type {Record<string, any[]>} */ ({});
    for (const name of STORES) all[name] = await stores[name].getAll();
    const heads = all.matches.filter((head) => !head.practice && wanted(head));
    return {
      courtsync: 1,
      exportedAt: new Date().toISOString(),
      matches: heads.map((head) => filed(head, all)),
      scores: all.scores.filter((score) => score.here),
      claims: all.claims.filter((claim) => claim.claimed),
      coveragePlans: all.plans,
      others: [...all.outbox, ...all.attention].filter(({ match }) => !heads.some(({ key }) => key === match)),
    };
  });
}

/** @param {any} head @param {Record<string, any[]>} all @returns {FiledMatch} */
function filed({ key, eventId, matchId, person, format }, { log, outbox, attention, known }) {
  const ofMatch = (/** @type {any} */ entry) => entry.match === key;
  const names = known.find((one) => one.eventId === eventId && one.matchId === matchId)?.names ?? null;
  return { eventId, matchId, person, names, format, log: log.filter(ofMatch), waiting: outbox.filter(ofMatch), notAccepted: attention.filter(ofMatch) };
}

/**
 * Read such a file again. Anything that is not one, or that the rules would not play, is refused
 * as a whole: half a file is worse than none.
 * @param {string} text
 * @returns {Filed}
 * @throws {Error}  in words for a person
 */
export function readFile(text) {
  const file = parsed(text);
  if (file?.courtsync !== 1 || !Array.isArray(file.matches)) throw new Error("This is no file of CourtSync.");
  for (const match of file.matches) check(match);
  const list = (/** @type {unknown} */ value) => (Array.isArray(value) ? value : []);
  const { scores, claims, coveragePlans } = file;
  return { ...file, scores: list(scores), claims: list(claims), coveragePlans: list(coveragePlans), others: [] };
}

/** @param {string} text @returns {any} */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error("This file cannot be read: it is cut off, or no JSON.");
  }
}

/** @param {any} match */
function check(match) {
  const { eventId, matchId, format, log } = match ?? {};
  const shaped = AN_ID.test(String(eventId)) && Number.isSafeInteger(matchId) && Array.isArray(log) && format?.setsMax;
  if (!shaped) throw new Error("A match in this file is not complete.");
  try {
    moves(format, log);
  } catch (error) {
    throw new Error(`Match ${matchId} in this file cannot be played: ${/** @type {Error} */ (error).message}`);
  }
}
