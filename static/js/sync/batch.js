// @ts-check
/** Entries of the outbox as one request. Pure. */

/** @typedef {import("./outbox.js").Entry} Entry */

/** The server takes so many at once. */
export const MOST_OPS = 100;
/** Below the 64 KiB that a browser lets a closing page send; the rest is for the frame. */
const MOST_BYTES = 58 * 1024;

/** @param {Entry} entry */
export function opOf({ id, deviceSeq, kind, eventId, body }) {
  return { id, deviceSeq, kind, eventId, ...body };
}

/**
 * As many of the oldest entries as go into one request; one at least, whatever its size.
 * @param {Entry[]} entries
 * @param {number} [most]
 * @returns {Entry[]}
 */
export function cut(entries, most = MOST_OPS) {
  let bytes = 0;
  const fitting = entries.slice(0, most).findIndex((entry) => {
    bytes += new TextEncoder().encode(JSON.stringify(opOf(entry))).length + 1;
    return bytes > MOST_BYTES;
  });
  return entries.slice(0, fitting === -1 ? most : Math.max(1, fitting));
}
