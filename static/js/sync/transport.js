// @ts-check
/**
 * Sends one entry and says in one word what became of it.
 *
 * Only an answer that is unmistakably the server's counts: a hall's sign-in page answers 200
 * to everything, and must never be taken for an acknowledgement.
 */

/** @typedef {import("./outbox.js").Entry} Entry */

/**
 * @typedef {object} Verdict
 * @property {"applied" | "refused" | "unclaimed" | "sign-in" | "again"} outcome
 *   `unclaimed`: someone must hold the claim first; `again`: nothing is known, try later
 * @property {any} [score]  the score document, when applied
 * @property {{status?: number, code: string, detail: string}} [problem]
 * @property {number} [after]  milliseconds the server asks to wait
 * @property {boolean} [unreachable]  no answer of ours at all
 */

/** A hall's network can swallow a request without a word. */
const PATIENCE_MS = 10_000;

/**
 * @param {Entry} entry
 * @param {typeof fetch} [call]
 * @returns {Promise<Verdict>}
 */
export async function send(entry, call = fetch) {
  let answer;
  try {
    answer = await call(`/api/events/${encodeURIComponent(entry.eventId)}/scores`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify(entry.body),
      credentials: "same-origin",
      cache: "no-store",
      redirect: "error",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
  } catch {
    return { outcome: "again", unreachable: true };
  }
  return verdictOf(answer, await documentOf(answer), entry);
}

/**
 * @param {Response} answer
 * @returns {Promise<any>}
 */
async function documentOf(answer) {
  if (!/\bjson\b/.test(answer.headers.get("content-type") ?? "")) return null;
  try {
    return await answer.json();
  } catch {
    return null;
  }
}

/**
 * @param {Response} answer
 * @param {any} body
 * @param {Entry} entry
 * @returns {Verdict}
 */
export function verdictOf(answer, body, entry) {
  if (answer.ok) {
    const ours = body?.matchId === entry.body.matchId && Number.isInteger(body?.revision);
    return ours ? { outcome: "applied", score: body } : { outcome: "again", unreachable: true };
  }
  if (typeof body?.code !== "string") return { outcome: "again", after: waitOf(answer), unreachable: true };
  const problem = { status: answer.status, code: body.code, detail: String(body.detail ?? "") };
  if (answer.status === 401) return { outcome: "sign-in", problem };
  if (answer.status === 408 || answer.status === 425 || answer.status === 429 || answer.status >= 500) {
    return { outcome: "again", after: waitOf(answer), problem };
  }
  const unclaimed = body.code === "claim-required" || body.code === "claimed-by-other";
  return { outcome: unclaimed ? "unclaimed" : "refused", problem };
}

/** @param {Response} answer */
function waitOf(answer) {
  const seconds = Number(answer.headers.get("retry-after"));
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : undefined;
}
