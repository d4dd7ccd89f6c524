// @ts-check
/** What this scorer likes on this phone. A view of the match, never a part of it. */
import { SHORTEST_REST_MS } from "./taps.js";

const NAME = "courtsync.pad";

/**
 * @typedef {object} Preferences
 * @property {number} rest  ms a control rests after a touch
 * @property {boolean} opposite  the scorer sits on the other side of the court
 */

/** @returns {Preferences} */
export function preferences() {
  const usual = { rest: SHORTEST_REST_MS, opposite: false };
  try {
    return { ...usual, ...JSON.parse(localStorage.getItem(NAME) ?? "{}") };
  } catch {
    return usual;
  }
}

/** @param {Partial<Preferences>} change */
export function prefer(change) {
  try {
    localStorage.setItem(NAME, JSON.stringify({ ...preferences(), ...change }));
  } catch {
    // Private windows may refuse: it holds for as long as the page is open.
  }
}
