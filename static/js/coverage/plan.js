// @ts-check
/**
 * My plan of an event, on this phone first: kept and put into the outbox in one transaction,
 * painted by every tab, sent when there is a way. Who never signed in keeps it on the device,
 * and it goes along into the account that is made one day.
 */
import { modeInForce } from "../storage/mode.js";
import { THIS_DEVICE } from "../storage/local.js";
import { askForSync } from "../sync/background.js";
import { inOneTransaction } from "../sync/database.js";
import { drainOf } from "../sync/drain.js";
import { add, addInPlace, ADDING } from "../sync/outbox.js";
import { onRing, ring } from "../sync/tabs.js";
import { changed, planFrom, told } from "./merge.js";

/** @typedef {import("./merge.js").Plan} Plan @typedef {import("./merge.js").Changes} Changes */

const STORES = ["plans", ...ADDING];
/** The last choice made in this page: two taps of one millisecond are still two. */
let last = 0;
/** @type {Set<(eventId: string) => unknown>} */
const listeners = new Set();

/** Whose plan this page changes: whoever is signed in, else this device's. */
export function owner() {
  const { person } = globalThis.document?.documentElement.dataset ?? {};
  return person && modeInForce() !== "local" ? person : THIS_DEVICE.id;
}

/** As this phone keeps it; null before it knows any. @param {string} eventId @returns {Promise<Plan | null>} */
export async function keptPlan(eventId) {
  const kept = await inOneTransaction(["plans"], "readonly", ({ plans }) => plans.get([owner(), eventId]));
  return kept ? planFrom(kept) : null;
}

/** @param {string} eventId @returns {Promise<Plan>} */
export async function planOf(eventId) {
  return (await keptPlan(eventId)) ?? planFrom(null);
}

/** It is on the disk when this returns. @param {string} eventId @param {Changes} changes @returns {Promise<Plan>} */
export async function change(eventId, changes) {
  const person = owner();
  const plan = await inOneTransaction(STORES, "readwrite", async (stores) => {
    const after = changed(planFrom(await stores.plans.get([person, eventId])), changes);
    await stores.plans.put({ person, eventId, ...after, updatedAt: Date.now() });
    if (person !== THIS_DEVICE.id) await putOut(stores, person, eventId, changes);
    return after;
  });
  tell(eventId);
  send(person);
  return plan;
}

/** @param {Record<string, any>} stores @param {string} person @param {string} eventId @param {Changes} changes */
async function putOut(stores, person, eventId, changes) {
  last = Math.max(Date.now(), last + 1);
  for (const [subject, body] of told(changes)) {
    const draft = /** @type {const} */ ({ kind: "plan", person, eventId, at: last, body: { ...body, lastUpdated: last } });
    await (subject ? addInPlace(stores, { ...draft, match: `${person}/${eventId}/${subject}` }) : add(stores, draft));
  }
}

/** @param {string} person */
function send(person) {
  if (person === THIS_DEVICE.id) return;
  drainOf(person).run();
  askForSync();
}

/** What this device planned before anybody signed in becomes theirs. */
export async function takeAlong() {
  const person = owner();
  if (person === THIS_DEVICE.id) return;
  const moved = await inOneTransaction(STORES, "readwrite", async (stores) => {
    const own = (await stores.plans.getAll()).filter((/** @type {any} */ plan) => plan.person === THIS_DEVICE.id);
    for (const { eventId, ...kept } of own) await takeOne(stores, person, eventId, planFrom(kept));
    return own.map((/** @type {{eventId: string}} */ { eventId }) => eventId);
  });
  moved.forEach(tell);
  if (moved.length) send(person);
}

/** @param {Record<string, any>} stores @param {string} person @param {string} eventId @param {Plan} own */
async function takeOne(stores, person, eventId, { selectedMatches, shot, stay, aim }) {
  const usual = planFrom(null);
  // What nobody touched here says nothing against what the account has set.
  const set = { ...(stay !== usual.stay && { stay }), ...(aim !== usual.aim && { aim }) };
  const changes = { added: selectedMatches, shot, ...set };
  const plan = changed(planFrom(await stores.plans.get([person, eventId])), changes);
  await stores.plans.put({ person, eventId, ...plan, updatedAt: Date.now() });
  await putOut(stores, person, eventId, changes);
  await stores.plans.delete([THIS_DEVICE.id, eventId]);
}

/** A plan has changed, here or in another tab. @param {(eventId: string) => unknown} listener */
export function onPlan(listener) {
  listeners.add(listener);
  if (listeners.size > 1) return;
  onRing((word) => {
    const [kind, eventId] = String(word).split("/");
    if (kind === "plan") listeners.forEach((hear) => hear(eventId));
  });
}

/** Every tab hears of it. @param {string} eventId */
export function tell(eventId) {
  ring(`plan/${eventId}/0`);
  for (const listener of listeners) listener(eventId);
}
