// @ts-check
/** "Download my log": everything this phone knows of the match, as a file. Works without a network. */
import { inOneTransaction } from "../sync/database.js";
import { element } from "./fill.js";

/** @param {string} key */
export async function downloadLog(key) {
  const everything = await inOneTransaction(["matches", "log", "outbox", "attention"], "readonly", async (stores) => ({
    match: await stores.matches.get(key),
    log: await stores.log.index("match").getAll(key),
    waiting: await stores.outbox.index("match").getAll(key),
    notAccepted: (await stores.attention.getAll()).filter((/** @type {any} */ entry) => entry.match === key),
  }));
  const file = new Blob([JSON.stringify(everything, null, 2)], { type: "application/json" });
  const address = URL.createObjectURL(file);
  const stamp = new Date().toISOString().slice(0, 16).replace(/[:T]/g, "-");
  element("a", { href: address, download: `courtsync-${everything.match?.matchId ?? "match"}-${stamp}.json` }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
