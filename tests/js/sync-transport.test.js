// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { send } from "../../static/js/sync/transport.js";

/** @type {any} */
const ENTRY = { eventId: "lake side", body: { matchId: -7, updateId: "u" } };

/**
 * What becomes of the entry when the server answers so.
 * @param {number} status
 * @param {unknown} body
 * @param {Record<string, string>} [headers]
 */
async function after(status, body, headers = { "content-type": "application/json" }) {
  /** @type {any[]} */
  const asked = [];
  const verdict = await send(ENTRY, async (...request) => {
    asked.push(request);
    return new Response(typeof body === "string" ? body : JSON.stringify(body), { status, headers });
  });
  return { ...verdict, asked };
}

const PROBLEM = { "content-type": "application/problem+json" };

test("the score document for this very match is an acknowledgement", async () => {
  const { outcome, score, asked } = await after(201, { matchId: -7, revision: 4 });
  assert.equal(outcome, "applied");
  assert.equal(score.revision, 4);
  assert.equal(asked[0][0], "/api/events/lake%20side/scores");
});

test("a hall's sign-in page that answers 200 acknowledges nothing", async () => {
  const page = await after(200, "<html>Welcome to the Wi-Fi</html>", { "content-type": "text/html" });
  assert.deepEqual([page.outcome, page.unreachable], ["again", true]);
  assert.equal((await after(200, { ok: true })).outcome, "again", "JSON of somebody else");
  assert.equal((await after(200, { matchId: 8, revision: 4 })).outcome, "again", "another match");
  assert.equal((await after(200, '{"matchId": -7, "rev')).outcome, "again", "cut off");
});

test("no answer at all means try again", async () => {
  const verdict = await send(ENTRY, () => Promise.reject(new TypeError("no network")));
  assert.deepEqual([verdict.outcome, verdict.unreachable], ["again", true]);
});

test("too many, broken and busy mean try again, as late as the server asks", async () => {
  const busy = await after(429, { code: "rate-limited" }, { ...PROBLEM, "retry-after": "7" });
  assert.deepEqual([busy.outcome, busy.after, busy.unreachable], ["again", 7000, undefined]);
  assert.equal((await after(500, { code: "internal" }, PROBLEM)).outcome, "again");
  assert.equal((await after(502, "<html>bad gateway</html>", { "content-type": "text/html" })).outcome, "again");
});

test("what the server refuses for good is told apart from what a person can mend", async () => {
  assert.equal((await after(401, { code: "token-expired" }, PROBLEM)).outcome, "sign-in");
  assert.equal((await after(403, { code: "claim-required" }, PROBLEM)).outcome, "unclaimed");
  const refused = await after(422, { code: "validation", detail: "set 2: no" }, PROBLEM);
  assert.deepEqual(refused.problem, { status: 422, code: "validation", detail: "set 2: no" });
  assert.equal(refused.outcome, "refused");
  assert.equal((await after(409, { code: "conflict" }, PROBLEM)).outcome, "refused");
});
