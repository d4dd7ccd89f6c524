// @ts-check
/** Sends one entry of the outbox, and says in one word what became of it. */
import { ask } from "./ask.js";

/** @typedef {import("./outbox.js").Entry} Entry */

/**
 * @typedef {object} Verdict
 * @property {"applied" | "refused" | "unclaimed" | "sign-in" | "again"} outcome
 *   `unclaimed`: someone must hold the claim first; `again`: nothing is known, try later
 * @property {any} [score]  the score document, when applied
 * @property {{status: number, code: string, detail: string}} [problem]
 * @property {number} [after]  milliseconds the server asks to wait
 * @property {boolean} [unreachable]  no answer of ours at all
 */

/**
 * @param {Entry} entry
 * @param {typeof fetch} [call]
 * @returns {Promise<Verdict>}
 */
export async function send(entry, call = fetch) {
  const path = `/api/events/${encodeURIComponent(entry.eventId)}/scores`;
  return verdictOn(entry, await ask("POST", path, entry.body, call));
}

/**
 * @param {Entry} entry
 * @param {import("./ask.js").Answer} answer
 * @returns {Verdict}
 */
export function verdictOn(entry, { status, body, after }) {
  if (status === 200 || status === 201) {
    const ours = body?.matchId === entry.body.matchId && Number.isInteger(body.revision);
    return ours ? { outcome: "applied", score: body } : { outcome: "again", unreachable: true };
  }
  if (status === 0 || typeof body?.code !== "string") return { outcome: "again", unreachable: true, after };
  const problem = { status, code: body.code, detail: String(body.detail ?? "") };
  return { outcome: outcomeOf(problem), problem, after };
}

/** @param {{status: number, code: string}} problem @returns {Verdict["outcome"]} */
function outcomeOf({ status, code }) {
  if (status === 401) return "sign-in";
  if (status === 408 || status === 425 || status === 429 || status >= 500) return "again";
  return code === "claim-required" || code === "claimed-by-other" ? "unclaimed" : "refused";
}
