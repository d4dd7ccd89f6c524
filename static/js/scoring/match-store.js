// @ts-check
/** A match on this phone: read, begun, gone on with. Every tap is one strict transaction. */
import { inOneTransaction, together } from "../sync/database.js";
import { ringScore } from "../storage/on-device.js";
import { ring } from "../sync/tabs.js";
import { saidBy } from "./messages.js";

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
 * @property {number} [claimedAt]  when this phone last knew the claim to be its own
 * @property {string | null} [intended]  id of the claim that still waits in the outbox
 * @property {import("../sync/outbox.js").Problem | null} [claimRefused]  why it came to nothing
 * @property {number} saved  deeds recorded here
 * @property {number} sent  deeds the server has acknowledged
 * @property {number | null} acknowledgedAt
 * @property {boolean} practice  nothing of it is ever sent
 * @property {boolean} held  this phone keeps the score, unless it is told otherwise
 */

/** @typedef {{head: Head | undefined, entries: Entry[]}} Match  a match as this phone has it */

const ALL = ["matches", "log", "outbox"];

/**
 * @param {string} person
 * @param {string} eventId
 * @param {number} matchId
 */
export function keyOf(person, eventId, matchId) {
  return `${person}/${eventId}/${matchId}`;
}

/** @param {string} key @returns {Promise<Match>} */
export function read(key) {
  return inOneTransaction(["matches", "log"], "readonly", async ({ matches, log }) => {
    const [head, entries] = await together(() => matches.get(key), () => log.index("match").getAll(key));
    return { head, entries };
  });
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
 * Record what the scorer did, together with the state after it where scores are kept.
 * @param {string} key
 * @param {Deed} deed
 * @param {number} at
 * @param {import("../storage/adapter.js").StorageAdapter} storage
 * @returns {Promise<Match>}  as it is on the disk now
 * @throws {import("../volleyball/rules.js").RuleBroken}  and nothing was recorded
 */
export async function record(key, deed, at, storage) {
  const mint = crypto.randomUUID();
  const stores = [...new Set(["matches", "log", ...storage.stores])];
  /** @type {Match} */
  let kept;
  try {
    kept = await inOneTransaction(stores, "readwrite", (opened) => keepDeed(opened, key, { ...deed, at, match: key }, mint, storage));
  } catch (error) {
    // The connection was lost after the first attempt had been kept: its id is there already.
    if (/** @type {Error} */ (error).name !== "ConstraintError") throw error;
    kept = await read(key);
  }
  if (kept.head && !kept.head.practice) ringScore(kept.head.eventId, kept.head.matchId);
  ring(key);
  return kept;
}

/**
 * A thumb waits for this: what does not need an answer first is asked for together.
 * @param {Record<string, any>} stores
 * @param {string} key
 * @param {Record<string, any>} deed
 * @param {string} mint  the id of its message, made once however often this is tried
 * @param {import("../storage/adapter.js").StorageAdapter} storage
 * @returns {Promise<Match>}
 */
async function keepDeed(stores, key, deed, mint, storage) {
  const { matches, log } = stores;
  const [head, n, entries] = await together(() => matches.get(key), () => log.add(deed), () => log.index("match").getAll(key));
  if (!head) throw new Error("this match is kept here under another name by now. Tap again.");
  const said = saidBy(head.matchId, head.format, entries);
  const news = head.practice ? {} : await storage.put(stores, head.matchId, said, { ...head, mint, n });
  const now = { ...head, ...news, saved: head.saved + 1 };
  await matches.put(now);
  return { head: now, entries };
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
