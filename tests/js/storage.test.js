// @ts-check
/** One contract, three storages: whoever writes a page need not know where scores are kept. */
import "fake-indexeddb/auto";
import "./one-tab.js";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { begin, read, record } from "../../static/js/scoring/match-store.js";
import { storageOf } from "../../static/js/storage/adapter.js";
import { exportAll, readFile } from "../../static/js/storage/file.js";
import { takeOver } from "../../static/js/storage/import.js";
import { chosenMode } from "../../static/js/storage/mode.js";
import { drainOf } from "../../static/js/sync/drain.js";
import { BEST_OF_3 } from "./pad-world.js";
import { all, forgetAll, head } from "./sync-world.js";

const SAM = { id: "sam", name: "Sam" };
const MODES = /** @type {import("../../static/js/storage/mode.js").Mode[]} */ (["local", "hybrid", "backend"]);

/** A server with a memory: scores, claims and plans, over the calls that the storages use. */
class Server {
  constructor() {
    /** @type {string[]} */
    this.asked = [];
    /** @type {Map<number, any>} */
    this.scores = new Map();
    /** @type {Map<number, any>} */
    this.claims = new Map();
    /** @type {any} */
    this.plan = null;
    /** @type {any[]} */
    this.ops = [];
    this.away = false;
    globalThis.fetch = /** @type {any} */ (this.fetch);
  }

  fetch = async (/** @type {string} */ path, /** @type {RequestInit} */ { method = "GET", body } = {}) => {
    this.asked.push(`${method} ${path}`);
    if (this.away) throw new TypeError("no network");
    const [status, answer] = this.answer(method, path, body ? JSON.parse(String(body)) : null);
    return new Response(status === 204 ? null : JSON.stringify(answer), { status, headers: { "content-type": "application/json" } });
  };

  /** @param {string} method @param {string} path @param {any} body @returns {[number, any]} */
  answer(method, path, body) {
    const matchId = Number(/-?\d+$/.exec(path)?.[0]);
    const none = { code: "not-found", detail: "" };
    if (path === "/api/sync") return [200, { v: 1, results: body.ops.map((/** @type {any} */ op) => this.op(op)) }];
    if (path.endsWith("/scores")) return [200, [...this.scores.values()]];
    if (path.includes("/scores/")) return this.scores.has(matchId) ? [200, this.scores.get(matchId)] : [404, none];
    if (path.endsWith("/claims")) return [200, [...this.claims.values()]];
    if (path.endsWith("/coverage-plans")) return this.plan ? [200, this.plan] : [404, none];
    if (method === "POST") return [201, this.claim(matchId)];
    if (method === "DELETE") return this.claims.delete(matchId) ? [204, null] : [403, none];
    return [200, this.claims.get(matchId) ?? { eventId: "lakeside", matchId, claimed: false }];
  }

  /** @param {any} op */
  op(op) {
    this.ops.push(op);
    if (op.kind === "plan") this.plan = { selectedMatches: op.selectedMatches };
    if (op.kind === "claim") return { id: op.id, outcome: "applied", claim: this.claim(op.matchId) };
    if (op.kind !== "score") return { id: op.id, outcome: "applied" };
    const revision = (this.scores.get(op.matchId)?.revision ?? 0) + 1;
    const score = { ...op, eventId: "lakeside", revision, seq: revision, setsWon: [0, 0], winner: null, format: BEST_OF_3, provenance: "team" };
    this.scores.set(op.matchId, score);
    return { id: op.id, outcome: "applied", score };
  }

  /** @param {number} matchId */
  claim(matchId) {
    const claim = { eventId: "lakeside", matchId, claimed: true, claimedBy: SAM.id, claimedByName: SAM.name, fence: 1, seq: 1 };
    this.claims.set(matchId, claim);
    return claim;
  }
}

/** @param {number} matchId @param {number} points @returns {import("../../static/js/storage/adapter.js").Said} */
function said(matchId, points, at = Date.now()) {
  const sets = [{ setNumber: 1, team1Score: points, team2Score: 0 }];
  return { body: { matchId, lastUpdated: at, action: "point", status: "in-progress", sets }, format: BEST_OF_3, setsWon: [0, 0], winner: null };
}

