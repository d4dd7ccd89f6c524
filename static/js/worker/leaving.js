// @ts-check
/** Somebody signs out or goes: what this phone merely knows goes too; what it has to send stays. */
import { inOneTransaction } from "../sync/database.js";

export async function forgetWhatWasSeen() {
  indexedDB.deleteDatabase("courtsync-known");
  await inOneTransaction(["events", "known"], "readwrite", async ({ events, known }) => {
    await events.clear();
    await known.clear();
  });
}
