// @ts-check
/** The event page: scores as they happen, cards where they belong, the schedule as it changes. */

import { addCamera, paintCameras, startCameras } from "../coverage/cameras.js";
import { addStars, paintStars, startStars } from "../following/stars.js";
import { Renewing } from "../live/renewing.js";
import { paint } from "../scoring/paint.js";
import { startCalendar } from "../sharing/calendar.js";
import { paintAges, startAges } from "../web/ages.js";
import { announce } from "../web/announce.js";
import { clockTime, seen, showState, startConnection } from "../web/connection.js";
import { serverNow, setServerNow } from "../web/clock.js";
import { keepExpected } from "./expected.js";
import { startFindingTeams } from "./find-teams.js";
import { applyFilters, startFilters } from "./filters.js";
import { place, recount } from "./places.js";
import { rememberEvent } from "./recent.js";
import { rememberEvent as remember } from "../storage/known.js";
import { watchEvent } from "../storage/watch.js";

const eventId = document.body.dataset.event ?? "";
const SPREAD = 3000; // milliseconds over which a hall full of phones asks for a changed schedule

const renewing = new Renewing();

startFilters();
startFindingTeams();
keepExpected(eventId);
startStars();
startCameras();
startConnection();
startCalendar();
startAges(() => document.querySelectorAll("#live .match"));
rememberEvent(eventId, document.body.dataset.eventName ?? "");
// For whoever will keep a score here without a network.
remember(eventId, document.body.dataset.eventName ?? "").catch(() => undefined);
setInterval(() => {
  const clock = document.querySelector("#venue-clock");
  if (clock) clock.textContent = clockTime(serverNow());
}, 10_000);
showNext();

watchEvent(eventId, {
  since: Number(document.body.dataset.seq),
  person: document.body.dataset.viewer ?? "",
  onScore(/** @type {import("../scoring/paint.js").Score} */ score) {
    seen(score.lastUpdated);
    renewing.heard(score);
    show(score);
  },
  onClaim(/** @type {{matchId: number, claimed: boolean}} */ claim) {
    for (const card of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(`[data-match="${claim.matchId}"]`))) {
      if (card.dataset.status === (claim.claimed ? "upcoming" : "called")) call(card, claim.claimed);
    }
  },
  onSchedule() {
    remember(eventId, "", { changed: true }).catch(() => undefined);
    window.setTimeout(refresh, Math.random() * SPREAD);
  },
  onTime: setServerNow,
  onState: showState,
});

/** @param {import("../scoring/paint.js").Score} score */
function show(score) {
  const was = document.querySelector(`[data-match="${score.matchId}"]`)?.getAttribute("data-status");
  for (const card of paint(score)) {
    if (card.dataset.status !== was) tell(card);
    place(card);
    paintAges(card);
  }
  soon();
}

/** Say aloud that a shown match began or ended; every point would be a flood. @param {HTMLElement} card */
function tell(card) {
  const teams = [...card.querySelectorAll(".side > :first-child")].map((team) => team.textContent?.trim());
  if (!card.hidden) announce(`${card.querySelector(".tag")?.textContent}: ${teams.join(" against ")}`);
}

/** @param {HTMLElement} card @param {boolean} called */
function call(card, called) {
  card.dataset.status = called ? "called" : "upcoming";
  const tag = card.querySelector(".tag");
  if (tag) tag.textContent = called ? "Called" : "";
}

let counting = false;

/** Count once for all the scores of one moment. */
function soon() {
  if (counting) return;
  counting = true;
  requestAnimationFrame(() => {
    counting = false;
    recount();
  });
}

/** The schedule has changed: the day again, with the same blocks open. */
async function refresh() {
  const query = new URLSearchParams(location.search);
  query.set("day", document.getElementById("day")?.dataset.day ?? "");
  const { html, meanwhile } = await renewing.ask(`/f/events/${eventId}/day?${query}`);
  const day = document.getElementById("day");
  if (!day || html === null) return;
  const open = new Set([...day.querySelectorAll(".block[open]")].map((block) => block.id));
  day.outerHTML = html;
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  applyFilters();
  for (const card of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("#live .match, .block[open] .match"))) {
    addStars(card);
    addCamera(card);
  }
  paintStars();
  paintCameras();
  meanwhile.forEach(show);
}

/** On a first look at a day without live matches, the next block is what one came for. */
function showNext() {
  const [visit] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType("navigation"));
  const next = document.querySelector(".block[data-next]:not([hidden]) > summary");
  const fresh = visit?.type === "navigate" && !location.hash;
  if (!fresh || !next || document.querySelector("#live .match:not([hidden])")) return;
  if (next.getBoundingClientRect().top > innerHeight * 0.7) next.scrollIntoView({ block: "start" });
}
