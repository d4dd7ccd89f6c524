// @ts-check
/** The autopilot's panel: wishes go to the server, what it proposes comes into my plan if I say so. */
import { ask } from "../sync/ask.js";
import { announce } from "../web/announce.js";
import { startMust } from "./autopilot-must.js";
import { changesOf, wishesFrom } from "./autopilot-wishes.js";
import { paintProposal } from "./autopilot-paint.js";
import { factsOfPage } from "./facts.js";
import { show } from "./paint.js";
import { change, planOf } from "./plan.js";
import { wantedTeams } from "./wanted.js";
import { fill } from "./words.js";

/** @typedef {import("./sketch.js").Sketch} Sketch @typedef {import("./merge.js").Plan} Plan */

const PATIENCE = 20_000;
const panel = /** @type {HTMLElement} */ (document.getElementById("autopilot"));
const form = /** @type {HTMLFormElement} */ (document.getElementById("wishes"));
const place = /** @type {HTMLElement} */ (document.getElementById("proposal"));
const { event: eventId = "", zone = "" } = document.body.dataset;
const day = document.getElementById("plan")?.dataset.day ?? "";
/** @type {any} */
let proposal;
/** @type {import("./merge.js").Changes | undefined} */
let undoing;

show(panel, true);
addEventListener("coverage-painted", (painted) => paintLate(/** @type {CustomEvent<Sketch>} */ (painted).detail));
form.addEventListener("submit", (sent) => {
  sent.preventDefault();
  void propose(new FormData(form));
});
startMust(async () => ({ facts: factsOfPage(), wanted: wantedOf(await planOf(eventId)) }));
/** @type {Record<string, () => unknown>} */
const deeds = { anew, use, undo, discard };
panel.addEventListener("click", ({ target }) => {
  const deed = /** @type {HTMLElement} */ (target).closest("[data-pilot]")?.getAttribute("data-pilot") ?? "";
  deeds[deed]?.();
});

/** A plan that fitted by the printed times and no longer does. @param {Sketch} sketch */
function paintLate({ plan, day, facts }) {
  const broken = day?.clashes.filter(({ sure }) => sure) ?? [];
  const ids = new Set(broken.flatMap(({ first, second }) => [first, second]));
  const late = [...ids].some((id) => {
    const match = facts.matches.get(id);
    return match?.start && match.printed && match.start - match.printed >= 300_000;
  });
  fill(panel, { late: late ? "Courts run late, and your plan no longer fits." : "Two of your matches clash." });
  show(document.getElementById("late"), broken.length > 0 && !!plan?.selectedMatches.length);
}

/** Nothing is kept only because it was planned. */
function anew() {
  const wishes = new FormData(form);
  wishes.delete("keep");
  void propose(wishes);
}

/** @param {FormData} wished */
async function propose(wished) {
  busy(true);
  const plan = await planOf(eventId);
  const wishes = wishesFrom(wished, { day, zone, wanted: wantedOf(plan), plan });
  const { status, body } = await ask("POST", `/api/events/${encodeURIComponent(eventId)}/coverage-plans/proposal`, wishes, { patience: PATIENCE });
  busy(false);
  if (status !== 200) return say(refusal(status, body));
  proposal = body;
  say("");
  paintProposal(place, body);
  show(place, true);
  place.focus({ preventScroll: true });
  place.scrollIntoView({ block: "nearest" });
  announce(`Proposed: ${place.querySelector("h3")?.textContent}`);
}

/** Whom I mean to cover. @param {Plan} plan @returns {number[]} */
function wantedOf(plan) {
  const { teams } = factsOfPage();
  const club = [...teams].filter(([, team]) => String(team.club) === plan.aim).map(([id]) => id);
  return [...(wantedTeams(eventId, { ...plan, aimTeams: club }) ?? teams.keys())];
}

/** @param {number} status @param {any} body */
function refusal(status, body) {
  if (status === 0) return "The autopilot needs the network, and there is none. Your plan is safe on this phone.";
  return body?.errors?.[0]?.detail ?? body?.detail ?? "That did not work. Try again.";
}

async function use() {
  if (!proposal) return;
  const changes = changesOf(proposal);
  await change(eventId, changes);
  undoing = { added: changes.removed, removed: changes.added };
  discard();
  say(changes.added.length || changes.removed.length ? "This is your plan now." : "Your plan was this already.");
  offerUndo(true);
}

async function undo() {
  if (undoing) await change(eventId, undoing);
  undoing = undefined;
  offerUndo(false);
  say("Your plan is as it was before.");
}

function discard() {
  proposal = undefined;
  show(place, false);
  /** @type {HTMLElement | null} */ (form.querySelector('[type="submit"]'))?.focus({ preventScroll: true });
}

/** @param {boolean} possible */
function offerUndo(possible) {
  show(form.querySelector('[data-pilot="undo"]'), possible);
}

/** @param {boolean} working */
function busy(working) {
  for (const button of panel.querySelectorAll("button")) button.setAttribute("aria-disabled", String(working));
  if (working) say("Working it out …");
}

/** @param {string} words */
function say(words) {
  fill(form, { said: words });
}
