// @ts-check
/** My plan as the account has it, merged into what this phone keeps. */
import { THIS_DEVICE } from "../storage/local.js";
import { ask } from "../sync/ask.js";
import { inOneTransaction } from "../sync/database.js";
import { planFrom, withWaiting } from "./merge.js";
import { owner, tell } from "./plan.js";

/** @typedef {import("./merge.js").Plan} Plan */

const KNOWN = ["plans", "outbox"];
/** How often it is asked again at once, while somebody taps faster than the network answers. */
const MOST_ASKED = 3;

/**
 * Ask the account what other devices chose. What was chosen or sent here meanwhile may not be in the
 * answer, and an older plan must not stand in for a newer one: then it is asked again.
 * True if something changed here. @param {string} eventId
 */
export async function bringPlan(eventId) {
  const person = owner();
  if (person === THIS_DEVICE.id) return false;
  for (let asked = 0; asked < MOST_ASKED; asked += 1) {
    const before = await inOneTransaction(KNOWN, "readonly", (stores) => stateOf(stores, person, eventId));
    const { status, body } = await ask("GET", `/api/events/${encodeURIComponent(eventId)}/coverage-plans`);
    if (status !== 200) return false;
    const news = await inOneTransaction(KNOWN, "readwrite", (stores) => takeOver(stores, person, eventId, body, before.sign));
    if (news === null) continue;
    if (news) tell(eventId);
    return news;
  }
  return false;
}

/** @param {Record<string, any>} stores @param {string} person @param {string} eventId */
async function stateOf({ plans, outbox }, person, eventId) {
  const kept = await plans.get([person, eventId]);
  const all = await outbox.index("person").getAll(person);
  const waiting = all.filter((/** @type {any} */ one) => one.kind === "plan" && one.eventId === eventId);
  return { kept, waiting, sign: JSON.stringify([kept, waiting.map((/** @type {any} */ { id }) => id)]) };
}

/** Whether it says anything new; null if the answer is to a question of before. @param {Record<string, any>} stores @param {string} person @param {string} eventId @param {any} body @param {string} sign */
async function takeOver(stores, person, eventId, body, sign) {
  const { kept, waiting, sign: now } = await stateOf(stores, person, eventId);
  if (now !== sign) return null;
  const plan = withWaiting(body, waiting);
  await stores.plans.put({ person, eventId, ...plan, updatedAt: body.updatedAt ?? 0 });
  return asWords(plan) !== asWords(planFrom(kept));
}

/** The same plan says the same, in whatever order it was made. @param {Plan} plan */
export function asWords({ selectedMatches, shot, stay, aim, aimTeams }) {
  const sorted = [selectedMatches, shot, aimTeams].map((ids) => [...ids].sort((one, other) => one - other));
  return JSON.stringify([...sorted, stay, aim]);
}
