// @ts-check
/** What the leading tab can give to a tab that comes later. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Passed } from "../../static/js/live/passed.js";

/** @param {number} matchId @param {number} seq */
const score = (matchId, seq) => ({ name: "score-update", seq, doc: { matchId, seq } });

test("a latecomer gets the newest of each match that it has not shown, oldest first", () => {
  const passed = new Passed();
  passed.begin(null, 10);
  for (const news of [score(1, 11), score(2, 12), score(1, 13)]) passed.keep(news);
  passed.keep({ name: "claim-update", seq: 14, doc: { matchId: 1, seq: 14 } });
  assert.deepEqual(passed.after(10).map(({ name, seq }) => `${name} ${seq}`), ["score-update 12", "score-update 13", "claim-update 14"]);
  assert.deepEqual(passed.after(13).map(({ seq }) => seq), [14]);
});

test("a snapshot counts as what it holds", () => {
  const passed = new Passed();
  passed.begin(null, 0);
  passed.keep({ name: "snapshot", seq: 9, doc: { scores: [{ matchId: 1, seq: 5 }], claims: [{ matchId: 2, seq: 9 }] } });
  assert.deepEqual(passed.after(5).map(({ name, seq }) => `${name} ${seq}`), ["claim-update 9"]);
});

test("a stream covers whoever needs no more matches and has seen what came before it", () => {
  const passed = new Passed();
  passed.begin([1, 2], 10);
  assert.equal(passed.covers([1], 10), true);
  assert.equal(passed.covers([1], 9), false, "what came between is not known here");
  assert.equal(passed.covers([1, 3], 12), false);
  assert.equal(passed.covers(null, 12), false);
  passed.begin(null, 0);
  assert.equal(passed.covers(null, 0), true);
});

test("a new stream knows nothing of the former one", () => {
  const passed = new Passed();
  passed.begin(null, 0);
  passed.keep(score(1, 3));
  passed.begin(null, 3);
  assert.deepEqual(passed.after(0), []);
});
