// @ts-check
/** What the worker knows of notifications here: it sees no local storage, where pages keep it. */
import { inOneTransaction } from "../sync/database.js";

const NAME = "push";

/**
 * @typedef {object} Kept
 * @property {string} person  who turned them on here
 * @property {string} endpoint
 * @property {string} [id]  as the server's list of devices has it
 * @property {boolean} [active]  a first notification has arrived
 */

/** @param {Kept | null} kept */
export function copy(kept) {
  return inOneTransaction(["facts"], "readwrite", ({ facts }) => (kept ? facts.put({ name: NAME, value: kept }) : facts.delete(NAME)));
}

/** @returns {Promise<Kept | null>} */
export function copied() {
  return inOneTransaction(["facts"], "readonly", async ({ facts }) => (await facts.get(NAME))?.value ?? null);
}
