// @ts-check
/** What somebody wishes of the autopilot, as the server reads it. */
import { instantAt } from "../web/instant.js";

/**
 * @typedef {object} Known  what the page knows without asking
 * @property {string} day
 * @property {string} zone
 * @property {Iterable<number>} wanted
 * @property {import("./merge.js").Plan} plan
 */

/** @param {FormData} form @param {Known} known */
export function wishesFrom(form, { day, zone, wanted, plan }) {
  const from = String(form.get("from") ?? "");
  const begins = from && instantAt(day, from, zone);
  return {
    day,
    stay: plan.stay,
    teams: [...wanted],
    planned: plan.selectedMatches,
    shot: plan.shot,
    mustTeams: form.getAll("must").map(Number),
    breaks: begins ? [{ from: begins, to: begins + Number(form.get("rest")) * 60_000 }] : [],
    mostPerHour: Number(form.get("hourly")) || null,
    keep: form.has("keep"),
    crew: form.has("crew"),
  };
}

/** What would make my plan the proposed one. @param {any} proposal */
export function changesOf({ added, dropped }) {
  return { added, removed: dropped.map((/** @type {{matchId: number}} */ one) => one.matchId) };
}
