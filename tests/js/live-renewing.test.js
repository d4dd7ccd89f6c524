// @ts-check
/** A piece of a page asked for anew, beside the scores that come meanwhile. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Renewing } from "../../static/js/live/renewing.js";

/** @type {((answer: Response) => void)[]} */
let asked;

beforeEach(() => {
  asked = [];
  globalThis.fetch = /** @type {any} */ (() => new Promise((answer) => asked.push(answer)));
});

/** @param {number} matchId @param {number} revision */
const score = (matchId, revision) => ({ eventId: "lakeside", matchId, revision });

test("what came between question and answer is painted over the answer", async () => {
  const renewing = new Renewing();
  renewing.heard(score(1, 3));
  const answer = renewing.ask("/tables");
  renewing.heard(score(1, 5));
  renewing.heard(score(1, 4));
  asked[0](new Response("tables"));
  assert.deepEqual(await answer, { html: "tables", meanwhile: [score(1, 5)] });
  const next = renewing.ask("/tables");
  asked[1](new Response("tables"));
  assert.deepEqual((await next).meanwhile, [], "and that is over with it");
});

test("the answer to an earlier question does not stand in for a later one's", async () => {
  const renewing = new Renewing();
  const [first, second] = [renewing.ask("/tables"), renewing.ask("/tables")];
  renewing.heard(score(1, 5));
  asked[1](new Response("newer"));
  assert.deepEqual(await second, { html: "newer", meanwhile: [score(1, 5)] });
  asked[0](new Response("older"));
  assert.equal((await first).html, null);
});

test("no answer shows nothing, and the next one counts", async () => {
  const renewing = new Renewing();
  const first = renewing.ask("/tables");
  asked[0](new Response("", { status: 503 }));
  assert.equal((await first).html, null);
  const second = renewing.ask("/tables");
  asked[1](new Response("tables"));
  assert.equal((await second).html, "tables");
});
