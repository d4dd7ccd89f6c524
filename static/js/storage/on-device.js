// @ts-check
/** Scores, claims and plans in this phone's database: what all three storages share. */
import { inOneTransaction } from "../sync/database.js";
import { onRing, ring } from "../sync/tabs.js";

/**
 * @typedef {import("./adapter.js").MatchScore} MatchScore
 * @typedef {import("./adapter.js").Said} Said
 */

/** What {@link keepSaid} writes. */
export const KEEPING = ["scores"];

/** A score was kept on this phone. @param {string} eventId @param {number} matchId */
export function ringScore(eventId, matchId) {
  ring(`score/${eventId}/${matchId}`);
}

/**
 * A tab of this phone has changed a score, a claim or a plan of this event.
 * @param {"score" | "claim" | "plan"} kind
 * @param {string} eventId
 * @param {(matchId: number) => void} listener
 */
export function onScoreRing(kind, eventId, listener) {
  const start = `${kind}/${eventId}/`;
  onRing((word) => word.startsWith(start) && listener(Number(word.slice(start.length))));
}

/**
 * What this phone's scorer says becomes the score this phone shows.
 * @param {Record<string, any>} stores
 * @param {{eventId: string, person: {name: string}}} by
 * @param {number} matchId
 * @param {Said} said
 */
export async function keepSaid({ scores }, { eventId, person }, matchId, { body, format, setsWon, winner }) {
  const former = await scores.get([eventId, matchId]);
  const at = body.lastUpdated ?? Date.now();
  await scores.put({
    eventId,
    matchId,
    status: body.status,
    sets: body.sets.map((/** @type {any} */ set) => ({ completedAt: null, ...set })),
    revision: (former?.revision ?? 0) + 1,
    seq: former?.seq ?? 0,
    lastUpdated: at,
    lastUpdatedBy: person.name || null,
    provenance: former?.provenance ?? "team",
    format,
    setsWon,
    winner,
    outcome: body.outcome ?? "undecided",
    serving: body.serving ?? null,
    timeouts: body.timeouts ?? [0, 0],
    warnings: [],
    here: true,
  });
}

/** @param {string} eventId @param {number} matchId @returns {Promise<(MatchScore & {here?: boolean}) | null>} */
export function keptScore(eventId, matchId) {
  return inOneTransaction(["scores"], "readonly", async ({ scores }) => (await scores.get([eventId, matchId])) ?? null);
}

/** @param {string} eventId @returns {Promise<Map<number, MatchScore>>} */
export function keptScores(eventId) {
  return inOneTransaction(["scores"], "readonly", async ({ scores }) => {
    const all = await scores.index("event").getAll(eventId);
    return new Map(all.map((/** @type {MatchScore} */ score) => [score.matchId, score]));
  });
}

/**
 * Remember what the server shows, except of matches that this phone itself still has to send.
 * @param {any[]} documents
 * @param {(here: any, theirs: any) => boolean} [replaces]
 */
export async function cacheScores(documents, replaces = () => true) {
  if (!documents.length) return;
  await inOneTransaction(["scores"], "readwrite", async ({ scores }) => {
    for (const document of documents) {
      const here = await scores.get([document.eventId, document.matchId]);
      if (!here || replaces(here, document)) await scores.put(document);
    }
  });
}

/** @param {string} eventId @param {number} matchId @returns {Promise<any>} */
export function keptClaim(eventId, matchId) {
  return inOneTransaction(["claims"], "readonly", ({ claims }) => claims.get([eventId, matchId]));
}

/** @param {string} eventId @returns {Promise<any[]>} */
export function keptClaims(eventId) {
  return inOneTransaction(["claims"], "readonly", ({ claims }) => claims.index("event").getAll(eventId));
}

/** @param {any} claim  its document */
export async function keepClaim(claim) {
  await inOneTransaction(["claims"], "readwrite", ({ claims }) => claims.put(claim));
  ring(`claim/${claim.eventId}/${claim.matchId}`);
}

/** @param {string} person @param {string} eventId @returns {Promise<any>} */
export function keptPlan(person, eventId) {
  return inOneTransaction(["plans"], "readonly", async ({ plans }) => (await plans.get([person, eventId])) ?? null);
}

/** @param {{person: string, eventId: string, selectedMatches: number[], updatedAt: number}} plan */
export async function keepPlan(plan) {
  await inOneTransaction(["plans"], "readwrite", ({ plans }) => plans.put(plan));
  ring(`plan/${plan.eventId}/0`);
}
