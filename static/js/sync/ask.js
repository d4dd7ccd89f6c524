// @ts-check
/**
 * One question to our server, and whether it was our server that answered.
 *
 * A hall's sign-in page answers 200 to everything, so only JSON counts as an answer.
 */

/**
 * @typedef {object} Answer
 * @property {number} status  0 where nothing of ours answered
 * @property {any} body
 * @property {number} [after]  milliseconds the server asks to wait
 */

/** A hall's network can swallow a request without a word. */
const PATIENCE_MS = 10_000;
/** A hundred points over a network that is nearly none. */
export const LONG_PATIENCE_MS = 40_000;

/**
 * @param {"GET" | "POST" | "PUT" | "PATCH" | "DELETE"} method
 * @param {string} path
 * @param {unknown} [body]
 * @param {{call?: typeof fetch, keepalive?: boolean, patience?: number}} [how]  keepalive: goes on
 *   when the page closes
 * @returns {Promise<Answer>}
 */
export async function ask(method, path, body, { call = fetch, keepalive = false, patience = PATIENCE_MS } = {}) {
  try {
    const answer = await call(path, {
      method,
      headers: body === undefined ? {} : { "Content-Type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: "same-origin",
      cache: "no-store",
      redirect: "error",
      keepalive,
      signal: AbortSignal.timeout(patience),
    });
    return await read(answer);
  } catch {
    return { status: 0, body: null };
  }
}

/** @param {Response} answer @returns {Promise<Answer>} */
async function read(answer) {
  if (answer.status === 204) return { status: 204, body: null };
  const seconds = Number(answer.headers.get("retry-after"));
  const after = seconds > 0 ? seconds * 1000 : undefined;
  if (!/\bjson\b/.test(answer.headers.get("content-type") ?? "")) return { status: 0, body: null, after };
  return { status: answer.status, body: await answer.json(), after };
}
