// @ts-check
import "fake-indexeddb/auto";
import "./one-tab.js";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { begin, read } from "../../static/js/scoring/match-store.js";
import { standing } from "../../static/js/sync/outbox.js";
import { forgetAll, head, KEY, SAM, score } from "./sync-world.js";

beforeEach(async () => {
  await forgetAll();
  await begin(head(KEY), []);
});

test("what the rules refuse is neither recorded nor sent", async () => {
  await score(KEY, 25);
  await assert.rejects(score(KEY, 1), { code: "set-ended" });
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
