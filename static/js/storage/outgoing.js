// @ts-check
/** What is told to the server: scores under their claim, plans. Inside the transaction that keeps them. */
import { inOneTransaction } from "../sync/database.js";
import { drainOf } from "../sync/drain.js";
import { add, addInPlace, ADDING } from "../sync/outbox.js";
import { ring } from "../sync/tabs.js";

/** @typedef {{eventId: string, person: {id: string}}} Of */

/** A claim lasts ten minutes unless something renews it; a minute of grace for slow networks. */
const CLAIM_LASTS_MS = 9 * 60_000;

/** @param {Of} of @param {number} matchId */
export function keyOfMatch({ person, eventId }, matchId) {
  return `${person.id}/${eventId}/${matchId}`;
}

/**
 * Put a score into the outbox, and before it the claim it is made under, where this phone has
 * none that can still be good: without a network it says what it means to do.
 * @param {Record<string, any>} stores
 * @param {Of} of
 * @param {number} matchId
 * @param {Record<string, any>} body
 * @param {any} [head]  what this phone knows of the match
 * @returns {Promise<{intended?: string}>}
 */
export async function sendLater(stores, of, matchId, body, head = {}) {
  const { outbox } = stores;
  const match = keyOfMatch(of, matchId);
  const draft = { person: of.person.id, eventId: of.eventId, match, at: body.lastUpdated };
  let intended = head.intended && (await outbox.index("id").getKey(head.intended)) ? head.intended : null;
  // Everything that waits will have been accepted before this one arrives.
  const baseRevision = (head.revision ?? 0) + (await outbox.index("match").count(match)) - (intended ? 1 : 0);
  if (!intended && isLapsed(head, body.lastUpdated)) {
    const claim = { matchId, lastUpdated: body.lastUpdated, baseRevision };
    intended = (await add(stores, { ...draft, kind: "claim", body: claim })).id;
  }
  const under = intended ? { claimId: intended } : head.fence == null ? {} : { fence: head.fence };
  await add(stores, { ...draft, kind: "score", id: head.mint, n: head.n, body: { ...body, ...under, baseRevision } });
  return intended ? { intended } : {};
}

/** @param {any} head @param {number} now */
function isLapsed({ claimedAt = 0, acknowledgedAt = 0 }, now) {
  return now - Math.max(claimedAt ?? 0, acknowledgedAt ?? 0) > CLAIM_LASTS_MS;
}

/**
 * Matches of an event that wait to be sent from this phone, whoever scored them.
 * @param {string} eventId
 * @param {string} [kind]
 * @returns {Promise<Set<number>>}
 */
export function waits(eventId, kind = "score") {
  return inOneTransaction(["outbox"], "readonly", async ({ outbox }) => {
    const entries = await outbox.getAll();
    return new Set(
      entries
        .filter((/** @type {any} */ entry) => entry.eventId === eventId && entry.kind === kind)
        .map((/** @type {any} */ entry) => entry.body.matchId ?? 0),
    );
  });
}

/**
 * A plan is sent as it is, not as it became: what still waits of it is replaced.
 * @param {Of} of
 * @param {{selectedMatches: number[]}} plan
 */
export async function keepPlanAndSend({ person, eventId }, { selectedMatches }) {
  const match = `${person.id}/${eventId}/plan`;
  const updatedAt = Date.now();
  await inOneTransaction(["plans", ...ADDING], "readwrite", async (stores) => {
    const former = await stores.plans.get([person.id, eventId]);
    await stores.plans.put({ ...former, person: person.id, eventId, selectedMatches, updatedAt });
    await addInPlace(stores, { kind: "plan", person: person.id, eventId, match, at: updatedAt, body: { selectedMatches, lastUpdated: updatedAt } });
  });
  ring(`plan/${eventId}/0`);
  drainOf(person.id).run();
}
