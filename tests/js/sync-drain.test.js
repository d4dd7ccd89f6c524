// @ts-check
import "fake-indexeddb/auto";
import "./one-tab.js";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { begin, keyOf, read, record } from "../../static/js/scoring/match-store.js";
import { Drain, waitBefore } from "../../static/js/sync/drain.js";
import { inOneTransaction } from "../../static/js/sync/database.js";
import { dismiss, standing } from "../../static/js/sync/outbox.js";
import { BEST_OF_3 } from "./pad-world.js";

const SAM = "sam";
const KEY = keyOf(SAM, "lakeside", -7);
const OTHER_MATCH = keyOf(SAM, "lakeside", -8);

/** @param {string} key @param {object} [more] */
function head(key, more) {
  const [person, eventId, matchId] = key.split("/");
  const known = { key, person, eventId, matchId: Number(matchId), format: BEST_OF_3, revision: 0, fence: 1 };
  return { ...known, saved: 0, sent: 0, acknowledgedAt: null, practice: false, held: true, ...more };
}

/** A server that takes everything, and counts revisions of each match. */
class Server {
  constructor() {
    /** @type {any[]} */
    this.heard = [];
    /** @type {((body: any) => any) | null} */
    this.instead = null;
  }

  send = async (/** @type {any} */ entry) => {
    const answer = this.instead?.(entry.body);
    if (answer) return answer;
    this.heard.push(entry.body);
    const revision = this.heard.filter((body) => body.matchId === entry.body.matchId).length;
    return { outcome: "applied", score: { matchId: entry.body.matchId, revision } };
  };
}

/** @param {string} key @param {number} times @param {1 | 2} [team] */
async function score(key, times, team = 1) {
  for (let n = 0; n < times; n += 1) await record(key, { type: "point", team }, 1000 + n);
}

beforeEach(async () => {
  await inOneTransaction(["matches", "log", "outbox", "attention"], "readwrite", async (stores) => {
    for (const store of Object.values(stores)) await store.clear();
  });
  await begin(head(KEY), []);
});

test("every tap is in the log and in the outbox at once, and leaves on the server's verdict", async () => {
  const server = new Server();
  await score(KEY, 3);
  assert.equal((await standing(SAM, KEY)).waiting, 3);
  await new Drain(SAM, { send: server.send }).run();
  assert.equal((await standing(SAM, KEY)).waiting, 0);
  const { head: now, entries } = await read(KEY);
  assert.equal(entries.length, 3);
  assert.deepEqual([now?.saved, now?.sent, now?.revision], [3, 3, 3]);
  assert.deepEqual(server.heard.map((body) => body.sets[0].team1Score), [1, 2, 3]);
});

test("each message names the revision it will find when all before it have arrived", async () => {
  await begin(head(KEY, { revision: 12 }), []);
  const server = new Server();
  await score(KEY, 3);
  await new Drain(SAM, { send: server.send }).run();
  assert.deepEqual(server.heard.map((body) => body.baseRevision), [12, 13, 14]);
});

test("a lost answer is asked for again under the same id, and counts once", async () => {
  const server = new Server();
  /** @type {string[]} */
  const ids = [];
  server.instead = (body) => {
    ids.push(body.updateId);
    return ids.length === 1 ? { outcome: "again", unreachable: true } : null;
  };
  const drain = new Drain(SAM, { send: server.send });
  await score(KEY, 1);
  await drain.run();
  assert.equal(drain.told.reachable, false);
  assert.equal((await standing(SAM, KEY)).waiting, 1);
  await drain.run({ eager: true });
  assert.equal(ids[0], ids[1]);
  assert.equal((await standing(SAM, KEY)).waiting, 0);
  assert.equal(drain.told.reachable, true);
});

test("two tabs that hear the same verdict count it once", async () => {
  const server = new Server();
  await score(KEY, 1);
  await Promise.all([new Drain(SAM, { send: server.send }).run(), new Drain(SAM, { send: server.send }).run()]);
  assert.equal((await read(KEY)).head?.sent, 1);
});

