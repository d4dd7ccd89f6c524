// @ts-check
/**
 * What this phone still holds, on every page: it is sent on every occasion that may have brought
 * the network or the person back, and as long as anything waits, the page says so.
 */
import { amountOf } from "../sync/amount.js";
import { allRefused } from "../sync/attention.js";
import { drainOf } from "../sync/drain.js";
import { waitingByPerson } from "../sync/outbox.js";
import { forgetPerson, rememberPerson } from "../sync/session.js";
import { onRing } from "../sync/tabs.js";
import { waiting } from "../sync/waiting.js";
import { newest } from "./newest.js";
import { paintWaiting } from "./waiting.js";

/** While something waits and no occasion comes. */
const NOW_AND_THEN_MS = 30_000;
/** A page has said that its stream is open again: the network is back. */
export const REACHED = "courtsync-reached";

/** @type {Set<string>} */
const known = new Set();

/** Try to send everything that waits, whoever made it, and show what is left. */
async function send({ eager = true } = {}) {
  const people = await waitingByPerson();
  await show(people);
  await Promise.all([...people.keys()].map((person) => drain(person).run({ eager })));
}

/** @param {string} person */
function drain(person) {
  const found = drainOf(person);
  if (!known.has(person)) found.hear(() => show());
  known.add(person);
  return found;
}

async function look(people = /** @type {Map<string, number> | null} */ (null)) {
  const whose = people ?? (await waitingByPerson());
  const parked = [...whose.keys()].some((person) => drain(person).told.parked);
  return { waiting: (await waiting()).amount, refused: amountOf(await allRefused()), parked };
}

const show = newest(look, paintWaiting);

/** Whoever the server made this page for begins the next match that is begun without a network. */
function rememberWhoLooks() {
  const { person, personName = "", kept } = document.documentElement.dataset;
  if (person) rememberPerson({ id: person, name: personName }).catch(() => undefined);
  // The two pages that the worker keeps for everybody know nobody.
  else if (!kept && !document.querySelector("#pad, #kept-pages")) forgetPerson().catch(() => undefined);
}

export function keepSending() {
  rememberWhoLooks();
  const occasion = () => send().catch(() => undefined);
  for (const sign of ["online", "pageshow", REACHED]) addEventListener(sign, occasion);
  document.addEventListener("visibilitychange", () => document.hidden || occasion());
  setInterval(() => send({ eager: false }).catch(() => undefined), NOW_AND_THEN_MS);
  onRing(() => show().catch(() => undefined));
  occasion();
}
