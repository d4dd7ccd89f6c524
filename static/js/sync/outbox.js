// @ts-check
/**
 * What waits to be sent, in the order in which it was done. An entry is looked at, sent, and
 * leaves only on the server's verdict about its id; a refused one is kept for a person to see.
 */
import { inOneTransaction, together } from "./database.js";
import { nextSeq } from "./stores.js";
import { ring } from "./tabs.js";

/**
 * @typedef {"score" | "claim" | "release" | "plan" | "follow"} Kind
 *
 * @typedef {object} Draft  What is put in; the outbox adds the rest.
 * @property {Kind} kind
 * @property {string} person  who did it
 * @property {string} eventId
 * @property {Record<string, any>} body  the fields of the single call
 * @property {string} [id]  UUID, minted once
 * @property {string} [match]  key of the match it is about
 * @property {number} [at]  when, by this phone's clock (ms)
 * @property {number} [n]  its place in the log of the match
 *
 * @typedef {Draft & {id: string, match: string, at: number, place: number, deviceSeq: number}} Entry
 *
 * @typedef {{status?: number, code: string, detail: string}} Problem
 * @typedef {Entry & {outcome: "conflict" | "rejected", problem: Problem, since: number}} Refused
 */

/** The stores that {@link add} writes; a transaction that uses it must name them. */
export const ADDING = ["outbox", "devices"];

/**
 * Put an entry in, inside the transaction that records what it is about: both are kept or neither.
 * @param {Record<string, any>} stores
 * @param {Draft} draft
 * @returns {Promise<Entry>}
 */
export async function add({ outbox, devices }, { id = crypto.randomUUID(), match = "", at = Date.now(), ...draft }) {
  const entry = { ...draft, id, match, at, deviceSeq: await nextSeq(devices, draft.person) };
  return { ...entry, place: await outbox.add(entry) };
}

/**
 * The same, in the place of what still waits about the same thing: a plan is sent as it is, not
 * as it became.
 * @param {Record<string, any>} stores
 * @param {Draft & {match: string}} draft
 */
export async function addInPlace(stores, draft) {
  for (const former of await stores.outbox.index("match").getAll(draft.match)) {
    if (former.person === draft.person && former.kind === draft.kind) await stores.outbox.delete(former.place);
  }
  return add(stores, draft);
}

/**
 * Put something into the outbox of whoever is signed in on this phone: it is on the disk when
 * this returns, and leaves as soon as there is a way. What is put later about the same `subject`
 * takes the place of what still waits.
 * @param {Kind} kind
 * @param {string} eventId
 * @param {Record<string, any>} body
 * @param {{subject?: string}} [about]
 * @throws {Error}  nobody has signed in on this phone
 */
export async function put(kind, eventId, body, { subject = "" } = {}) {
  await inOneTransaction([...ADDING, "facts"], "readwrite", async (stores) => {
    const person = (await stores.facts.get("person"))?.value?.id;
    if (!person) throw new Error("Sign in first.");
    const draft = { kind, person, eventId, match: subject, body: { lastUpdated: Date.now(), ...body } };
    await (subject ? addInPlace(stores, draft) : add(stores, draft));
  });
  ring(subject || `${kind}/${eventId}`);
}

/**
 * The oldest entries of a person, and the phone they are sent from.
 * @param {string} person
 * @param {number} most
 * @returns {Promise<{deviceId: string, entries: Entry[]}>}
 */
export function peek(person, most) {
  return inOneTransaction(["outbox", "devices"], "readonly", async ({ outbox, devices }) => ({
    deviceId: (await devices.get(person))?.deviceId ?? "",
    entries: await outbox.index("person").getAll(person, most),
  }));
}

/** What waits of one kind, oldest first. @param {string} person @param {Kind} kind @returns {Promise<Entry[]>} */
export function waitingOf(person, kind) {
  return inOneTransaction(["outbox"], "readonly", async ({ outbox }) => {
    const entries = /** @type {Entry[]} */ (await outbox.index("person").getAll(person));
    return entries.filter((entry) => entry.kind === kind);
  });
}

/**
 * Whether a person would count it. The claim that a match is scored under was never touched by
 * anyone: it goes along with the first point.
 * @param {Entry} entry
 */
export function counts({ kind }) {
  return kind !== "claim";
}

/** How many entries wait, by person. @returns {Promise<Map<string, number>>} */
export function waitingByPerson() {
  return inOneTransaction(["outbox"], "readonly", async ({ outbox }) => {
    /** @type {Map<string, number>} */
    const counted = new Map();
    for (const entry of await outbox.getAll()) {
      counted.set(entry.person, (counted.get(entry.person) ?? 0) + Number(counts(entry)));
    }
    return counted;
  });
}

/**
 * How much of a match waits, and what was refused of it.
 * @param {string} person
 * @param {string} match
 * @returns {Promise<{waiting: number, refused: Refused[]}>}
 */
export function standing(person, match) {
  return inOneTransaction(["outbox", "attention"], "readonly", async ({ outbox, attention }) => {
    const [waiting, refused] = await together(() => outbox.index("match").getAll(match), () => attention.index("person").getAll(person));
    return {
      waiting: waiting.filter(counts).length,
      refused: refused.filter((/** @type {Refused} */ entry) => entry.match === match),
    };
  });
}
