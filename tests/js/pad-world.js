// @ts-check
/** A small world for the pad's tests: a format, two teams, and ways to play. */

/** @type {import("../../static/js/volleyball/rules.js").Format} */
export const BEST_OF_3 = /** @type {any} */ ({
  id: "usav-junior-bo3",
  setsMax: 3,
  mode: "first_to",
  setsToWin: 2,
  target: 25,
  targetDecider: 15,
  winBy: 2,
  winByDecider: 2,
  cap: null,
  capDecider: null,
  start: 0,
  startDecider: 0,
  endsBetweenSets: false,
  endsAtDecider: 8,
  endsAtSingle: null,
  endsEvery: null,
  endsEveryDecider: null,
  firstServe: "toss_decider",
  timeouts: 2,
  timeoutsPer: "set",
  timeoutSeconds: 30,
  timeoutCanEndEarly: false,
  technicalTimeout: null,
  intervalSeconds: 180,
  forfeitScore: "25-0",
  drawAllowed: false,
  note: "",
  label: "best of 3 to 25, decider to 15, no cap",
});

/** @type {[string, string]} */
export const NAMES = ["Harbor", "Falcon"];

/** @param {1 | 2} team @param {number} times @returns {any[]} */
export function points(team, times) {
  return Array.from({ length: times }, () => ({ type: "point", team }));
}

/** Deeds as entries of a log, a second apart. @param {any[]} deeds @returns {any[]} */
export function logged(deeds) {
  return deeds.map((deed, index) => ({ ...deed, n: index + 1, at: 1_000_000 + index * 1000 }));
}

/** 25–20 for team 1, the last point being the 25th. */
export const FIRST_SET = [...points(1, 20), ...points(2, 20), ...points(1, 5)];
