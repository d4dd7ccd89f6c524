// @ts-check
/** How long to wait before asking again. */

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 60_000;

/**
 * How long to wait before attempt `n` (from 1): anything up to the doubling bound.
 * @param {number} n
 * @param {number} dice  0 ≤ dice < 1
 */
export function waitBefore(n, dice) {
  return dice * Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** n);
}

export class Pauses {
  constructor() {
    this.failures = 0;
    this.ours = 0;
    this.asked = 0;
  }

  /** Not before this instant (ms, this phone's clock). */
  get until() {
    return Math.max(this.ours, this.asked);
  }

  /** @param {number} [after]  milliseconds the server asks to wait */
  failed(after) {
    this.failures += 1;
    if (after) this.asked = Date.now() + after;
    else this.ours = Date.now() + waitBefore(this.failures, Math.random());
  }

  /** Something happened that may have brought the network back. What the server asked for stands. */
  reset() {
    this.failures = 0;
    this.ours = 0;
  }
}
