// @ts-check
/** A doorbell between the tabs of this phone: "something changed, read the database again". */

const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("courtsync");

/** @param {string} match  key of the match that changed */
export function ring(match) {
  channel?.postMessage(match);
}

/** @param {(match: string) => void} listener */
export function onRing(listener) {
  channel?.addEventListener("message", (event) => listener(event.data));
}
