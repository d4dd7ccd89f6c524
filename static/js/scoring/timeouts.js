// @ts-check
/** Time-outs as they run. Pure: from the log's last entry and the time. */

/** A time-out that is over stays on the screen this long. */
const LINGER_MS = 10_000;

/**
 * The time-out that runs, or has just run out.
 * @param {import("../volleyball/rules.js").Format} format
 * @param {import("./match-log.js").Move | undefined} last
 * @param {number} now
 * @returns {{n: number, team: 1 | 2, left: number} | null}  `left` in ms, 0 when it is over
 */
export function runningTimeout(format, last, now) {
  const entry = /** @type {any} */ (last?.entry);
  if (entry?.type !== "timeout") return null;
  const left = entry.at + (format.timeoutSeconds ?? 30) * 1000 - now;
  return left > -LINGER_MS ? { n: entry.n, team: entry.team, left: Math.max(0, left) } : null;
}

/** "0:27". @param {number} ms */
export function clock(ms) {
  const seconds = Math.ceil(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** @param {import("../volleyball/rules.js").Format} format @param {import("../volleyball/rules.js").State} state @param {1 | 2} team */
export function timeoutsLeft(format, state, team) {
  return Math.max(0, (format.timeouts ?? 0) - state.timeouts[team - 1]);
}
