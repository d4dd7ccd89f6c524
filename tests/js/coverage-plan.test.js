// @ts-check
/** My plan on this phone: kept at once, merged match by match, told like points, taken along into an account. */
import "fake-indexeddb/auto";
import "./one-tab.js";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { asWords, bringPlan } from "../../static/js/coverage/bring.js";
import { change, keptPlan, planOf, takeAlong } from "../../static/js/coverage/plan.js";
import { changed, planFrom, told, withWaiting } from "../../static/js/coverage/merge.js";
import { inOneTransaction } from "../../static/js/sync/database.js";
import { amountOf, inWords } from "../../static/js/sync/amount.js";
import { lineFor, wayOf } from "../../static/js/web/waiting.js";
import { waitingLines } from "../../static/js/web/held-words.js";
import { all, forgetAll } from "./sync-world.js";

const EVENT = "lakeside";
/** @type {Record<string, string>} */
const page = {};
Object.assign(globalThis, { document: { documentElement: { dataset: page }, cookie: "" } });
/** @type {any} */
let server;

beforeEach(async () => {
  await forgetAll();
  page.person = "sam";
  server = { plan: null, ops: [], away: true };
  globalThis.fetch = /** @type {any} */ (async (/** @type {string} */ path, /** @type {any} */ { body }) => {
    if (server.away) throw new TypeError("no network");
    const answer = path === "/api/sync" ? { v: 1, results: JSON.parse(body).ops.map(taken) } : server.plan;
    return new Response(JSON.stringify(answer), { headers: { "content-type": "application/json" } });
  });
});

/** @param {any} op */
function taken(op) {
  server.ops.push(op);
  return { id: op.id, outcome: "applied" };
}

/** What waits, without its frame. */
async function waiting() {
  return (await all("outbox")).map(({ kind, match, body: { lastUpdated: _, ...body } }) => ({ kind, match, ...body }));
}

test("a match is picked, shot and let go of, and the last word about each is what waits", async () => {
  await change(EVENT, { added: [-7] });
  await change(EVENT, { added: [-8] });
  await change(EVENT, { shot: [-8] });
  await change(EVENT, { removed: [-7] });
  assert.deepEqual([(await planOf(EVENT)).selectedMatches, (await planOf(EVENT)).shot], [[-8], [-8]]);
  assert.deepEqual(await waiting(), [
    { kind: "plan", match: "sam/lakeside/plan/-8", added: [-8] },
    { kind: "plan", match: "sam/lakeside/shot/-8", shot: [-8] },
    { kind: "plan", match: "sam/lakeside/plan/-7", removed: [-7] },
  ]);
});

test("two taps of one millisecond are still one after the other", async () => {
  await change(EVENT, { added: [1] });
  await change(EVENT, { added: [2] });
  const [first, second] = (await all("outbox")).map(({ body }) => body.lastUpdated);
  assert.ok(second > first);
});

test("a whole day at once is one change", () => {
  const many = { added: [1, 2, 3, 4, 5, 6, 7], removed: [8] };
  assert.deepEqual(told(many), [["", { added: many.added, removed: [8], shot: [], unshot: [] }]]);
});

test("what other devices chose comes in, and what waits here stays", async () => {
  await change(EVENT, { added: [1], removed: [3] });
  server.plan = { selectedMatches: [2, 3], shot: [2], stay: "short", aim: "15", aimTeams: [4], updatedAt: 5 };
  server.away = false;
  assert.equal(await bringPlan(EVENT), true);
  const plan = await planOf(EVENT);
  assert.deepEqual(plan, { selectedMatches: [2, 1], shot: [2], stay: "short", aim: "15", aimTeams: [4] });
  assert.equal(await bringPlan(EVENT), false, "it says the same");
});

test("an answer from before a match was picked and sent does not take it out again", async () => {
  server.plan = { selectedMatches: [2], shot: [], stay: "whole", aim: "followed", aimTeams: [], updatedAt: 5 };
  server.away = false;
  const before = new Response(JSON.stringify(server.plan), { headers: { "content-type": "application/json" } });
  const later = globalThis.fetch;
  globalThis.fetch = /** @type {any} */ (async (/** @type {string} */ path) => {
    if (path === "/api/sync") throw new TypeError("not now");
    globalThis.fetch = later;
    server.plan = { ...server.plan, selectedMatches: [2, 1], updatedAt: 6 };
    await change(EVENT, { added: [1] });
    // Told, and answered for, while the question was on its way.
    await inOneTransaction(["outbox"], "readwrite", ({ outbox }) => outbox.clear());
    return before;
  });
  await bringPlan(EVENT);
  assert.deepEqual((await planOf(EVENT)).selectedMatches, [2, 1]);
});

test("a plan is merged in the order in which it was changed", () => {
  const waits = [{ body: { added: [1] } }, { body: { selectedMatches: [5] } }, { body: { removed: [5], stay: /** @type {const} */ ("set") } }, { body: { unshot: [9], shot: [6] } }];
  const plan = withWaiting({ selectedMatches: [2], shot: [9] }, waits);
  assert.deepEqual([plan.selectedMatches, plan.shot, plan.stay], [[6], [6], "set"]);
  assert.deepEqual(changed(planFrom(null), { added: [1, 1], removed: [1] }).selectedMatches, []);
  assert.equal(asWords(changed(planFrom(null), { added: [1, 2] })), asWords(changed(planFrom(null), { added: [2, 1] })));
});

test("who never signed in plans on the device, and takes it along into an account", async () => {
  delete page.person;
  await change(EVENT, { added: [1, 2], stay: "short" });
  await change(EVENT, { shot: [1] });
  assert.deepEqual(await waiting(), [], "there is nobody to send it for");
  page.person = "sam";
  assert.equal(await keptPlan(EVENT), null);
  await takeAlong();
  assert.deepEqual((await waiting()).map(({ match }) => match), ["plan/1", "plan/2", "shot/1", "stay"].map((name) => `sam/lakeside/${name}`));
  assert.deepEqual((await planOf(EVENT)).shot, [1]);
  delete page.person;
  assert.equal(await keptPlan(EVENT), null, "it is the account's now");
});

test("a waiting star or plan is a change and no point", () => {
  const entry = (/** @type {any} */ kind, /** @type {any} */ body) => /** @type {any} */ ({ kind, eventId: EVENT, body });
  const held = [entry("score", { matchId: 1 }), entry("claim", {}), entry("plan", {}), entry("follow", {})];
  assert.equal(inWords(amountOf(held), "wait"), "1 point and 2 changes wait");
  assert.equal(inWords(amountOf(held.slice(2, 3)), "are"), "1 change is");
  const none = { points: 0, changes: 0 };
  assert.equal(lineFor({ waiting: { points: 0, changes: 2 }, refused: none, parked: true })?.words, "Sign in to send 2 changes");
  assert.equal(lineFor({ waiting: { points: 14, changes: 0 }, refused: none, parked: false })?.words, "14 points wait on this phone");
  assert.equal(lineFor({ waiting: none, refused: none, parked: false }), null);
  assert.deepEqual(waitingLines(held.slice(2), new Map()), ["Coverage plan (lakeside): 1 change", "Followed team (lakeside): 1 change"]);
});

test("the line leads to signing in and back, and nowhere where one signs in already", () => {
  assert.equal(wayOf({ way: "sign-in" }, "/events/x"), "/sign-in?next=%2Fevents%2Fx");
  assert.equal(wayOf({ way: "sign-in" }, "/sign-in"), null);
  assert.equal(wayOf({ way: "settings" }, "/sign-in"), "/settings#this-phone");
});
