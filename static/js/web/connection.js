// @ts-check
/**
 * The connection, where CSS, tests and people see it: `data-state` of every `.connection`, and
 * how old the shown score is whenever the stream is away.
 */

import { ageInWords } from "./ages.js";
import { serverNow } from "./clock.js";
import { clockTime } from "./clock-time.js";

export { clockTime } from "./clock-time.js";

/** When the stream brought the last news, or the page was made. */
let newest = 0;
let connected = false;
let lost = 0;

/** A score that happened at `at` is on the page. @param {number} at */
export function seen(at) {
  if (at > newest) newest = at;
}

/** @param {{connected: boolean, since?: number}} state */
export function showState(state) {
  if (connected && !state.connected) lost = serverNow();
  // What waits on this phone may go now (web/outgoing.js).
  if (!connected && state.connected) dispatchEvent(new Event("courtsync-reached"));
  connected = state.connected;
  if (connected) lost = 0;
  paint();
}

export function startConnection() {
  const first = document.querySelector(".connection .age");
  newest = Number(/** @type {HTMLElement | null} */ (first)?.dataset.at ?? 0);
  // A page of last time came without a network: nothing is being connected to.
  const kept = Boolean(document.documentElement.dataset.kept);
  lost = kept ? 1 : serverNow();
  setInterval(paint, 1000);
  if (kept) paint();
}

function paint() {
  const state = connected ? "live" : serverNow() - lost > 4000 ? "away" : "connecting";
  document.body.dataset.connection = state;
  for (const place of document.querySelectorAll(".connection")) {
    /** @type {HTMLElement} */ (place).dataset.state = state;
    const words = place.querySelector(".words") ?? place;
    const text = inWords(state);
    if (words.textContent !== text) words.textContent = text;
  }
}

/** @param {string} state */
function inWords(state) {
  const age = newest ? ageInWords(serverNow() - newest) : "";
  const ago = age === "now" ? "updated now" : `updated ${age} ago`;
  if (state === "live") {
    if (!newest) return "Connected · no scores yet";
    return document.querySelector('[data-status="live"]') ? `Live · ${ago}` : "Up to date · last score " + (age === "now" ? "now" : `${age} ago`);
  }
  if (state === "connecting") return newest ? `Connecting · ${ago}` : "Connecting …";
  if (!newest) return "Offline · no scores yet";
  return `Offline · score from ${clockTime(newest)}, ${age} ago`;
}
