// @ts-check
/** Where matches lie on the timeline: a row for each court, minutes from left to right. Pure. */

/** @typedef {import("./facts.js").Match} Match */

/** A minute at least, in units of the drawing, sixteen to a rem; more where there is room. */
const A_MINUTE = 1.7;
export const ROW = 60;
export const HEAD = 26;
const HOUR = 3_600_000;
const MINUTE = 60_000;

/**
 * @typedef {object} Scale
 * @property {number} begins
 * @property {number} ends
 * @property {string[]} rows  courts as they are called, those of my plan first
 * @property {number} minute  its width
 * @property {number} width
 * @property {number} height
 */

/** @param {Match[]} mine @param {Match[]} others @param {number} room  width there is @returns {Scale} */
export function scaleOf(mine, others, room) {
  const timed = [...mine, ...others].filter(({ start }) => start !== null);
  const begins = Math.floor(Math.min(...timed.map(({ earliest }) => earliest)) / HOUR) * HOUR;
  const ends = Math.ceil(Math.max(...timed.map(({ end }) => end)) / HOUR) * HOUR;
  const rows = [...new Set([...courts(mine), ...courts(others)])];
  const minutes = (ends - begins) / MINUTE;
  const minute = Math.max(A_MINUTE, room / minutes);
  return { begins, ends, rows, minute, width: minutes * minute, height: HEAD + rows.length * ROW };
}

/** @param {Match[]} matches */
function courts(matches) {
  const names = matches.filter(({ start }) => start !== null).map(({ where }) => where);
  return [...new Set(names)].sort((one, other) => one.localeCompare(other, undefined, { numeric: true }));
}

/** @param {Scale} scale @param {number} at */
export function xOf({ begins, minute }, at) {
  return ((at - begins) / MINUTE) * minute;
}

/** @param {Scale} scale @param {string} where */
export function yOf({ rows }, where) {
  return HEAD + rows.indexOf(where) * ROW;
}

/** Full hours. @param {Scale} scale */
export function hoursOf({ begins, ends }) {
  return Array.from({ length: Math.round((ends - begins) / HOUR) }, (_, index) => begins + index * HOUR);
}
