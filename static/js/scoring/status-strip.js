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
 * @property {boolean} intended  the match will be claimed when there is a network
 * @property {"practice" | "local" | null} stays  nothing of it leaves this device
 */

const STAYS = { practice: "nothing is sent", local: "only on this device" };

/** @param {Sync} sync @returns {"synced" | "pending" | "offline" | "attention"} */
export function syncState({ waiting, refused, reachable, signedOut }) {
  if (refused || (waiting && signedOut)) return "attention";
  if (!waiting) return "synced";
  return reachable ? "pending" : "offline";
}

/** What needs a person, in a few words, and the sheet that says more. @param {Sync} sync */
export function trouble({ waiting, refused, signedOut }) {
  const points = waiting === 1 ? "1 point" : `${waiting} points`;
  if (waiting && signedOut) return { words: `Sign in to send ${points}`, sheet: "sign-in" };
  return refused ? { words: `${refused} not accepted`, sheet: "refused" } : null;
}

/** @param {Sync} sync @param {number} now */
export function paintStrip(sync, now) {
  const strip = byId("strip");
  strip.dataset.sync = syncState(sync);
  strip.dataset.pending = String(sync.waiting);
  byId("saved").textContent = sync.stays === "practice" ? "Practice" : `Saved here ${sync.saved}`;
  byId("sent").textContent = sync.stays ? STAYS[sync.stays] : `sent ${sync.sent}`;
  byId("age").hidden = !sync.acknowledgedAt || Boolean(sync.stays);
  byId("ago").textContent = ago(now - (sync.acknowledgedAt ?? now));
  byId("intended").hidden = !sync.intended;
  const button = byId("refused");
  const found = trouble(sync);
  button.hidden = !found;
  button.textContent = found?.words ?? "";
  button.dataset.go = found?.sheet ?? "";
}
