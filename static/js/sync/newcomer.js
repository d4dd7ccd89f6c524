// @ts-check
/**
 * Somebody who gave this phone a name while nobody could be asked. What they do is kept under a
 * name of this phone's own. With the network back the server learns of them as a guest; where
 * somebody has signed in on this phone by then, it is theirs, as a guest's data always goes
 * along.
 */
import { ask } from "./ask.js";
import { inOneTransaction } from "./database.js";
import { refreshSignIn } from "./session.js";
import { nextSeq } from "./stores.js";
import { ring } from "./tabs.js";

/**
 * @typedef {import("./session.js").Person} Person
 *
 * @typedef {{person: Person | null, reached: boolean, after?: number}} Introduced  none: not now
 */

const NEWCOMER = "newcomer-";
/** Whatever of this phone names a person. */
const STORES = ["outbox", "attention", "matches", "log", "devices", "plans", "facts"];

/** Two drains of one tab ask once; of several tabs one drains at a time. @type {Map<string, Promise<Introduced>>} */
const underWay = new Map();

/** @param {string} person */
export function isNewcomer(person) {
  return person.startsWith(NEWCOMER);
}

/** From now on this phone knows them. @param {string} name @returns {Promise<Person>} */
export async function welcome(name) {
  const person = { id: NEWCOMER + crypto.randomUUID(), name };
  await inOneTransaction(["facts"], "readwrite", async ({ facts }) => {
    await facts.put({ name: person.id, value: person });
    await facts.put({ name: "person", value: person });
  });
  return person;
}

/** Who a newcomer has become, in this tab or in another. @param {string} id @returns {Promise<Person | null>} */
export function becameOf(id) {
  return inOneTransaction(["facts"], "readonly", async ({ facts }) => (await facts.get(id))?.value.became ?? null);
}

/**
 * Tell the server of them, and give everything of theirs to whom it answers.
 * @param {string} id
 * @returns {Promise<Introduced>}
 */
export function introduce(id) {
  const under = underWay.get(id) ?? askedFor(id).finally(() => underWay.delete(id));
  underWay.set(id, under);
  return under;
}

/** @param {string} id @returns {Promise<Introduced>} */
async function askedFor(id) {
  const known = await inOneTransaction(["facts"], "readonly", async ({ facts }) => (await facts.get(id))?.value);
  if (known?.became) return { person: known.became, reached: true };
  let answer = await ask("GET", "/api/me");
  if (answer.status === 401 && (await refreshSignIn())) answer = await ask("GET", "/api/me");
  if (answer.status === 401) answer = await ask("POST", "/api/auth/guest", { displayName: known?.name ?? "" });
  const found = answer.body?.user ?? answer.body;
  if (answer.status < 200 || answer.status >= 300 || !found?.id) {
    return { person: null, reached: answer.status > 0, after: answer.after };
  }
  const person = { id: found.id, name: found.displayName };
  await giveTo(id, person);
  return { person, reached: true };
}

/** @param {string} from @param {Person} person */
async function giveTo(from, person) {
  const moved = await inOneTransaction(STORES, "readwrite", async (stores) => {
    const renamed = (/** @type {string} */ key) => (key.startsWith(`${from}/`) ? person.id + key.slice(from.length) : key);
    await giveWaiting(stores, from, person.id, renamed);
    await givePlans(stores, from, person.id);
    await stores.facts.put({ name: from, value: { id: from, name: person.name, became: person } });
    await stores.facts.put({ name: "person", value: person });
    return giveMatches(stores, from, person.id, renamed);
  });
  moved.forEach(ring);
}

/**
 * What waits has never been sent: it is counted anew, in the order in which it was done.
 * @param {Record<string, any>} stores
 * @param {string} from
 * @param {string} to
 * @param {(key: string) => string} renamed
 */
async function giveWaiting({ outbox, attention, devices }, from, to, renamed) {
  for (const entry of await outbox.index("person").getAll(from)) {
    await outbox.put({ ...entry, person: to, match: renamed(entry.match), deviceSeq: await nextSeq(devices, to) });
  }
  for (const entry of await attention.index("person").getAll(from)) {
    await attention.put({ ...entry, person: to, match: renamed(entry.match) });
  }
  await devices.delete(from);
}

/**
 * @param {Record<string, any>} stores
 * @param {string} from
 * @param {string} to
 * @param {(key: string) => string} renamed
 * @returns {Promise<string[]>}  the keys under which their matches were known
 */
async function giveMatches({ matches, log }, from, to, renamed) {
  const heads = (await matches.getAll()).filter((/** @type {any} */ head) => head.person === from);
  for (const head of heads) {
    const key = renamed(head.key);
    // What this person had of the same match before is at the server.
    for (const n of await log.index("match").getAllKeys(key)) await log.delete(n);
    for (const entry of await log.index("match").getAll(head.key)) await log.put({ ...entry, match: key });
    await matches.delete(head.key);
    await matches.put({ ...head, key, person: to });
  }
  return heads.map((/** @type {any} */ head) => head.key);
}

/** @param {Record<string, any>} stores @param {string} from @param {string} to */
async function givePlans({ plans }, from, to) {
  for (const plan of (await plans.getAll()).filter((/** @type {any} */ one) => one.person === from)) {
    await plans.delete([from, plan.eventId]);
    if (!(await plans.get([to, plan.eventId]))) await plans.put({ ...plan, person: to });
  }
}
