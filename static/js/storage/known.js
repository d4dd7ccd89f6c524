// @ts-check
/**
 * What this phone knows of events it has opened: enough to begin a match without a network.
 * Pages fill it while they are online; the pad begins from it when they are not.
 */
import { ask } from "../sync/ask.js";
import { inOneTransaction } from "../sync/database.js";

/**
 * @typedef {object} Known  one match as the pad needs it
 * @property {string} eventId
 * @property {number} matchId
 * @property {[string, string]} names
 * @property {any} format
 * @property {string} place  court and division, in words
 * @property {string | null} [start]  venue wall clock
 * @property {number[]} [teams]  ids of those who play
 */

/** A schedule changes by the hour, not by the minute; the stream tells when it does. */
const FRESH_MS = 60 * 60_000;

/** Remember one match, as its pad was opened. @param {Known} match */
export function rememberMatch(match) {
  return inOneTransaction(["known"], "readwrite", ({ known }) => known.put(match));
}

/** @param {string} eventId @param {number} matchId @returns {Promise<Known | undefined>} */
export function knownMatch(eventId, matchId) {
  return inOneTransaction(["known"], "readonly", ({ known }) => known.get([eventId, matchId]));
}

/** @param {string} eventId @returns {Promise<Known[]>} */
export function knownMatches(eventId) {
  return inOneTransaction(["known"], "readonly", ({ known }) => known.index("event").getAll(eventId));
}

/**
 * Remember all matches of an event that is being looked at; once an hour is enough.
 * @param {string} eventId
 * @param {string} name
 * @param {{changed?: boolean}} [how]  changed: its schedule has just changed
 */
export async function rememberEvent(eventId, name, { changed = false } = {}) {
  const before = await inOneTransaction(["events"], "readonly", ({ events }) => events.get(eventId));
  if (before?.teams && !changed && Date.now() - before.knownAt < FRESH_MS) return;
  const { status, body } = await ask("GET", `/api/events/${encodeURIComponent(eventId)}/matches`);
  if (status !== 200) return;
  await inOneTransaction(["events", "known"], "readwrite", async ({ events, known }) => {
    await events.put({ eventId, name: name || before?.name || eventId, knownAt: Date.now(), teams: true });
    for (const match of body) await known.put(knownFrom(eventId, match));
  });
}

/** A match of the schedule as the pad needs it. @param {string} eventId @param {any} match @returns {Known} */
export function knownFrom(eventId, match) {
  return {
    eventId,
    matchId: match.matchId,
    names: [match.team1?.name ?? (match.team1Text || "Team 1"), match.team2?.name ?? (match.team2Text || "Team 2")],
    format: match.format,
    place: [match.courtName, match.divisionName].filter(Boolean).join(" · "),
    start: match.start,
    teams: [match.team1Id, match.team2Id].filter((team) => team !== null && team !== undefined),
  };
}
