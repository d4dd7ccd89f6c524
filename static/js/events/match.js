// @ts-check
/** The match page: its score, its story and its scorer, as they change. */

import { startCameras } from "../coverage/cameras.js";
import { paint } from "../scoring/paint.js";
import { paintAges, startAges } from "../web/ages.js";
import { setServerNow } from "../web/clock.js";
import { seen, showState, startConnection } from "../web/connection.js";
import { startBell } from "../push/bell.js";
import { startShare } from "../web/share.js";
import { rememberEvent } from "../storage/known.js";
import { watchEvent } from "../storage/watch.js";
import { paintClaim, startKeep } from "./keep.js";
import { paintScoreboard } from "./scoreboard.js";
import { carryOn } from "./story.js";

/** @typedef {import("../scoring/paint.js").Score} Score */

const eventId = document.body.dataset.event ?? "";
const board = /** @type {HTMLElement} */ (document.querySelector(".board"));
const matchId = Number(board.dataset.match);
const shown = [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-match]"))].map((place) => Number(place.dataset.match));
const PATIENCE = 1500; // milliseconds over which viewers who missed a rally ask for the story

startConnection();
startShare();
startBell();
startCameras();
rememberEvent(eventId, "").catch(() => undefined);
startKeep(eventId, matchId);
startAges(() => [document]);

document.querySelector("[data-back]")?.addEventListener("click", (event) => {
  // Back to the list where one left it, when that is where one came from.
  if (!document.referrer.startsWith(`${location.origin}/events/${eventId}`) || history.length < 2) return;
  event.preventDefault();
  history.back();
});

watchEvent(eventId, {
  matches: shown,
  since: Number(document.body.dataset.seq),
  person: document.body.dataset.viewer ?? "",
  onScore(/** @type {Score} */ score) {
    seen(score.lastUpdated);
    const shownRevision = Number(board.dataset.revision);
    const newer = score.revision > shownRevision;
    paint(score);
    paintAges(document);
    // As in `paint`: another tab's stream may be behind what this page was drawn with.
    if (score.matchId !== matchId || score.revision < shownRevision) return;
    paintScoreboard(score, newer);
    if (!carryOn(score)) fetchStory();
  },
  onClaim(/** @type {any} */ claim) {
    if (claim.matchId === matchId) paintClaim(claim);
  },
  onTime: setServerNow,
  onState: showState,
});

/** @type {number | undefined} */
let asked;

/** Rallies were missed: ask for the story, spread so that not everybody asks at once. */
function fetchStory() {
  asked ??= window.setTimeout(async () => {
    asked = undefined;
    const answer = await fetch(`/f/events/${eventId}/matches/${matchId}/story`).catch(() => undefined);
    const story = document.querySelector("#story");
    if (!answer?.ok || !story) return;
    const open = new Set([...story.querySelectorAll(".rallies[open]")].map((list) => storyOf(list)));
    story.outerHTML = await answer.text();
    for (const list of document.querySelectorAll(".rallies")) if (open.has(storyOf(list))) list.setAttribute("open", "");
  }, 200 + Math.random() * PATIENCE);
}

/** @param {Element} list */
function storyOf(list) {
  return /** @type {HTMLElement | null} */ (list.closest("[data-story]"))?.dataset.story;
}
