// @ts-check
/** Standings: scores as they happen, the tables anew when a match ends, and my teams marked. */

import { Renewing } from "../live/renewing.js";
import { follow } from "../live/stream.js";
import { paint } from "../scoring/paint.js";
import { setServerNow } from "../web/clock.js";
import { seen, showState, startConnection } from "../web/connection.js";
import { startShare } from "../web/share.js";
import { isFollowed } from "../following/store.js";

const eventId = document.body.dataset.event ?? "";
const SPREAD = 3000; // milliseconds over which a hall full of phones asks for the tables

const renewing = new Renewing();
/** @type {ReturnType<typeof setTimeout> | undefined} */
let waiting;

startConnection();
startShare();
markMine();
document.querySelector(".divisions [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
window.addEventListener("storage", markMine);

follow(eventId, {
  since: Number(document.body.dataset.seq),
  onScore(/** @type {import("../scoring/paint.js").Score} */ score) {
    seen(score.lastUpdated);
    renewing.heard(score);
    const before = document.querySelector(`[data-match="${score.matchId}"]`)?.getAttribute("data-status");
    const [place] = paint(score);
    // A match that begins joins its pool; one that ends moves teams. Points in between change no table.
    if (place ? place.dataset.status !== before : score.revision <= 2 || score.status === "completed") soon();
  },
  onSchedule: soon,
  onTime: setServerNow,
  onState: showState,
});

function soon() {
  waiting ??= setTimeout(refresh, Math.random() * SPREAD);
}

async function refresh() {
  waiting = undefined;
  const { html, meanwhile } = await renewing.ask(`/f/events/${eventId}/standings${location.search}`);
  const tables = document.querySelector("#tables");
  if (!tables || html === null) return;
  const panned = [...tables.querySelectorAll(".pan")].map((pan) => pan.scrollLeft);
  tables.outerHTML = html;
  for (const score of meanwhile) paint(score);
  document.querySelectorAll("#tables .pan").forEach((pan, index) => (pan.scrollLeft = panned[index] ?? 0));
  markMine();
}

/** Teams I follow, and their way to the end of the tree. */
function markMine() {
  for (const bout of document.querySelectorAll(".bout.path")) bout.classList.remove("path");
  for (const place of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-team-id]"))) {
    const mine = isFollowed(eventId, place.dataset.teamId ?? "");
    place.classList.toggle("mine", mine);
    if (mine && !isOut(place)) markPath(place);
  }
}

/** Whether the team of this side has lost here. @param {Element} side */
function isOut(side) {
  const bout = side.closest(".bout");
  return !bout || (["final", "result"].includes(bout.getAttribute("data-status") ?? "") && !side.classList.contains("won"));
}

/** @param {Element} side */
function markPath(side) {
  for (let node = side.closest(".node"); node; node = node.parentElement?.closest(".node") ?? null) {
    node.querySelector(":scope > .bout")?.classList.add("path");
  }
}
