// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { cut } from "../../static/js/sync/batch.js";
import { send } from "../../static/js/sync/transport.js";
import { problem } from "./sync-house.js";

/** @type {any} */
const ENTRY = { id: "u", deviceSeq: 41, kind: "score", eventId: "lakeside", person: "sam", place: 3, at: 5, n: 9, body: { matchId: -7 } };

/**
 * What is known when the server answers so.
 * @param {Response | string} answer
 * @param {string} [type]
 */
async function after(answer, type = "application/json") {
  /** @type {any[]} */
  const asked = [];
  const call = async (/** @type {any[]} */ ...request) => {
    asked.push(request);
    return typeof answer === "string" ? new Response(answer, { headers: { "content-type": type } }) : answer;
  };
  return { ...(await send("phone-1", "sam", [ENTRY], /** @type {any} */ (call))), asked };
}

test("a batch says whose it is, when it is sent, and of every op only what the protocol names", async () => {
  const { kind, verdicts, asked } = await after(JSON.stringify({ v: 1, results: [{ id: "u", outcome: "applied" }] }));
  assert.equal(kind, "verdicts");
  assert.equal(verdicts?.get("u")?.outcome, "applied");
  const [path, { method, body }] = asked[0];
  const { sentAt, ...said } = JSON.parse(body);
  assert.deepEqual([method, path], ["POST", "/api/sync"]);
  assert.ok(Math.abs(sentAt - Date.now()) < 1000);
  assert.deepEqual(said, {
    deviceId: "phone-1",
    userId: "sam",
    ops: [{ id: "u", deviceSeq: 41, kind: "score", eventId: "lakeside", matchId: -7 }],
  });
});

test("what is not ours acknowledges nothing: a hall's sign-in page, other JSON, something cut off", async () => {
  assert.equal((await after("<h1>Free Wi-Fi</h1>", "text/html")).kind, "nothing");
  assert.equal((await after('{"ok": true}')).kind, "nothing");
  assert.equal((await after('{"results": [{"id": "u", "outcome": "applied"}]}')).kind, "nothing", "no version");
  assert.equal((await after('{"v": 1, "results": [{"id": "u", "outc')).kind, "nothing");
  assert.equal((await after('{"v":1,"results":[]}', "text/html")).kind, "nothing", "JSON that does not say so");
});

test("no answer at all means try again", async () => {
  const answer = await send("phone-1", "sam", [ENTRY], () => Promise.reject(new TypeError("no network")));
  assert.deepEqual([answer.kind, answer.reached], ["nothing", false]);
});

test("too many, broken and busy mean try again, as late as the server asks", async () => {
  const busy = await after(problem(429, "rate-limited", { "retry-after": "7" }));
  assert.deepEqual([busy.kind, busy.after, busy.reached], ["nothing", 7000, true]);
  assert.equal((await after(problem(503, "busy", { "retry-after": "2" }))).after, 2000);
  assert.equal((await after(problem(500, "internal"))).kind, "nothing");
  assert.equal((await after(new Response("bad gateway", { status: 502 }))).reached, false);
});

test("what a person can mend is told apart from what nobody can read", async () => {
  assert.equal((await after(problem(401, "token-expired"))).kind, "sign-in");
  assert.equal((await after(problem(409, "wrong-person"))).kind, "wrong-person");
  assert.equal((await after(problem(413, "too-large"))).kind, "unfit");
  assert.equal((await after(problem(400, "validation"))).kind, "unfit");
});

test("a batch holds a hundred ops and stays below 60 KiB, but never is empty", () => {
  const many = Array.from({ length: 120 }, (_, n) => ({ ...ENTRY, id: `u${n}` }));
  assert.equal(cut(many).length, 100);
  const long = many.map((entry) => ({ ...entry, body: { ...entry.body, reason: "é".repeat(1000) } }));
  const some = cut(long);
  assert.ok(some.length > 20 && new TextEncoder().encode(JSON.stringify(some)).length < 60 * 1024 * 1.1);
  assert.equal(cut([{ ...ENTRY, body: { reason: "x".repeat(70_000) } }, ENTRY]).length, 1);
});
