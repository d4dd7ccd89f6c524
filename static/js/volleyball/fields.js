// @ts-check
/** Reading an action's fields; anything out of shape is a `bad-action`. */
import { need } from "./refusals.js";

/** @typedef {import("./sets.js").Team} Team */

/** @param {any} action @param {string} [field] @returns {Team} */
export function teamOf(action, field = "team") {
  const team = optionalTeam(action, field);
  need(team !== null, "bad-action");
  return team;
}

/** @param {any} action @param {string} field @returns {Team | null} */
export function optionalTeam(action, field) {
  const team = action[field] ?? null;
  need(team === null || team === 1 || team === 2, "bad-action");
  return team;
}

/** @param {any} action @param {string} field @returns {boolean | null} */
export function boolean(action, field) {
  const value = action[field] ?? null;
  need(value === null || typeof value === "boolean", "bad-action");
  return value;
}

/** @param {unknown[]} values */
export const needWhole = (...values) => need(values.every(Number.isInteger), "bad-action");

/** @param {number[]} points */
export const needRange = (...points) => need(points.every((one) => one >= 0 && one <= 99), "score-range");
