// @ts-check
import "fake-indexeddb/auto";
import "./one-tab.js";
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { begin, read } from "../../static/js/scoring/match-store.js";
import { allRefused, dismiss } from "../../static/js/sync/attention.js";
import { Drain } from "../../static/js/sync/drain.js";
import { put, standing, waitingByPerson } from "../../static/js/sync/outbox.js";
import { Pauses, waitBefore } from "../../static/js/sync/pauses.js";
import { rememberPerson } from "../../static/js/sync/session.js";
import { drainAll, refusedCount, waitingCount } from "../../static/js/sync/worker-drain.js";
import { House, portal, problem } from "./sync-house.js";
import { all, forgetAll, head, KEY, OTHER_MATCH, SAM, score } from "./sync-world.js";

/** @type {House} */
let house;
/** @type {Drain} */
let drain;

async function waiting(key = KEY) {
  return (await standing(SAM, key)).waiting;
}

beforeEach(async () => {
  await forgetAll();
  house = new House().open();
  drain = new Drain(SAM);
  await begin(head(KEY), []);
});

afterEach(() => clearTimeout(drain.timer));

test("every tap is in the log and in the outbox at once, and leaves on the server's verdict", async () => {
  await score(KEY, 3);
  assert.equal(await waiting(), 3);
  await drain.run();
  assert.equal(await waiting(), 0);
  const { head: now, entries } = await read(KEY);
  assert.equal(entries.length, 3);
  assert.deepEqual([now?.saved, now?.sent, now?.revision], [3, 3, 3]);
  assert.deepEqual(house.taken.map((op) => op.sets[0].team1Score), [1, 2, 3]);
  assert.equal(house.batches.length, 1, "what waits goes in one request");
});

test("the phone counts its ops, in the transaction that records them, for each person apart", async () => {
  await score(KEY, 2);
  const casey = KEY.replace(SAM, "casey");
  await begin(head(casey), []);
  await score(casey, 1);
  await score(KEY, 1);
  const seqs = (await all("outbox")).map(({ person, deviceSeq }) => `${person} ${deviceSeq}`);
  assert.deepEqual(seqs, ["sam 1", "sam 2", "casey 1", "sam 3"]);
  const [one, other] = await all("devices");
  assert.notEqual(one.deviceId, other.deviceId);
});

test("each message names the revision it will find when all before it have arrived", async () => {
  await begin(head(KEY, { revision: 12 }), []);
  await score(KEY, 3);
  await drain.run();
  assert.deepEqual(house.taken.map((op) => op.baseRevision), [12, 13, 14]);
});

test("an answer lost after the commit is asked for again, word for word, and counts once", async () => {
  house.meanwhile = [() => "answer lost"];
  await score(KEY, 2);
  await drain.run();
  assert.equal(drain.told.reachable, false);
  assert.equal(await waiting(), 2);
  await drain.run({ eager: true });
  assert.deepEqual(house.batches[0], house.batches[1]);
  assert.equal(await waiting(), 0);
  assert.equal(house.taken.length, 2);
  assert.equal((await read(KEY)).head?.sent, 2);
});

test("two tabs that hear the same verdict count it once", async () => {
  await score(KEY, 1);
  await Promise.all([new Drain(SAM).run(), new Drain(SAM).run()]);
  assert.equal((await read(KEY)).head?.sent, 1);
});

test("a refused entry is kept whole with its reason, and does not hold up the rest", async () => {
  const why = { status: 422, code: "validation", detail: "set 1: not possible" };
  house.instead = (op) => (op.sets[0].team1Score === 2 ? { outcome: "rejected", problem: why } : null);
  await score(KEY, 3);
  await drain.run();
  const { waiting: left, refused } = await standing(SAM, KEY);
  assert.deepEqual([left, refused.length], [0, 1]);
  assert.deepEqual(refused[0].problem, why);
  assert.equal(refused[0].body.sets[0].team1Score, 2);
  assert.deepEqual(house.taken.map((op) => op.sets[0].team1Score), [1, 3]);
  await dismiss(refused.map(({ id }) => id));
  assert.equal((await allRefused()).length, 0);
});

