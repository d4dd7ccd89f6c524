// @ts-check
/** What waits on this phone and what was not accepted, in words. Pure. */
import { counts } from "../sync/outbox.js";

/**
 * @typedef {import("../sync/outbox.js").Entry} Entry
 * @typedef {import("../sync/outbox.js").Refused} Refused
 */

const KINDS = /** @type {Record<string, string>} */ ({
  claim: "Keeping score",
  release: "Letting go of a match",
  plan: "Coverage plan",
  follow: "Followed team",
});

const ACTIONS = /** @type {Record<string, string>} */ ({
  point: "Point",
  undo: "Undo",
  timeout: "Time-out",
  correction: "Correction",
  "set-start": "Set begins",
  "sign-off": "Signature",
  "final-score": "Final score",
  "ends-changed": "Ends changed",
});

/** @param {number} count @param {string} [verb]  "waits" */
export function points(count, verb = "") {
  if (!verb) return count === 1 ? "1 point" : `${count} points`;
  return count === 1 ? `1 point ${verb}s` : `${count} points ${verb}`;
}

/** What one entry was. @param {Entry} entry */
export function deedOf({ kind, body }) {
  if (kind !== "score") return KINDS[kind] ?? kind;
  const set = body.sets?.at(-1);
  const score = set ? ` to ${set.team1Score}–${set.team2Score}` : "";
  return `${ACTIONS[body.action] ?? "Score"}${score}`;
}

/** @param {Entry} entry @param {Map<string, [string, string]>} names  by `event/match` */
export function subjectOf({ eventId, body }, names) {
  const found = names.get(`${eventId}/${body.matchId}`);
  if (found) return found.join(" – ");
  return body.matchId === undefined ? eventId : `Match ${body.matchId}`;
}

/** Why it was not accepted. @param {Refused} refused */
export function reasonOf({ outcome, problem }) {
  const detail = problem.detail || problem.code;
  return outcome === "conflict" ? `${detail} The organizer sees both and can still choose yours.` : detail;
}

/**
 * How many entries wait of each match or thing, in the order in which they were made.
 * @param {Entry[]} entries
 * @param {Map<string, [string, string]>} names
 */
export function waitingLines(entries, names) {
  /** @type {Map<string, number>} */
  const counted = new Map();
  for (const entry of entries.filter(counts)) {
    const subject = subjectOf(entry, names);
    counted.set(subject, (counted.get(subject) ?? 0) + 1);
  }
  return [...counted].map(([subject, count]) => `${subject}: ${points(count)}`);
}