/** @type {Server} */
let server;

beforeEach(async () => {
  await forgetAll();
  server = new Server();
});

for (const mode of MODES) {
  const storage = () => storageOf("lakeside", SAM, mode);

  test(`${mode}: a saved score is the one that is read, alone and among all`, async () => {
    await storage().saveScore(-7, said(-7, 3));
    await storage().saveScore(-8, said(-8, 5));
    await drainOf(SAM.id).running;
    assert.equal((await storage().getScore(-7))?.sets[0].team1Score, 3);
    const scores = await storage().getAllScores("lakeside");
    assert.deepEqual([...scores].map(([id, score]) => [id, score.sets[0].team1Score]).sort(), [[-7, 3], [-8, 5]]);
    assert.equal(await storage().getScore(-9), null);
  });

  test(`${mode}: without a network a saved score is kept, and read again by a new page`, async () => {
    server.away = true;
    await storage().saveScore(-7, said(-7, 3));
    await drainOf(SAM.id).running;
    assert.equal((await storage().getScore(-7))?.sets[0].team1Score, 3);
    assert.equal((await all("outbox")).filter(({ kind }) => kind === "score").length, mode === "local" ? 0 : 1);
    server.away = false;
    await drainOf(SAM.id).run({ eager: true });
    assert.equal(server.scores.size, mode === "local" ? 0 : 1);
  });

  test(`${mode}: a match is claimed, seen claimed, and let go`, async () => {
    assert.equal((await storage().getClaim(-7)).body.claimed, false);
    assert.equal((await storage().claim(-7)).status, 201);
    const { body } = await storage().getClaim(-7);
    assert.deepEqual([body.claimed, body.claimedByName], [true, "Sam"]);
    assert.equal((await storage().getAllClaims()).length, 1);
    assert.equal((await storage().releaseClaim(-7)).status, 204);
    assert.equal((await storage().getClaim(-7)).body.claimed, false);
  });

  test(`${mode}: a plan is kept, the newest counts, and it outlives the network`, async () => {
    await storage().savePlan({ selectedMatches: [-7] });
    server.away = true;
    await storage().savePlan({ selectedMatches: [-7, -8] });
    assert.deepEqual((await storage().getPlan())?.selectedMatches, [-7, -8]);
    server.away = false;
    await drainOf(SAM.id).run({ eager: true });
    assert.deepEqual((await storage().getPlan())?.selectedMatches, [-7, -8]);
  });
}

test("local: nothing is asked of any server, and nothing waits to be", async () => {
  const storage = storageOf("lakeside", null, "local");
  await storage.claim(-7);
  await storage.saveScore(-7, said(-7, 3));
  await storage.savePlan({ selectedMatches: [-7] });
  await storage.getAllClaims();
  assert.deepEqual(server.asked, []);
  assert.deepEqual(await all("outbox"), []);
});

test("backend: the server is the truth, unless this phone has still to tell it something", async () => {
  const storage = storageOf("lakeside", SAM, "backend");
  await storage.saveScore(-7, said(-7, 3));
  await drainOf(SAM.id).running;
  server.scores.set(-7, { ...server.scores.get(-7), sets: [{ setNumber: 1, team1Score: 9, team2Score: 9 }] });
  assert.equal((await storage.getScore(-7))?.sets[0].team1Score, 9);
  server.away = true;
  await storage.saveScore(-7, said(-7, 4));
  await drainOf(SAM.id).running;
  clearTimeout(drainOf(SAM.id).timer);
  server.away = false;
  assert.equal((await storage.getScore(-7))?.sets[0].team1Score, 4);
  await drainOf(SAM.id).run({ eager: true });
});

test("hybrid: this phone first; of two scores the later counts, and the server's on a tie", async () => {
  const storage = storageOf("lakeside", SAM, "hybrid");
  await storage.saveScore(-7, said(-7, 3, 2000));
  await drainOf(SAM.id).running;
  const asked = server.asked.length;
  assert.equal((await storage.getScore(-7))?.sets[0].team1Score, 3);
  assert.equal(server.asked.length, asked, "nobody was asked");
  const theirs = { ...server.scores.get(-7), eventId: "lakeside", sets: [] };
  const hybrid = /** @type {any} */ (storage);
  await hybrid.cache([{ ...theirs, lastUpdated: 1999 }]);
  assert.equal((await storage.getScore(-7))?.sets.length, 1);
  await hybrid.cache([{ ...theirs, lastUpdated: 2000 }]);
  assert.equal((await storage.getScore(-7))?.sets.length, 0);
});

