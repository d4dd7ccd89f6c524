// @ts-check
/** How much waits, in words: points are points, a star or a planned match is a change. Pure. */
import { counts } from "./outbox.js";

/** @typedef {{points: number, changes: number}} Amount */

/** @param {Iterable<import("./outbox.js").Entry>} entries @returns {Amount} */
export function amountOf(entries) {
  const counted = [...entries].filter(counts);
  const points = counted.filter(({ kind }) => kind === "score").length;
  return { points, changes: counted.length - points };
}

/** "14 points and 1 change", with a verb "1 point waits". @param {Amount} amount @param {string} [verb]  as for many: "wait", "are" */
export function inWords({ points, changes }, verb = "") {
  const parts = [several(points, "point"), several(changes, "change")].filter(Boolean);
  const words = parts.join(" and ") || "0 points";
  if (!verb) return words;
  const ofOne = { are: "is" }[verb] ?? verb + "s";
  return `${words} ${points + changes === 1 ? ofOne : verb}`;
}

/** @param {number} count @param {string} one */
function several(count, one) {
  if (!count) return "";
  return `${count} ${count === 1 ? one : one + "s"}`;
}
