// @ts-check
/** Background Sync: sends what waits although no page is open. Nothing depends on it. */
import { ask } from "../sync/ask.js";
import { Drain } from "../sync/drain.js";
import { nextOfEachMatch } from "../sync/outbox.js";
import { ring } from "../sync/tabs.js";
import { waiting } from "../sync/waiting.js";
import { notify } from "./shell.js";

/**
 * Throws while something waits: the browser then tries again later, three times in all.
 * @param {{lastChance: boolean}} event
 */
export async function sendWaiting({ lastChance }) {
  if ((await waiting()).count) await send();
  const { count } = await waiting();
  if (!count) return;
  if (lastChance && Notification.permission === "granted") await tell(count);
  throw new Error(`${count} still wait`);
}

/** Only what belongs to whoever is signed in can be sent. */
async function send() {
  const { status, body } = await ask("GET", "/api/me");
  if (status !== 200) return;
  const matches = await nextOfEachMatch(body.id);
  await new Drain(body.id).run({ eager: true });
  for (const { match } of matches) ring(match);
}

/** @param {number} count */
function tell(count) {
  return notify(`${count} ${count === 1 ? "point is" : "points are"} still on this phone`, {
    body: "They could not be sent. Open CourtSync where there is a network.",
    tag: "waiting",
    data: { url: "/" },
  });
}
