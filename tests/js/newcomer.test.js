// @ts-check
/** Somebody who never signed in here begins to keep score without a network. */
import "fake-indexeddb/auto";
import "./one-tab.js";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { begin, keyOf, read } from "../../static/js/scoring/match-store.js";
import { Drain } from "../../static/js/sync/drain.js";
import { becameOf, isNewcomer, welcome } from "../../static/js/sync/newcomer.js";
import { standing } from "../../static/js/sync/outbox.js";
import { rememberedPerson } from "../../static/js/sync/session.js";
import { House, problem } from "./sync-house.js";
import { all, forgetAll, head, KEY, SAM, score } from "./sync-world.js";

/** @type {House} */
let house;
/** @type {string} */
let robin;

/** @param {string} person */
const key = (person) => keyOf(person, "lakeside", -7);

beforeEach(async () => {
  await forgetAll();
  house = new House().open();
  house.signedIn = "";
  robin = (await welcome("Robin")).id;
  await begin(head(key(robin), { fence: null, claimedAt: 0 }), []);
  await score(key(robin), 3);
});

/** One go, without a timer after it. */
async function drained() {
  const drain = new Drain(robin);
  await drain.once();
  return drain;
}

test("without a network nothing happens to what they scored", async () => {
  house.meanwhile = [() => "lost"];
  const drain = await drained();
  assert.equal(drain.told.reachable, false);
  assert.equal(await becameOf(robin), null);
  assert.equal((await standing(robin, key(robin))).waiting, 3);
  assert.ok(isNewcomer((await rememberedPerson())?.id ?? ""));
});

test("with the network back they are a guest of that name, and everything is sent as theirs, once and in order", async () => {
  const drain = await drained();
  assert.equal(drain.person, "guest-Robin");
  assert.deepEqual(house.taken.map((op) => op.kind), ["claim", "score", "score", "score"]);
  assert.deepEqual(house.taken.map((op) => op.deviceSeq), [1, 2, 3, 4]);
  assert.deepEqual(house.taken.slice(1).map((op) => op.sets[0].team1Score), [1, 2, 3]);
  const { head: now, entries } = await read(key("guest-Robin"));
  assert.deepEqual([now?.person, now?.sent, now?.fence, entries.length], ["guest-Robin", 3, 7, 3]);
  assert.equal((await read(key(robin))).head, undefined);
  assert.deepEqual(await rememberedPerson(), { id: "guest-Robin", name: "Robin" });
});

test("where somebody has signed in by then, it is theirs, and no guest is made", async () => {
  house.signedIn = SAM;
  await begin(head(KEY, { revision: 0 }), []);
  await score(KEY, 1); // Sam's own, of the same phone: it has used a number
  await new Drain(SAM).once();
  await drained();
  assert.ok(!house.asked.some(({ path }) => path === "/api/auth/guest"));
  assert.equal((await becameOf(robin))?.id, SAM);
  assert.deepEqual(house.taken.slice(1).map((op) => op.deviceSeq), [2, 3, 4, 5]);
  assert.equal((await read(KEY)).head?.person, SAM);
  assert.equal((await all("outbox")).length, 0);
});

test("a server that wants a pause gets one, and the name is asked for later", async () => {
  house.meanwhile = [() => undefined, () => undefined, () => problem(429, "rate-limited", { "retry-after": "30" })];
  const drain = await drained();
  assert.ok(drain.pauses.until > Date.now() + 20_000);
  await drained();
  assert.equal(house.taken.length, 4);
});

test("two tabs and the worker make one guest of a newcomer", async () => {
  await Promise.all([drained(), drained(), drained()]);
  assert.equal((await all("outbox")).length, 0);
  assert.equal(house.taken.length, 4);
  assert.equal(house.asked.filter(({ path }) => path === "/api/auth/guest").length, 1);
});
