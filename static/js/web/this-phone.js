// @ts-check
/** Settings, "On this phone": what waits, what was not accepted, and what one can do about both. */
import { exportAll, readFile } from "../storage/file.js";
import { takeOver } from "../storage/import.js";
import { storageOf } from "../storage/adapter.js";
import { THIS_DEVICE } from "../storage/local.js";
import { modeInForce } from "../storage/mode.js";
import { allRefused, dismiss } from "../sync/attention.js";
import { inOneTransaction } from "../sync/database.js";
import { drainOf } from "../sync/drain.js";
import { amountOf, inWords } from "../sync/amount.js";
import { counts } from "../sync/outbox.js";
import { howLasting, KEEPING } from "../sync/safekeeping.js";
import { rememberedPerson } from "../sync/session.js";
import { onRing } from "../sync/tabs.js";
import { download } from "./download.js";
import { newest } from "./newest.js";
import { deedOf, reasonOf, subjectOf, waitingLines } from "./held-words.js";

const A_YEAR = 31_536_000;

/** @param {string} id */
const at = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

async function look() {
  const held = await inOneTransaction(["outbox", "known", "matches"], "readonly", async ({ outbox, known, matches }) => ({
    waiting: await outbox.getAll(),
    names: new Map((await known.getAll()).map((/** @type {any} */ one) => [`${one.eventId}/${one.matchId}`, one.names])),
    here: (await matches.getAll()).filter((/** @type {any} */ head) => head.person === THIS_DEVICE.id).length,
  }));
  return { ...held, refused: await allRefused() };
}

/** @param {Awaited<ReturnType<typeof look>>} held */
function draw({ waiting, names, here, refused }) {
  const word = at("phone-held");
  const counted = waiting.filter(counts).length;
  word.textContent = counted ? `${inWords(amountOf(waiting), "wait")} to be sent` : "Nothing waits to be sent";
  word.dataset.sync = refused.length ? "attention" : counted ? "pending" : "synced";
  word.dataset.pending = String(counted);
  list("phone-matches", waitingLines(waiting, names).map((line) => [line]));
  control("send").hidden = !waiting.length;
  control("send-local").hidden = !here || modeInForce() === "local";
  at("attention").hidden = !refused.length;
  list("attention-list", refused.map((entry) => [`${subjectOf(entry, names)}, ${clock(entry.at)}: ${deedOf(entry)}`, reasonOf(entry)]));
}

const paint = newest(look, draw);

/** @param {number} time */
function clock(time) {
  return new Date(time).toLocaleTimeString([], { hour: "numeric", minute: "2-digit" });
}

/** @param {string} id @param {string[][]} lines  each with what it is and perhaps why */
function list(id, lines) {
  const items = lines.map(([what, why]) => {
    const item = document.createElement("li");
    item.append(Object.assign(document.createElement("b"), { textContent: what }), ...(why ? [why] : []));
    return item;
  });
  at(id).replaceChildren(...items);
  at(id).hidden = !items.length;
}

/** @param {string} name */
function control(name) {
  return /** @type {HTMLInputElement} */ (document.querySelector(`[data-phone="${name}"]`));
}

/** @param {string} words */
function say(words) {
  at("phone-word").textContent = words;
  at("phone-word").hidden = !words;
}

async function sendNow() {
  const { waiting } = await look();
  const people = [...new Set(waiting.map((/** @type {any} */ entry) => entry.person))];
  await Promise.all(people.map((person) => drainOf(person).run({ eager: true })));
  const parked = people.some((person) => drainOf(person).told.parked);
  const left = (await look()).waiting;
  if (!left.filter(counts).length) return say("Everything is sent.");
  say(parked ? `Sign in as who scored them to send ${inWords(amountOf(left))}.` : `No answer yet: ${inWords(amountOf(left), "stay")} here and will be sent.`);
}

/** Twice: what is removed here is nowhere else. @param {HTMLButtonElement} button */
async function removeRefused(button) {
  const asked = button.dataset.sure !== undefined;
  button.toggleAttribute("data-sure", !asked);
  button.textContent = asked ? "Remove them from this phone" : "Really remove them?";
  if (asked) await dismiss((await allRefused()).map(({ id }) => id));
}

/** @param {string} text */
async function takeOverFile(text) {
  const person = await rememberedPerson();
  if (modeInForce() !== "local" && !person) return say("Sign in first: what is in the file is sent in your name.");
  const { matches, left } = await takeOver(readFile(text), (eventId) => storageOf(eventId, person));
  const known = left ? ` ${left} were here already.` : "";
  say(matches === 1 ? `1 match was taken over.${known}` : `${matches} matches were taken over.${known}`);
  if (person && modeInForce() !== "local") drainOf(person.id).run({ eager: true });
}

/** @type {Record<string, (control: any) => Promise<unknown>>} */
const ACTS = {
  send: sendNow,
  download: async () => download(await exportAll(), "courtsync"),
  "send-local": async () => takeOverFile(JSON.stringify(await exportAll(({ person }) => person === THIS_DEVICE.id))),
  dismiss: removeRefused,
  import: async (input) => {
    const text = await input.files[0].text();
    input.value = "";
    await takeOverFile(text);
  },
};

/** @param {Event} event */
async function act(event) {
  const target = /** @type {HTMLElement} */ (event.target).closest("[data-phone]");
  const name = target instanceof HTMLElement ? (target.dataset.phone ?? "") : "";
  if (!target || (name === "import") !== (event.type === "change")) return;
  try {
    say("");
    await ACTS[name](target);
  } catch (error) {
    say(/** @type {Error} */ (error).message);
  }
  await paint();
}

for (const type of ["click", "change"]) at("this-phone").addEventListener(type, act);
document.querySelector("#storage")?.addEventListener("change", (event) => {
  const { value } = /** @type {HTMLInputElement} */ (event.target);
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `storage=${value}; Path=/; Max-Age=${A_YEAR}; SameSite=Lax${secure}`;
  paint();
});
onRing(() => paint());
howLasting().then((keeping) => (at("phone-keeping").textContent = KEEPING[keeping]));
paint().catch(() => (at("phone-held").textContent = "This browser keeps nothing: points cannot be scored here."));
