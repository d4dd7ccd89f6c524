// @ts-check
/** What the outbox's tests share: a phone of Sam's with matches of the event "lakeside". */
import { begin, keyOf, record } from "../../static/js/scoring/match-store.js";
import { BackendStorage } from "../../static/js/storage/backend.js";
import { inOneTransaction } from "../../static/js/sync/database.js";
import { BEST_OF_3 } from "./pad-world.js";

export const SAM = "sam";
export const KEY = keyOf(SAM, "lakeside", -7);
export const OTHER_MATCH = keyOf(SAM, "lakeside", -8);
export const STORES = ["matches", "log", "outbox", "attention", "devices", "facts", "events", "known", "scores", "claims", "plans"];

/** Everything off the phone. */
export async function forgetAll() {
  await inOneTransaction(STORES, "readwrite", async (stores) => {
    for (const store of Object.values(stores)) await store.clear();
  });
}

/** A match this phone holds the claim of. @param {string} key @param {object} [more] @returns {any} */
export function head(key, more) {
  const [person, eventId, matchId] = key.split("/");
  const known = { key, person, eventId, matchId: Number(matchId), format: BEST_OF_3, revision: 0, fence: 1 };
  return { ...known, claimedAt: Date.now(), saved: 0, sent: 0, acknowledgedAt: null, practice: false, held: true, ...more };
}

/** @param {string} person */
export function storage(person = SAM) {
  return new BackendStorage("lakeside", { id: person, name: "Sam" });
}

/** Points for a team, now. @param {string} key @param {number} times @param {1 | 2} [team] */
export async function score(key, times, team = 1) {
  const [person] = key.split("/");
  for (let n = 0; n < times; n += 1) await record(key, { type: "point", team }, Date.now(), storage(person));
}

/** @param {string} store @returns {Promise<any[]>} */
export function all(store) {
  return inOneTransaction([store], "readonly", (stores) => stores[store].getAll());
}

export { begin };