test("what lost against somebody else's score is kept too, with what stands", async () => {
  house.instead = () => ({ outcome: "conflict", problem: { status: 409, code: "conflict", detail: "A later score stands." }, score: { revision: 9 } });
  await score(KEY, 1);
  await drain.run();
  const [kept] = await all("attention");
  assert.deepEqual([kept.outcome, kept.stands.revision], ["conflict", 9]);
  assert.equal(await refusedCount(), 1);
});

test("what the server wants to hear again stays, in order, and is not asked at once", async () => {
  house.instead = (op) => (op.matchId === -7 ? { outcome: "retry" } : null);
  await begin(head(OTHER_MATCH), []);
  await score(KEY, 2);
  await score(OTHER_MATCH, 1);
  await drain.run();
  assert.deepEqual([await waiting(KEY), await waiting(OTHER_MATCH)], [2, 0]);
  assert.ok(house.batches.length <= 2, "no loop");
  house.instead = null;
  await drain.run({ eager: true });
  assert.deepEqual(house.taken.filter((op) => op.matchId === -7).map((op) => op.sets[0].team1Score), [1, 2]);
});

test("signed out, everything waits until somebody has signed in again", async () => {
  house.signedIn = "";
  await score(KEY, 14);
  await drain.run();
  await drain.run();
  assert.equal(house.batches.length, 1, "no loop against a closed door");
  assert.equal(drain.told.parked, "sign-in");
  house.signedIn = SAM;
  await drain.run({ eager: true });
  assert.equal(await waiting(), 0);
  assert.equal(drain.told.parked, null);
});

test("a sign-in that ended is renewed once, and the points go on their way", async () => {
  house.meanwhile = [() => problem(401, "token-expired"), () => new Response("{}", { headers: { "content-type": "application/json" } })];
  await score(KEY, 3);
  await drain.run();
  assert.deepEqual(house.asked.map(({ path }) => path), ["/api/sync", "/api/auth/refresh", "/api/sync"]);
  assert.equal(await waiting(), 0);
});

test("another person on the same phone does not send what is not theirs", async () => {
  await score(KEY, 2);
  house.signedIn = "casey";
  await new Drain("casey").run();
  assert.equal(house.batches.length, 0);
  await drain.run();
  assert.equal(drain.told.parked, "sign-in");
  assert.equal(house.taken.length, 0);
  assert.equal(await waiting(), 2);
});

test("neither a hall's sign-in page nor a broken server acknowledges anything", async () => {
  house.meanwhile = [portal, () => problem(500, "internal"), () => "lost"];
  await score(KEY, 1);
  for (let n = 0; n < 3; n += 1) await drain.run({ eager: true });
  assert.equal(await waiting(), 1);
  await drain.run({ eager: true });
  assert.equal(await waiting(), 0);
});

test("a server that asks for time gets it, whatever happens meanwhile", async () => {
  house.meanwhile = [() => problem(429, "rate-limited", { "retry-after": "30" })];
  await score(KEY, 1);
  await drain.run();
  await drain.run({ eager: true });
  assert.equal(house.batches.length, 1);
});

test("one op that makes a whole batch unreadable is found, kept apart, and the rest go on", async () => {
  const poisoned = (/** @type {any} */ body) => body?.ops?.some((/** @type {any} */ op) => op.sets[0].team1Score === 3);
  const answer = house.answer.bind(house);
  house.answer = (path, body) => (poisoned(body) ? problem(400, "validation") : answer(path, body));
  await score(KEY, 6);
  await drain.run();
  assert.equal(await waiting(), 0);
  assert.deepEqual(house.taken.map((op) => op.sets[0].team1Score), [1, 2, 4, 5, 6]);
  assert.equal((await allRefused())[0].body.sets[0].team1Score, 3);
});

