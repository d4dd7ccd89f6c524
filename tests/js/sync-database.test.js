// @ts-check
/** The phone's database in bad company: older pages, lost connections, a full disk. */
import "fake-indexeddb/auto";
import "./one-tab.js";
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Game } from "../../static/js/scoring/game.js";
import { begin, read, record } from "../../static/js/scoring/match-store.js";
import { inOneTransaction, onTrouble } from "../../static/js/sync/database.js";
import { Drain } from "../../static/js/sync/drain.js";
import { openDB } from "../../static/vendor/idb/index.js";
import { House } from "./sync-house.js";
import { all, head, KEY, SAM, score, storage } from "./sync-world.js";

/** @type {any} */
let oldTab;
/** @type {string[]} */
const troubles = [];

/** What CourtSync 0.3 made: its stores, a match with two points, the second not yet sent for sure. */
async function openVersion1() {
  const db = await openDB("courtsync", 1, {
    upgrade(/** @type {any} */ made) {
      made.createObjectStore("matches", { keyPath: "key" });
      made.createObjectStore("log", { keyPath: "n", autoIncrement: true }).createIndex("match", "match");
      const outbox = made.createObjectStore("outbox", { keyPath: "place", autoIncrement: true });
      for (const name of ["person", "match"]) outbox.createIndex(name, name);
      outbox.createIndex("id", "id", { unique: true });
      made.createObjectStore("attention", { keyPath: "id" }).createIndex("person", "person");
    },
  });
  const { claimedAt: _, ...known } = head(KEY, { saved: 2, acknowledgedAt: Date.now() });
  await db.put("matches", known);
  for (const [n, id] of [[1, "id-1"], [2, "id-2"]]) {
    await db.add("log", { type: "point", team: 1, at: 1000, match: KEY });
    const body = { matchId: -7, updateId: id, baseRevision: Number(n) - 1, fence: 1, status: "in-progress", sets: [{ setNumber: 1, team1Score: n, team2Score: 0 }] };
    await db.add("outbox", { id, person: SAM, match: KEY, eventId: "lakeside", at: 1000, n, body });
  }
  return db;
}

before(async () => {
  onTrouble((word) => troubles.push(word));
  oldTab = await openVersion1();
});

after(() => oldTab.close());

test("an old tab that does not let go is told of, and the new page goes on once it has", async () => {
  const opened = read(KEY);
  while (!troubles.length) await new Promise(setImmediate);
  assert.deepEqual(troubles, ["blocked"]);
  oldTab.close();
  assert.equal((await opened).entries.length, 2);
  assert.deepEqual(troubles, ["blocked", "free"]);
});

test("what waited under version 1 is carried over with its ids, numbered, and sent as the protocol says", async () => {
  const entries = await all("outbox");
  assert.deepEqual(entries.map(({ id, kind, deviceSeq }) => [id, kind, deviceSeq]), [["id-1", "score", 1], ["id-2", "score", 2]]);
  const house = new House().open();
  await score(KEY, 1);
  await new Drain(SAM).run();
  assert.deepEqual(house.taken.map(({ deviceSeq, updateId }) => [deviceSeq, updateId]), [[1, undefined], [2, undefined], [3, undefined]]);
  assert.deepEqual(house.taken.map(({ baseRevision }) => baseRevision), [0, 1, 2]);
  assert.equal((await read(KEY)).head?.sent, 3);
});

test("a page that is older than the stores goes on with them: they only ever grow", async () => {
  await inOneTransaction(["facts"], "readonly", async () => {});
  const newer = await openDB("courtsync", 3, { upgrade: (/** @type {any} */ made) => made.createObjectStore("later") });
  await score(KEY, 1);
  assert.equal((await read(KEY)).entries.length, 4);
  newer.close();
});

for (const name of ["InvalidStateError", "UnknownError"]) {
  test(`a connection that a phone lost in the background (${name}) is opened anew, and the tap kept once`, async () => {
    const { entries } = await read(KEY);
    const { transaction } = IDBDatabase.prototype;
    let failures = 1;
    IDBDatabase.prototype.transaction = /** @type {any} */ (
      /** @this {IDBDatabase} @param {any[]} how */
      function (...how) {
        if (failures-- > 0) throw new DOMException("Connection to Indexed Database server lost.", name);
        return Reflect.apply(transaction, this, how);
      }
    );
    await score(KEY, 1);
    IDBDatabase.prototype.transaction = transaction;
    assert.equal((await read(KEY)).entries.length, entries.length + 1);
  });
}

test("a tap that was kept although the phone said otherwise is not kept twice", async () => {
  const { entries } = await read(KEY);
  const { randomUUID } = crypto;
  Object.defineProperty(crypto, "randomUUID", { value: () => "11111111-2222-3333-4444-555555555555", configurable: true });
  // The second of these is what a retry of the first looks like: the same id once more.
  for (const _ of [1, 2]) await record(KEY, { type: "point", team: 2 }, Date.now(), storage());
  Object.defineProperty(crypto, "randomUUID", { value: randomUUID, configurable: true });
  assert.equal((await read(KEY)).entries.length, entries.length + 1);
});

test("on a full disk nothing is kept of a tap, and it says so", async () => {
  const { entries, head: known } = await read(KEY);
  const { add } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.add = /** @type {any} */ (
    /** @this {IDBObjectStore} @param {any[]} how */
    function (...how) {
      if (this.name === "outbox") throw new DOMException("no room", "QuotaExceededError");
      return Reflect.apply(add, this, how);
    }
  );
  await assert.rejects(score(KEY, 1), { name: "QuotaExceededError" });
  IDBObjectStore.prototype.add = add;
  assert.equal((await read(KEY)).entries.length, entries.length);
  assert.equal((await read(KEY)).head?.saved, known?.saved);
});

test("on a full disk with a network the tap goes to the server at once, and counts when it is there", async () => {
  const { add } = IDBObjectStore.prototype;
  const full = () => {
    throw new DOMException("no room", "QuotaExceededError");
  };
  const key = `${SAM}/lakeside/-20`;
  await begin(head(key), []);
  const game = new Game(key, head(key).format, storage(), () => {});
  await game.reload();
  IDBObjectStore.prototype.add = /** @type {any} */ (full);
  /** @type {any[]} */
  const sent = [];
  globalThis.fetch = /** @type {any} */ (
    async (/** @type {string} */ path, /** @type {any} */ { body }) => {
      sent.push([path, JSON.parse(body)]);
      return new Response(JSON.stringify({ matchId: -20, revision: sent.length }), { status: 200, headers: { "content-type": "application/json" } });
    }
  );
  await game.do({ type: "point", team: 1 });
  await game.do({ type: "point", team: 1 });
  assert.deepEqual(sent.map(([path, { baseRevision, sets }]) => [path, baseRevision, sets[0].team1Score]), [
    ["/api/events/lakeside/scores", 0, 1],
    ["/api/events/lakeside/scores", 1, 2],
  ]);
  assert.equal(game.state.sets[0].team1Score, 2);
  globalThis.fetch = () => Promise.reject(new TypeError("no network"));
  await assert.rejects(game.do({ type: "point", team: 1 }), { name: "QuotaExceededError" });
  assert.equal(game.state.sets[0].team1Score, 2, "what is nowhere is not shown");
  IDBObjectStore.prototype.add = add;
});
