// @ts-check
/** How much this phone has still to send, whoever did it, and since when. */
import { amountOf } from "./amount.js";
import { inOneTransaction } from "./database.js";
import { counts } from "./outbox.js";

/** @returns {Promise<{count: number, amount: import("./amount.js").Amount, since: number | null}>} `since`: when the first of it was done */
export function waiting() {
  return inOneTransaction(["outbox"], "readonly", async ({ outbox }) => {
    const entries = (await outbox.getAll()).filter(counts);
    const times = entries.map((/** @type {{at: number}} */ { at }) => at);
    return { count: entries.length, amount: amountOf(entries), since: times.length ? Math.min(...times) : null };
  });
}
