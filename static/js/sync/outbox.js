// @ts-check
/**
 * What waits to be sent, in the order in which it was done. An entry is looked at, sent, and
 * leaves only on the server's verdict about its id; a refused one is kept for a person to see.
 */
import { inOneTransaction } from "./database.js";

/**
 * @typedef {object} Entry
 * @property {number} [place]  order of sending; the database gives it
 * @property {string} id  UUID, minted once
 * @property {string} person  who did it
 * @property {string} match  key of the match
 * @property {string} eventId
 * @property {number} at  when, by this phone's clock (ms)
 * @property {number} n  its place in the log of the match
 * @property {Record<string, any>} body  what is sent
 *
 * @typedef {Entry & {problem: {status?: number, code: string, detail: string}, since: number}} Refused
 */

/**
 * Put an entry in, inside the transaction that records what it is about.
 * @param {Record<string, any>} stores
 * @param {Entry} entry
 */
export function add(stores, entry) {
  return stores.outbox.add(entry);
}

/**
 * The next entry of every match that has one, oldest first.
 * @param {string} person
 * @returns {Promise<Entry[]>}
 */
export function nextOfEachMatch(person) {
  return inOneTransaction(["outbox"], "readonly", async ({ outbox }) => {
    /** @type {Map<string, Entry>} */
    const first = new Map();
    for (const entry of await outbox.index("person").getAll(person)) {
      if (!first.has(entry.match)) first.set(entry.match, entry);
    }
    return [...first.values()];
  });
}

/**
 * The server has it: the entry leaves, and the match learns its revision.
 * @param {Entry} entry
 * @param {{revision: number, now: number}} acknowledged
 */
export function settle(entry, { revision, now }) {
  return inOneTransaction(["outbox", "matches"], "readwrite", async ({ outbox, matches }) => {
    // Another tab may have heard the same verdict first: one acknowledgement counts once.
    if (!(await outbox.get(entry.place))) return;
    await outbox.delete(entry.place);
    const head = await matches.get(entry.match);
    if (head) await matches.put({ ...head, revision, sent: head.sent + 1, acknowledgedAt: now });
  });
}

/**
 * The server will never take it: keep it whole, apart, with the reason.
 * @param {Entry} entry
 * @param {Refused["problem"]} problem
 * @param {number} since
 */
export function refuse(entry, problem, since) {
  return inOneTransaction(["outbox", "attention"], "readwrite", async ({ outbox, attention }) => {
    await attention.put({ ...entry, problem, since });
    await outbox.delete(entry.place);
  });
}

/**
 * How much of a match waits, and what was refused of it.
 * @param {string} person
 * @param {string} match
 * @returns {Promise<{waiting: number, refused: Refused[]}>}
 */
export function standing(person, match) {
  return inOneTransaction(["outbox", "attention"], "readonly", async ({ outbox, attention }) => ({
    waiting: await outbox.index("match").count(match),
    refused: (await attention.index("person").getAll(person)).filter(
      (/** @type {Refused} */ entry) => entry.match === match,
    ),
  }));
}

/** @param {string[]} ids  of refused entries a person has dealt with */
export function dismiss(ids) {
  return inOneTransaction(["attention"], "readwrite", async ({ attention }) => {
    for (const id of ids) await attention.delete(id);
  });
}
