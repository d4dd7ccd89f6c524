// @ts-check
/** Questions about one set and about the sum of sets: the mirror of courtsync_web/volleyball/sets.py. */

/**
 * @typedef {1 | 2} Team
 * @typedef {[number, number]} Pair  a number for team 1 and one for team 2
 *
 * @typedef {object} Format  how a match is played, as the server sends it; docs/rules.md
 * @property {string} id
 * @property {number} setsMax
 * @property {"first_to" | "play_all"} mode
 * @property {number | null} setsToWin
 * @property {number} target
 * @property {number | null} targetDecider
 * @property {number} winBy
 * @property {number | null} winByDecider
 * @property {number | null} cap
 * @property {number | null} capDecider
 * @property {number} start
 * @property {number | null} startDecider
 * @property {boolean} endsBetweenSets
 * @property {number | null} endsAtDecider
 * @property {number | null} endsAtSingle
 * @property {number | null} endsEvery
 * @property {number | null} endsEveryDecider
 * @property {"alternate" | "toss_decider"} firstServe
 * @property {number} timeouts
 * @property {"set" | "match"} timeoutsPer
 * @property {number} timeoutSeconds
 * @property {boolean} timeoutCanEndEarly
 * @property {"leading-8-16" | "sum-21" | null} technicalTimeout
 * @property {number} intervalSeconds
 * @property {string | null} forfeitScore
 * @property {boolean} drawAllowed
 * @property {string} note
 * @property {string} label
 */

/** @param {Team} team @returns {Team} */
export const other = (team) => (team === 1 ? 2 : 1);

/** @param {number} a @param {number} b @returns {Team | null} */
export const ahead = (a, b) => (a === b ? null : a > b ? 1 : 2);

/** @param {Format} f @param {number} n  set number, from 1 */
export const isDecider = (f, n) => f.mode === "first_to" && f.setsMax > 1 && n === f.setsMax;

/** @param {Format} f @param {number} n */
export const targetOf = (f, n) => /** @type {number} */ (isDecider(f, n) ? f.targetDecider : f.target);

/** @param {Format} f @param {number} n */
export const winByOf = (f, n) => /** @type {number} */ (isDecider(f, n) ? f.winByDecider : f.winBy);

/** Points that win by any margin. @param {Format} f @param {number} n */
export const capOf = (f, n) => (isDecider(f, n) ? f.capDecider : f.cap);

/** @param {Format} f @param {number} n */
export const startOf = (f, n) => /** @type {number} */ (isDecider(f, n) ? f.startDecider : f.start);

/** @param {Format} f @param {number} n @param {number} a @param {number} b */
export function setOver(f, n, a, b) {
  const [hi, lo, cap] = [Math.max(a, b), Math.min(a, b), capOf(f, n)];
  if (cap !== null && hi >= cap && hi > lo) return true;
  return hi >= targetOf(f, n) && hi - lo >= winByOf(f, n);
}

/** @param {Format} f @param {number} n @param {number} a @param {number} b */
export const setWinner = (f, n, a, b) => (setOver(f, n, a, b) ? ahead(a, b) : null);

/** Why a set ends at this score; null while it goes on. @param {Format} f @param {number} n @param {number} a @param {number} b */
export function whyOver(f, n, a, b) {
  if (!setOver(f, n, a, b)) return null;
  const [hi, lo, winBy] = [Math.max(a, b), Math.min(a, b), winByOf(f, n)];
  if (hi < targetOf(f, n) || hi - lo < winBy) return `${hi}–${lo} ends here: cap ${capOf(f, n)}`;
  const ahead = winBy === 1 ? "" : `, ${winBy} ahead`;
  return `${hi}–${lo} ends here: ${targetOf(f, n)} reached${ahead}`;
}

/** With how many points a team that has `own` wins. @param {Format} f @param {number} n @param {number} own @param {number} theirs */
export function pointsToWin(f, n, own, theirs) {
  let points = Math.max(own, targetOf(f, n));
  while (!(points > theirs && setOver(f, n, points, theirs))) points += 1;
  return points;
}

/** @param {Format} f @param {Pair} setsWon @param {number} setsPlayed */
export const matchOver = (f, setsWon, setsPlayed) =>
  f.setsToWin === null ? setsPlayed >= f.setsMax : Math.max(...setsWon) >= f.setsToWin;

/** Null: unknown, or a toss decides. @param {Format} f @param {number} n @param {Team | null} previous @returns {Team | null} */
export function firstServer(f, n, previous) {
  const byToss = n === 1 || (f.firstServe === "toss_decider" && isDecider(f, n));
  return byToss || previous === null ? null : other(previous);
}
