// @ts-check
/** My teams: scores as they happen; the page anew when a match begins or ends. */

import { addCamera, loadAll, startCameras } from "../coverage/cameras.js";
import { Renewing } from "../live/renewing.js";
import { follow } from "../live/stream.js";
import { paint } from "../scoring/paint.js";
import { paintAges, startAges } from "../web/ages.js";
import { setServerNow } from "../web/clock.js";
import { bringTogether } from "./send.js";
import { addStars, paintStars, startStars } from "./stars.js";
import { choices } from "./store.js";

const MOST_EVENTS = 3; // a stream each, and a browser has six connections to one server
const CALM = 60_000; // estimates move slowly
const renewing = new Renewing();

startStars();
startCameras();
startAges(() => document.querySelectorAll('[data-status="live"]'));
setInterval(refresh, CALM);
void first();

/** A device that followed before it had this page's cookie, or an account with newer teams. */
async function first() {
  const shown = document.querySelectorAll(".followed [data-follow]").length;
  const followed = Object.values(choices()).filter((choice) => choice.following).length;
  if ((await bringTogether().catch(() => false)) || shown !== followed) await refresh();
  listen();
}

function listen() {
  const events = new Set([.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".followed [data-event]"))].map((one) => one.dataset.event ?? ""));
  for (const eventId of [...events].slice(0, MOST_EVENTS)) {
    follow(eventId, { onScore, onSchedule: refresh, onTime: setServerNow });
  }
}

/** @param {import("../scoring/paint.js").Score & {eventId: string}} score */
function onScore(score) {
  renewing.heard(score);
  // Numbers of matches are unique within their event only, so only its own places are painted.
  const own = `[data-event="${CSS.escape(score.eventId)}"]`;
  for (const place of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(`#my-teams .cards > ${own}`))) {
    const before = place.querySelector(".match")?.getAttribute("data-status");
    for (const card of paint(score, place)) {
      paintAges(card);
      if (card.dataset.status !== before) void refresh();
    }
  }
  const begins = score.status === "in-progress" && document.querySelector(`${own}[data-coming="${score.matchId}"]`);
  if (begins) void refresh();
}

async function refresh() {
  const { html, meanwhile } = await renewing.ask("/my-teams");
  if (html === null || document.hidden) return;
  const page = new DOMParser().parseFromString(html, "text/html");
  // Without a network the worker gives the page of last time, which this one is ahead of.
  if (page.documentElement.dataset.kept) return;
  const fresh = page.querySelector("#my-teams");
  const here = document.querySelector("#my-teams");
  if (!fresh || !here || here.querySelector(":focus-visible")) return;
  here.replaceWith(document.adoptNode(fresh));
  for (const card of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".match"))) {
    addStars(card);
    addCamera(card);
  }
  paintStars();
  meanwhile.forEach(onScore);
  await loadAll();
}
