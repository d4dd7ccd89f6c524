// @ts-check
/** What becomes of entries once the server has said its word about each. One transaction a batch. */
import { inOneTransaction } from "./database.js";

/**
 * @typedef {import("./outbox.js").Entry} Entry
 * @typedef {import("./outbox.js").Problem} Problem
 *
 * @typedef {object} Verdict  one line of the server's answer
 * @property {string} id
 * @property {"applied" | "duplicate" | "conflict" | "rejected" | "retry"} outcome
 * @property {Problem} [problem]
 * @property {any} [score]  the score that stands now
 * @property {any} [claim]  after a claim: its document
 */

/**
 * Applied entries leave and their match learns of it; what will never be taken is kept whole,
 * apart, with the reason; about the others nothing is known, and they stay.
 * @param {Entry[]} entries
 * @param {Map<string, Verdict>} verdicts  by id
 * @param {number} now
 */
export function settle(entries, verdicts, now) {
  return inOneTransaction(["outbox", "attention", "matches"], "readwrite", async ({ outbox, attention, matches }) => {
    /** @type {Map<string, any>} */
    const heads = new Map();
    for (const entry of entries) {
      const verdict = verdicts.get(entry.id);
      if (!verdict || verdict.outcome === "retry") continue;
      // Another tab may have heard the same verdict first: one acknowledgement counts once.
      if (!(await outbox.get(entry.place))) continue;
      await outbox.delete(entry.place);
      const taken = verdict.outcome === "applied" || verdict.outcome === "duplicate";
      if (!taken) await attention.put(keptApart(entry, verdict, now));
      if (!entry.match) continue;
      const head = heads.get(entry.match) ?? (await matches.get(entry.match));
      if (head) heads.set(entry.match, { ...head, ...(taken ? learned(head, entry, verdict, now) : lost(head, entry, verdict)) });
    }
    for (const head of heads.values()) await matches.put(head);
  });
}

/** What a match learns from an entry that was taken. @param {any} head @param {Entry} entry @param {Verdict} verdict @param {number} now */
function learned(head, { kind, id }, { score, claim }, now) {
  if (kind === "score") {
    return { sent: head.sent + 1, acknowledgedAt: now, revision: Math.max(head.revision, score?.revision ?? 0) };
  }
  if (kind !== "claim" || head.intended !== id) return {};
  return { intended: null, fence: claim?.fence ?? head.fence, claimedAt: now, acknowledgedAt: now, claimRefused: null };
}

/** A claim that came too late: somebody else keeps this score. @param {any} head @param {Entry} entry @param {Verdict} verdict */
function lost(head, { kind, id }, { problem }) {
  if (kind !== "claim" || head.intended !== id) return {};
  return { intended: null, held: false, claimRefused: problem ?? null };
}

/** @param {Entry} entry @param {Verdict} verdict @param {number} since */
function keptApart(entry, { outcome, problem, score }, since) {
  const reason = problem ?? { code: outcome, detail: "The server did not take this." };
  return { ...entry, outcome, problem: reason, stands: score ?? null, since };
}
