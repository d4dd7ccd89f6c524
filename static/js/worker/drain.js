// @ts-check
/** Background Sync: sends what waits although no page is open. Nothing depends on it. */
import { inWords } from "../sync/amount.js";
import { waiting as allWaiting } from "../sync/waiting.js";
import { drainAll } from "../sync/worker-drain.js";
import { notify } from "./shell.js";

/**
 * Throws while something waits: the browser then tries again later, three times in all.
 * @param {{lastChance: boolean}} event
 */
export async function sendWaiting({ lastChance }) {
  const { waiting } = await drainAll();
  if (!waiting) return;
  if (lastChance && Notification.permission === "granted") await tell();
  throw new Error(`${waiting} still wait`);
}

async function tell() {
  return notify(`${inWords((await allWaiting()).amount, "are")} still on this phone`, {
    body: "They could not be sent. Open CourtSync where there is a network.",
    tag: "waiting",
    data: { url: "/" },
  });
}
