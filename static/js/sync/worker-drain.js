// @ts-check
/** What the service worker calls: the same drain as the pages', once, without timers. */
import { refusedByPerson } from "./attention.js";
import { drainOf } from "./drain.js";
import { waitingByPerson } from "./outbox.js";

/** How many entries wait on this phone, whoever made them. */
export async function waitingCount() {
  return sum(await waitingByPerson());
}

/** How many entries of this phone the server would not take. */
export async function refusedCount() {
  return sum(await refusedByPerson());
}

/**
 * Send what waits. Of several people on one phone only whoever is signed in now is taken by
 * the server; the others' entries stay.
 * @returns {Promise<{waiting: number, parked: boolean}>}  what is left of everybody; parked:
 *   all that is left needs a sign-in, so trying again later changes nothing
 */
export async function drainAll() {
  let parked = true;
  for (const person of (await waitingByPerson()).keys()) {
    const drain = drainOf(person);
    await drain.once();
    if (drain.wanted && !drain.told.parked) parked = false;
  }
  const waiting = await waitingCount();
  return { waiting, parked: waiting > 0 && parked };
}

/** @param {Map<string, number>} counted */
function sum(counted) {
  return [...counted.values()].reduce((total, count) => total + count, 0);
}