test("a refused entry is kept whole with its reason, and does not hold up the rest", async () => {
  const server = new Server();
  const problem = { status: 422, code: "validation", detail: "set 1: not possible" };
  server.instead = (body) => (body.sets[0].team1Score === 2 ? { outcome: "refused", problem } : null);
  await score(KEY, 3);
  await new Drain(SAM, { send: server.send }).run();
  const { waiting, refused } = await standing(SAM, KEY);
  assert.equal(waiting, 0);
  assert.equal(refused.length, 1);
  assert.deepEqual(refused[0].problem, problem);
  assert.equal(refused[0].body.sets[0].team1Score, 2);
  assert.deepEqual(server.heard.map((body) => body.sets[0].team1Score), [1, 3]);
  await dismiss(refused.map(({ id }) => id));
  assert.equal((await standing(SAM, KEY)).refused.length, 0);
});

test("without the claim a match parks with everything kept; other matches go on", async () => {
  const server = new Server();
  const problem = { status: 403, code: "claim-required", detail: "Claim this match first." };
  server.instead = (body) => (body.matchId === -7 ? { outcome: "unclaimed", problem } : null);
  await begin(head(OTHER_MATCH), []);
  await score(KEY, 2);
  await score(OTHER_MATCH, 2);
  const drain = new Drain(SAM, { send: server.send });
  await drain.run();
  assert.equal((await standing(SAM, KEY)).waiting, 2);
  assert.equal((await standing(SAM, OTHER_MATCH)).waiting, 0);
  server.instead = null;
  await drain.resume(KEY);
  assert.equal((await standing(SAM, KEY)).waiting, 0);
});

test("signed out, everything waits until somebody has signed in again", async () => {
  const server = new Server();
  const problem = { status: 401, code: "token-expired", detail: "Sign in again." };
  let asked = 0;
  server.instead = () => ({ outcome: "sign-in", problem, count: (asked += 1) });
  const drain = new Drain(SAM, { send: server.send });
  await score(KEY, 14);
  await drain.run();
  await drain.run({ eager: true });
  assert.equal(asked, 1, "no loop against a closed door");
  assert.equal(drain.told.parked, "sign-in");
  server.instead = null;
  await drain.resume();
  assert.equal((await standing(SAM, KEY)).waiting, 0);
});

test("another person on the same phone does not send what is not theirs", async () => {
  const server = new Server();
  await score(KEY, 2);
  await new Drain("rival", { send: server.send }).run();
  assert.equal(server.heard.length, 0);
  assert.equal((await standing(SAM, KEY)).waiting, 2);
});

test("what the rules refuse is neither recorded nor sent", async () => {
  await score(KEY, 25);
  await assert.rejects(record(KEY, { type: "point", team: 1 }, 0), { code: "set-ended" });
  const { head: now, entries } = await read(KEY);
  assert.equal(entries.length, 25);
  assert.equal(now?.saved, 25);
  assert.equal((await standing(SAM, KEY)).waiting, 25);
});

test("a practice match is recorded and never put into the outbox", async () => {
  await begin(head(KEY, { practice: true }), []);
  await score(KEY, 2);
  assert.equal((await read(KEY)).entries.length, 2);
  assert.equal((await standing(SAM, KEY)).waiting, 0);
});

test("while points wait, the server's older match never takes the place of this phone's", async () => {
  await score(KEY, 4);
  await begin(head(KEY, { revision: 1 }), []);
  assert.equal((await read(KEY)).entries.length, 4);
});

test("pauses grow from a second to a minute, with full jitter", () => {
  assert.equal(waitBefore(1, 0), 0);
  assert.equal(waitBefore(1, 0.5), 1000);
  assert.ok(waitBefore(3, 0.999) < 8000);
  assert.ok(waitBefore(30, 0.999) < 60_000);
  assert.ok(waitBefore(30, 0.999) > 59_000);
});
