// @ts-check
/** The Coverage page: painted from this phone's plan, brought up to date by whatever happens. */
import { bringTogether } from "../following/send.js";
import { Renewing } from "../live/renewing.js";
import { rememberEvent } from "../storage/known.js";
import { THIS_DEVICE } from "../storage/local.js";
import { watchEvent } from "../storage/watch.js";
import { setServerNow } from "../web/clock.js";
import { seen, showState, startConnection } from "../web/connection.js";
import { bringPlan } from "./bring.js";
import { startDeeds } from "./deeds.js";
import { factsOfPage } from "./facts.js";
import { planFrom } from "./merge.js";
import { keptPlan, onPlan, owner, takeAlong } from "./plan.js";
import { startSketch } from "./sketch.js";
import { tellPage } from "./tell-page.js";

const EVERY = 120_000; // an estimate is a matter of minutes
const OTHER_DEVICES = 30_000; // and a plan is changed by one person
const SPREAD = 3_000;
const TICK = 10_000;
/** @type {Record<string, "upcoming" | "live" | "over">} */
const STATUS = { "in-progress": "live", completed: "over" };

const eventId = document.body.dataset.event ?? "";
const sketch = startSketch(eventId);
const renewing = new Renewing();

startConnection();
startDeeds(sketch);
rememberEvent(eventId, document.body.dataset.eventName ?? "").catch(() => undefined);
onPlan((changed) => changed === eventId && void read());
addEventListener("follow-changed", () => sketch.paint());
for (const sign of ["storage", "resize"]) addEventListener(sign, () => sketch.paint());
setInterval(() => sketch.paint(), TICK);
setInterval(() => !document.hidden && void renew(), EVERY);
setInterval(() => !document.hidden && void bring(), OTHER_DEVICES);
for (const sign of ["online", "courtsync-reached"]) addEventListener(sign, () => void bring());
document.addEventListener("visibilitychange", () => document.hidden || void bring());
void begin();

async function begin() {
  await takeAlong().catch(() => undefined);
  await read();
  await bring();
  if (await bringTogether().catch(() => false)) sketch.paint();
}

async function read() {
  const kept = await keptPlan(eventId).catch(() => null);
  // An account's plan that this phone does not know yet is the one the server painted.
  const plan = kept ?? (owner() === THIS_DEVICE.id ? planFrom(null) : null);
  if (!plan) return;
  tellPage(eventId, plan);
  sketch.take(plan);
}

/** What other devices of mine chose. */
async function bring() {
  await bringPlan(eventId).catch(() => false);
  if (!sketch.plan) await read();
}

watchEvent(eventId, {
  since: Number(document.body.dataset.seq),
  person: document.body.dataset.viewer ?? "",
  onScore(/** @type {import("../scoring/paint.js").Score} */ score) {
    seen(score.lastUpdated);
    renewing.heard(score);
    if (!standsAt(score)) return;
    sketch.paint();
    soon();
  },
  onSchedule: () => soon(),
  onTime: setServerNow,
  onState: showState,
});

/** Whether it begins or ends a match. @param {import("../scoring/paint.js").Score} score */
function standsAt(score) {
  const match = sketch.facts.matches.get(score.matchId);
  const status = STATUS[score.status] ?? "upcoming";
  if (!match || match.status === status) return false;
  match.status = status;
  return true;
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let waiting;

/** A match began or ended, or the schedule moved: other starts are expected now. */
function soon() {
  waiting ??= setTimeout(() => {
    waiting = undefined;
    void renew();
  }, 500 + Math.random() * SPREAD);
}

/** The same page once more, for what it knows of the event. */
async function renew() {
  const { html, meanwhile } = await renewing.ask(location.href);
  if (html === null) return;
  const fresh = new DOMParser().parseFromString(html, "text/html");
  const facts = fresh.querySelector("#facts");
  // Without a network the worker gives the page of last time, which this one is ahead of.
  if (!facts || fresh.documentElement.dataset.kept) return;
  document.querySelector("#facts")?.replaceWith(document.adoptNode(facts));
  sketch.facts = factsOfPage();
  meanwhile.forEach(standsAt);
  sketch.paint();
}
