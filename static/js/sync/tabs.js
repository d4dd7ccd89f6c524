// @ts-check
/** A doorbell between the tabs of this phone: "something changed, read the database again". */

const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("courtsync");

/** @param {string} word  what changed: the key of a match, or a kind and a name */
export function ring(word) {
  channel?.postMessage(word);
}

/** @param {(word: string) => void} listener */
export function onRing(listener) {
  channel?.addEventListener("message", (event) => listener(event.data));
}
