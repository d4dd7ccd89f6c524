// @ts-check
/** Sends one batch, and says what is known afterwards. */
import { ask, LONG_PATIENCE_MS } from "./ask.js";
import { opOf } from "./batch.js";

/**
 * @typedef {import("./outbox.js").Entry} Entry
 * @typedef {import("./settle.js").Verdict} Verdict
 *
 * @typedef {object} Answer
 * @property {"verdicts" | "sign-in" | "wrong-person" | "unfit" | "nothing"} kind
 *   `wrong-person`: another is signed in now; `unfit`: the server cannot read the batch as a
 *   whole; `nothing`: nothing is known, try later
 * @property {Map<string, Verdict>} [verdicts]
 * @property {import("./outbox.js").Problem} [problem]
 * @property {number} [after]  milliseconds the server asks to wait
 * @property {boolean} [reached]  something of ours answered
 */

/** Batches of a few points may outlive their page. */
const OUTLIVES_BYTES = 16 * 1024;

/**
 * @param {string} deviceId
 * @param {string} userId  whose entries these are: nobody else's session may carry them
 * @param {Entry[]} entries
 * @param {typeof fetch} [call]
 * @returns {Promise<Answer>}
 */
export async function send(deviceId, userId, entries, call = fetch) {
  const body = { deviceId, userId, sentAt: Date.now(), ops: entries.map(opOf) };
  const keepalive = JSON.stringify(body).length < OUTLIVES_BYTES;
  return whatIsKnown(await ask("POST", "/api/sync", body, { call, keepalive, patience: LONG_PATIENCE_MS }));
}

/** @param {import("./ask.js").Answer} answer @returns {Answer} */
export function whatIsKnown({ status, body, after }) {
  if (status === 200 && body?.v === 1 && Array.isArray(body.results)) {
    const verdicts = new Map(body.results.map((/** @type {Verdict} */ one) => [one.id, one]));
    return { kind: "verdicts", verdicts, reached: true, after };
  }
  if (status < 400 || typeof body?.code !== "string") return { kind: "nothing", reached: false, after };
  const problem = { status, code: body.code, detail: String(body.detail ?? "") };
  if (status === 401) return { kind: "sign-in", problem, reached: true };
  if (body.code === "wrong-person") return { kind: "wrong-person", problem, reached: true };
  const unfit = status === 400 || status === 413 || status === 422;
  return { kind: unfit ? "unfit" : "nothing", problem, reached: true, after };
}
