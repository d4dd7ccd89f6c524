// @ts-check
/** The scores of an event that wait on this phone: of each match the newest. */
import { inOneTransaction } from "./database.js";

/**
 * @param {string} person
 * @param {string} eventId
 * @returns {Promise<{at: number, body: Record<string, any>, format: any}[]>}
 */
export function unsentOf(person, eventId) {
  return inOneTransaction(["outbox", "matches"], "readonly", async ({ outbox, matches }) => {
    const newest = new Map();
    for (const entry of await outbox.index("person").getAll(person)) {
      if (entry.eventId === eventId && entry.body.sets) newest.set(entry.match, entry);
    }
    const found = [];
    for (const { match, at, body } of newest.values()) found.push({ at, body, format: (await matches.get(match))?.format });
    return found;
  });
}