test("three hundred taps leave in order, a hundred at a time", async () => {
  for (let match = 100; match < 104; match += 1) {
    const key = `${SAM}/lakeside/${match}`;
    await begin(head(key, { format: { ...head(KEY).format, target: 90 } }), []);
    await score(key, 75);
  }
  await drain.run();
  assert.equal(await waitingCount(), 0);
  assert.ok(house.batches.length <= 5, `${house.batches.length} requests`);
  assert.deepEqual(house.taken.map((op) => op.deviceSeq), Array.from({ length: 300 }, (_, n) => n + 1));
});

test("points without a claim bring their claim along, before them and only once", async () => {
  await begin(head(KEY, { fence: null, claimedAt: 0 }), []);
  await score(KEY, 3);
  const [claim, ...points] = await all("outbox");
  assert.equal(claim.kind, "claim");
  assert.deepEqual(points.map(({ body }) => [body.claimId, body.baseRevision]), [0, 1, 2].map((n) => [claim.id, n]));
  assert.deepEqual([await waiting(), await waitingCount()], [3, 3], "nobody touched the claim: it is not counted");
  await drain.run();
  const { head: now } = await read(KEY);
  assert.deepEqual([now?.fence, now?.intended, now?.sent, now?.revision], [7, null, 3, 3]);
  await score(KEY, 1);
  const [next] = await all("outbox");
  assert.deepEqual([next.body.fence, next.body.claimId, next.body.baseRevision], [7, undefined, 3]);
});

test("a claim that may have run out in the meantime is said again before the next point", async () => {
  await begin(head(KEY, { claimedAt: Date.now() - 11 * 60_000, fence: 4 }), []);
  await score(KEY, 1);
  assert.deepEqual((await all("outbox")).map(({ kind }) => kind), ["claim", "score"]);
});

test("a claim that came too late ends the keeping; the points are kept by the server and here", async () => {
  house.holders.set(-7, "casey");
  await begin(head(KEY, { fence: null, claimedAt: 0 }), []);
  await score(KEY, 2);
  await drain.run();
  const { head: now } = await read(KEY);
  assert.deepEqual([now?.held, now?.intended, now?.claimRefused?.code], [false, null, "claimed-by-other"]);
  assert.deepEqual((await all("attention")).map(({ kind, outcome }) => `${kind} ${outcome}`).sort(), ["claim rejected", "score conflict", "score conflict"]);
});

test("the worker sends what it may, and says whether trying again can help", async () => {
  await score(KEY, 2);
  const casey = KEY.replace(SAM, "casey");
  await begin(head(casey), []);
  await score(casey, 1);
  assert.deepEqual(await drainAll(), { waiting: 1, parked: true });
  assert.deepEqual([...(await waitingByPerson())], [["casey", 1]]);
  house.meanwhile = [() => "lost"];
  assert.deepEqual(await drainAll(), { waiting: 1, parked: false });
});

test("other domains put their own deeds in; a newer one takes the place of what still waits", async () => {
  await assert.rejects(put("follow", "lakeside", { teamId: 3, following: true }), /Sign in/);
  await rememberPerson({ id: SAM, name: "Sam" });
  await put("follow", "lakeside", { teamId: 3, following: true }, { subject: "follow/lakeside/3" });
  await put("follow", "lakeside", { teamId: 4, following: true }, { subject: "follow/lakeside/4" });
  await put("follow", "lakeside", { teamId: 3, following: false }, { subject: "follow/lakeside/3" });
  await drain.run();
  assert.deepEqual(house.taken.map((op) => [op.kind, op.teamId, op.following]), [["follow", 4, true], ["follow", 3, false]]);
});

test("pauses grow from a second to a minute, with full jitter, and end when something happens", () => {
  assert.equal(waitBefore(1, 0), 0);
  assert.equal(waitBefore(1, 0.5), 1000);
  assert.ok(waitBefore(3, 0.999) < 8000);
  assert.ok(waitBefore(30, 0.999) < 60_000);
  assert.ok(waitBefore(30, 0.999) > 59_000);
  const pauses = new Pauses();
  pauses.failed();
  pauses.reset();
  assert.equal(pauses.until, 0);
});
