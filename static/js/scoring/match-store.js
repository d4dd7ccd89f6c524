// @ts-check
/** A match on this phone: read, begun, gone on with. Every tap is one strict transaction. */
import { inOneTransaction } from "../sync/database.js";
import { add } from "../sync/outbox.js";
import { ring } from "../sync/tabs.js";
import { moves } from "./match-log.js";
import { scoreMessage } from "./messages.js";

/**
 * @typedef {import("./match-log.js").Entry} Entry
 * @typedef {import("./match-log.js").Deed} Deed
 *
 * @typedef {object} Head  What the phone knows of a match besides its log.
 * @property {string} key
 * @property {string} person
 * @property {string} eventId
 * @property {number} matchId
 * @property {import("./match-log.js").Format} format
 * @property {number} revision  of the server, as last acknowledged
 * @property {number | null} fence  of the claim under which this phone scores
 * @property {number} saved  deeds recorded here
 * @property {number} sent  deeds the server has acknowledged
 * @property {number | null} acknowledgedAt
 * @property {boolean} practice  nothing of it is ever sent
 * @property {boolean} held  this phone keeps the score, unless it is told otherwise
 */

const ALL = ["matches", "log", "outbox"];

/**
 * @param {string} person
 * @param {string} eventId
 * @param {number} matchId
 */
export function keyOf(person, eventId, matchId) {
  return `${person}/${eventId}/${matchId}`;
}

/**
 * @param {string} key
 * @returns {Promise<{head: Head | undefined, entries: Entry[]}>}
 */
export function read(key) {
  return inOneTransaction(["matches", "log"], "readonly", async ({ matches, log }) => ({
    head: await matches.get(key),
    entries: await log.index("match").getAll(key),
  }));
}

/**
 * Begin a match on this phone, or begin it again from what the server has. While something of
 * it waits to be sent, the phone knows better than the server, and nothing changes.
 * @param {Head} head
 * @param {Entry[]} entries
 */
export async function begin(head, entries) {
  await inOneTransaction(ALL, "readwrite", async ({ matches, log, outbox }) => {
    if (await outbox.index("match").count(head.key)) return;
    for (const n of await log.index("match").getAllKeys(head.key)) await log.delete(n);
    for (const { n: _, ...entry } of entries) await log.add({ ...entry, match: head.key });
    await matches.put(head);
  });
  ring(head.key);
}

/**
 * Record what the scorer did, and put it into the outbox with the state after it.
 * @param {string} key
 * @param {Deed} deed
 * @param {number} at
 * @throws {import("../volleyball/rules.js").RuleBroken}  and nothing was recorded
 */
export async function record(key, deed, at) {
  await inOneTransaction(ALL, "readwrite", async ({ matches, log, outbox }) => {
    const head = /** @type {Head} */ (await matches.get(key));
    const n = await log.add({ ...deed, at, match: key });
    /** @type {Entry[]} */
    const entries = await log.index("match").getAll(key);
    moves(head.format, entries);
    if (!head.practice) {
      // Everything that waits will have been accepted before this one arrives.
      const baseRevision = head.revision + (await outbox.index("match").count(key));
      const { person, eventId, matchId, format, fence } = head;
      const id = crypto.randomUUID();
      const body = scoreMessage({ matchId, updateId: id, format, entries, baseRevision, fence });
      await add({ outbox }, { id, person, match: key, eventId, at, body, n });
    }
    await matches.put({ ...head, saved: head.saved + 1 });
  });
  ring(key);
}

/** Forget a practice match. @param {string} key */
export async function forget(key) {
  await inOneTransaction(["matches", "log"], "readwrite", async ({ matches, log }) => {
    for (const n of await log.index("match").getAllKeys(key)) await log.delete(n);
    await matches.delete(key);
  });
  ring(key);
}

/**
 * @param {string} key
 * @param {Partial<Head>} news
 */
export function learn(key, news) {
  return inOneTransaction(["matches"], "readwrite", async ({ matches }) => {
    const head = await matches.get(key);
    if (head) await matches.put({ ...head, ...news });
  });
}
