// @ts-check
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import "./one-tab.js";
import { Lease } from "../../static/js/scoring/lease.js";
import { BackendStorage } from "../../static/js/storage/backend.js";

const NOW = Date.now();
/** @type {{status: number, body: any}[]} */
let answers = [];
/** @type {string[]} */
let asked = [];

/** @param {Partial<import("../../static/js/scoring/lease.js").Claim>} [more] */
function claim(more) {
  const held = { claimed: true, claimedBy: "sam", claimedByName: "Sam", claimedAt: NOW, expiresAt: NOW + 600_000 };
  return { ...held, fence: 1, seq: 1, takeover: null, ...more };
}

const CASEY = { claimedBy: "casey", claimedByName: "Casey" };
const FREE = { claimed: false, claimedBy: null, claimedByName: null, claimedAt: null, expiresAt: null };

/** @param {number} status @param {any} body */
function willAnswer(status, body) {
  answers.push({ status, body });
}

/** @param {string} id */
function leaseOf(id) {
  return new Lease(new BackendStorage("lakeside", { id, name: id }), -7, () => {});
}

/** Sam's lease on match -7. */
function lease() {
  return leaseOf("sam");
}

beforeEach(() => {
  answers = [];
  asked = [];
  globalThis.fetch = async (path, { method } = {}) => {
    asked.push(`${method} ${path}`);
    const answer = answers.shift();
    if (!answer) throw new TypeError("no network");
    const { status, body } = answer;
    return new Response(status === 204 ? null : JSON.stringify(body), { status, headers: { "content-type": "application/json" } });
  };
});

test("claiming makes it ours", async () => {
  const ours = lease();
  assert.equal(ours.holder, "unknown");
  willAnswer(201, claim());
  assert.equal(await ours.take(), true);
  assert.equal(ours.holder, "mine");
  assert.deepEqual(asked, ["POST /api/events/lakeside/claims/-7"]);
});

test("held by another: who, and nothing of ours is held any more", async () => {
  const ours = lease();
  ours.held = true;
  willAnswer(409, { code: "claimed-by-other", detail: "Casey keeps the score.", ...CASEY, expiresAt: NOW + 60_000 });
  assert.equal(await ours.take(), false);
  assert.equal(ours.holder, "other");
  assert.equal(ours.claim?.claimedByName, "Casey");
  assert.equal(ours.held, false);
  assert.equal(ours.refusal, "Casey keeps the score.");
});

test("without an answer the phone that held the claim goes on, and another does not begin", async () => {
  const ours = lease();
  await ours.take();
  assert.equal(ours.reachable, false);
  assert.equal(ours.holder, "unknown");
  ours.held = true;
  assert.equal(ours.holder, "mine");
});

test("a claim that only ran out is gone on with; one in other hands is not", () => {
  const ours = lease();
  ours.heard(claim());
  ours.heard(claim({ ...FREE, seq: 2 }));
  assert.equal(ours.holder, "mine");
  ours.heard(claim({ ...CASEY, seq: 3, fence: 2 }));
  assert.equal(ours.holder, "other");
  ours.heard(claim({ ...FREE, seq: 4, fence: 2 }));
  assert.equal(ours.holder, "free");
});

test("another's claim whose time is up is free, by the server's clock", () => {
  const ours = lease();
  ours.heard(claim({ ...CASEY, expiresAt: NOW + 60_000 }));
  assert.equal(ours.holder, "other");
  ours.clockAhead = -3_600_000; // this phone is an hour behind
  assert.equal(ours.holder, "free");
});

test("news that is older than what we know is dropped", () => {
  const ours = lease();
  ours.heard(claim({ seq: 9 }));
  ours.heard(claim({ ...CASEY, seq: 8 }));
  assert.equal(ours.holder, "mine");
});

test("the holder sees who asks, the asker sees it refused", () => {
  const takeover = { by: "casey", byName: "Casey", until: NOW + 15_000 };
  const holder = lease();
  holder.heard(claim({ takeover }));
  assert.equal(holder.asked?.byName, "Casey");
  const asker = leaseOf("casey");
  asker.heard(claim({ takeover }));
  assert.equal(asker.asked, null);
  assert.equal(asker.asking?.until, NOW + 15_000);
  asker.heard(claim({ seq: 2 }));
  assert.equal(asker.refusal, "Sam goes on keeping score.");
});

test("quiet for minutes, it renews; scoring or a fresh renewal makes that needless", async () => {
  const ours = lease();
  ours.heard(claim());
  await ours.renewWhenQuiet(NOW, NOW - 60_000);
  assert.deepEqual(asked, []);
  willAnswer(200, claim({ seq: 2 }));
  await ours.renewWhenQuiet(NOW, NOW - 200_000);
  assert.equal(asked.length, 1);
  await ours.renewWhenQuiet(Date.now(), NOW - 200_000);
  assert.equal(asked.length, 1);
});

test("letting go is only done when the server knows", async () => {
  const ours = lease();
  ours.heard(claim());
  assert.equal(await ours.release(), false);
  assert.equal(ours.holder, "mine");
  willAnswer(204, null);
  willAnswer(200, claim({ ...FREE, seq: 2 }));
  assert.equal(await ours.release(), true);
  assert.equal(ours.holder, "free");
});

test("who lets go keeps score no longer, whenever the server hears of it, and claims anew only after that", async () => {
  const ours = lease();
  ours.heard(claim());
  willAnswer(204, null);
  willAnswer(200, claim({ ...FREE, seq: 2 }));
  willAnswer(201, claim({ seq: 3, fence: 2 }));
  const left = ours.release();
  assert.equal(ours.holder, "free");
  ours.heard(claim()); // said before the server heard of it
  assert.equal(ours.holder, "free");
  const taken = ours.take();
  assert.deepEqual([await left, await taken], [true, true]);
  assert.deepEqual(asked.map((line) => line.split(" ")[0]), ["DELETE", "GET", "POST"]);
  assert.equal(ours.claim?.fence, 2);
});