/** A match scored on this device alone: three points, one taken back, one given to the other. */
async function scoredHere() {
  const storage = storageOf("lakeside", null, "local");
  const key = "this-device/lakeside/-7";
  await begin(head(key), []);
  await storage.claim(-7);
  const deeds = [{ type: "point", team: 1 }, { type: "point", team: 1 }, { type: "undo" }, { type: "point", team: 2 }];
  for (const [n, deed] of deeds.entries()) await record(key, /** @type {any} */ (deed), 1_000_000 + n, storage);
  const [first] = (await read(key)).entries;
  await record(key, { type: "amend", of: first.n, to: { type: "point", team: 2 } }, 1_000_009, storage);
  await storage.savePlan({ selectedMatches: [-7, -9] });
  return storage;
}

test("a file exported on one phone shows the same on another", async () => {
  const storage = await scoredHere();
  const text = JSON.stringify(await exportAll());
  const before = { score: await storage.getScore(-7), claims: await storage.getAllClaims(), plan: (await storage.getPlan())?.selectedMatches };
  await forgetAll();
  assert.deepEqual(await takeOver(readFile(text), (eventId) => storageOf(eventId, null, "local")), { matches: 1, left: 0 });
  const { score, claims, plan } = before;
  assert.deepEqual((await storage.getScore(-7))?.sets, score?.sets);
  assert.deepEqual((await storage.getScore(-7))?.sets[0], { completedAt: null, setNumber: 1, team1Score: 0, team2Score: 2 });
  assert.deepEqual((await storage.getAllClaims()).map(({ matchId }) => matchId), claims.map(({ matchId }) => matchId));
  assert.deepEqual((await storage.getPlan())?.selectedMatches, plan);
  assert.deepEqual(await takeOver(readFile(text), (eventId) => storageOf(eventId, null, "local")), { matches: 0, left: 1 });
  assert.deepEqual(server.asked, []);
});

test("when modes change, what was scored here alone goes to the server: claim, then every deed, then the plan", async () => {
  await scoredHere();
  const file = readFile(JSON.stringify(await exportAll()));
  await takeOver(file, (eventId) => storageOf(eventId, SAM, "backend"));
  await drainOf(SAM.id).run({ eager: true });
  assert.deepEqual(server.ops.map(({ kind, action }) => action ?? kind), ["claim", "point", "point", "undo", "point", "correction", "plan"]);
  assert.deepEqual(server.ops.map(({ lastUpdated }) => lastUpdated).slice(1, 6), [1_000_000, 1_000_001, 1_000_002, 1_000_003, 1_000_009]);
  assert.deepEqual(server.scores.get(-7).sets, [{ setNumber: 1, team1Score: 0, team2Score: 2 }]);
  assert.deepEqual(server.plan.selectedMatches, [-7, -9]);
});

test("what is no file of ours, cut off, or no volleyball is refused in words and changes nothing", async () => {
  await scoredHere();
  const file = await exportAll();
  const [match] = file.matches;
  const impossible = { ...file, matches: [{ ...match, log: Array.from({ length: 26 }, (_, n) => ({ type: "point", team: 1, n, at: n })) }] };
  for (const [text, words] of /** @type {[string, RegExp][]} */ ([
    ["{}", /no file of CourtSync/],
    [JSON.stringify(file).slice(0, -9), /cut off/],
    [JSON.stringify({ ...file, matches: [{}] }), /not complete/],
    [JSON.stringify(impossible), /cannot be played/],
  ])) assert.throws(() => readFile(text), words);
});

test("the operator's mode is the default; sending is opt-in, keeping is opt-out, and a backend is a backend", () => {
  assert.deepEqual(MODES.map((site) => chosenMode(site)), MODES);
  assert.equal(chosenMode("local", "hybrid"), "hybrid");
  assert.equal(chosenMode("hybrid", "local"), "local");
  assert.equal(chosenMode("backend", "local"), "backend");
});
