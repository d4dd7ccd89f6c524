// @ts-check
/** What the server would not take: kept whole until a person has seen it. */
import { inOneTransaction } from "./database.js";
import { counts } from "./outbox.js";

/** @typedef {import("./outbox.js").Refused} Refused */

/** Everything refused on this phone, oldest first. @returns {Promise<Refused[]>} */
export function allRefused() {
  return inOneTransaction(["attention"], "readonly", async ({ attention }) => {
    const all = /** @type {Refused[]} */ (await attention.getAll());
    return all.sort((one, other) => one.since - other.since || one.place - other.place);
  });
}

/** How many were refused of each person. @returns {Promise<Map<string, number>>} */
export async function refusedByPerson() {
  /** @type {Map<string, number>} */
  const counted = new Map();
  for (const entry of await allRefused()) {
    counted.set(entry.person, (counted.get(entry.person) ?? 0) + Number(counts(entry)));
  }
  return counted;
}

/** @param {string[]} ids  of refused entries a person has dealt with */
export function dismiss(ids) {
  return inOneTransaction(["attention"], "readwrite", async ({ attention }) => {
    for (const id of ids) await attention.delete(id);
  });
}
