// @ts-check
/** What this phone kept of an event, beside what its page was drawn with. */
import "fake-indexeddb/auto";
import "./one-tab.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { Kept } from "../../static/js/live/kept-scores.js";
import { Known } from "../../static/js/live/known.js";

/** @type {any} */ (globalThis).addEventListener ??= () => undefined;

let events = 0;

/** @param {number} matchId @param {number} seq */
const score = (matchId, seq) => ({ matchId, seq, revision: seq });

/** What a page shows that was drawn at `since`, while this phone holds what came at 9 and at 12. */
async function shownAt(/** @type {number} */ since) {
  const eventId = `lakeside-${++events}`;
  const before = new Known("", eventId);
  before.keep(score(1, 9));
  before.keep(score(2, 12));
  await before.write();
  /** @type {number[]} */
  const shown = [];
  const kept = new Kept("", eventId, ({ seq }) => shown.push(seq), since);
  await kept.begun;
  return { kept, shown };
}

test("a page of last time shows what came after it, without a network", async () => {
  const { shown } = await shownAt(9);
  assert.deepEqual(shown, [12]);
});

test("a page fresh from the server shows nothing that was kept before it", async () => {
  const { shown } = await shownAt(12);
  assert.deepEqual(shown, []);
});

test("what the server says is shown, whatever the page was drawn with", async () => {
  const { kept, shown } = await shownAt(12);
  kept.heard(score(1, 10));
  assert.deepEqual(shown, [10]);
  kept.heard(score(1, 9));
  assert.deepEqual(shown, [10], "but nothing older than the last");
});
