// @ts-check
/** What waits on this phone and what was not accepted, in words. Pure. */
import { amountOf, inWords } from "../sync/amount.js";
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

/** What one entry was. @param {Entry} entry */
export function deedOf({ kind, body }) {
  if (kind !== "score") return KINDS[kind] ?? kind;
  const set = body.sets?.at(-1);
  const score = set ? ` to ${set.team1Score}–${set.team2Score}` : "";
  return `${ACTIONS[body.action] ?? "Score"}${score}`;
}

/** @param {Entry} entry @param {Map<string, [string, string]>} names  by `event/match` */
export function subjectOf({ kind, eventId, body }, names) {
  if (kind === "plan" || kind === "follow") return `${KINDS[kind]} (${eventId})`;
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
  /** @type {Map<string, Entry[]>} */
  const bySubject = new Map();
  for (const entry of entries.filter(counts)) {
    const subject = subjectOf(entry, names);
    bySubject.set(subject, [...(bySubject.get(subject) ?? []), entry]);
  }
  return [...bySubject].map(([subject, some]) => `${subject}: ${inWords(amountOf(some))}`);
}
