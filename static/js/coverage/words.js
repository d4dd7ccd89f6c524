// @ts-check
/** Planned matches in words, as courtsync_web/coverage/entries.py has them. */
import { clockTime } from "../web/clock-time.js";
import { MINUTE } from "./route.js";

/** @typedef {import("./facts.js").Match} Match */

const WORTH_SAYING = 5 * MINUTE;
const ROUNDED = 5 * MINUTE;

/** The expected start as a band, where it is news. @param {Match} match */
export function expected({ status, start, printed, earliest, latest }) {
  if (status !== "upcoming" || start === null || printed === null || Math.abs(start - printed) < WORTH_SAYING) return "";
  const first = Math.floor(earliest / ROUNDED) * ROUNDED;
  const last = Math.ceil(latest / ROUNDED) * ROUNDED;
  const [begins, ends] = [clockTime(first), clockTime(last)];
  const half = /\s?[AP]M$/i;
  const short = half.exec(begins)?.[0] === half.exec(ends)?.[0] ? begins.replace(half, "") : begins;
  return first === last ? `est. ${ends}` : `est. ${short}–${ends}`;
}

/** @param {Match} match */
export function printedTime({ printed }) {
  return printed === null ? "To follow" : clockTime(printed);
}

/** @param {Match} match */
export function timeOf(match) {
  return expected(match) || printedTime(match);
}

/** @param {Match} match */
export function titleOf({ sides }) {
  return `${sides[0]} – ${sides[1]}`;
}

/** Fill `data-slot`s of a part. @param {Element} part @param {Record<string, string>} slots */
export function fill(part, slots) {
  for (const [name, text] of Object.entries(slots)) {
    const place = part.querySelector(`[data-slot="${name}"]`);
    if (place && place.textContent !== text) place.textContent = text;
  }
}

/** A part that the page keeps as a template. @param {string} name @returns {HTMLElement} */
export function part(name) {
  const kept = /** @type {HTMLTemplateElement} */ (document.getElementById(`${name}-part`));
  return /** @type {HTMLElement} */ (document.importNode(kept.content, true).firstElementChild);
}
