// @ts-check
/** "Saved here 47 · sent 44 · 12 s ago": what the server has acknowledged, nothing guessed. */
import { ago } from "./face.js";
import { byId } from "./fill.js";

/**
 * @typedef {object} Sync
 * @property {number} saved  deeds recorded on this phone
 * @property {number} sent  deeds the server has acknowledged
 * @property {number} waiting
 * @property {number} refused
 * @property {number | null} acknowledgedAt
 * @property {boolean} reachable  the last attempt to send was answered
 * @property {boolean} signedOut  the server wants a sign-in before it takes more
 * @property {boolean} unclaimed  the claim is gone and points wait for it
 * @property {boolean} practice
 */

/** @param {Sync} sync @returns {"synced" | "pending" | "offline" | "attention"} */
export function syncState({ waiting, refused, reachable, signedOut, unclaimed }) {
  if (refused || (waiting && (signedOut || unclaimed))) return "attention";
  if (!waiting) return "synced";
  return reachable ? "pending" : "offline";
}

/** What needs a person, in a few words, and the sheet that says more. @param {Sync} sync */
export function trouble({ waiting, refused, signedOut }) {
  if (waiting && signedOut) return { words: `Sign in to send ${waiting}`, sheet: "sign-in" };
  return refused ? { words: `${refused} not accepted`, sheet: "refused" } : null;
}

/** @param {Sync} sync @param {number} now */
export function paintStrip(sync, now) {
  const strip = byId("strip");
  strip.dataset.sync = syncState(sync);
  strip.dataset.pending = String(sync.waiting);
  byId("saved").textContent = sync.practice ? "Practice" : `Saved here ${sync.saved}`;
  byId("sent").textContent = sync.practice ? "nothing is sent" : `sent ${sync.sent}`;
  byId("age").textContent = sync.acknowledgedAt && !sync.practice ? ago(now - sync.acknowledgedAt) : "";
  const button = byId("refused");
  const found = trouble(sync);
  button.hidden = !found;
  button.textContent = found?.words ?? "";
  button.dataset.go = found?.sheet ?? "";
}
