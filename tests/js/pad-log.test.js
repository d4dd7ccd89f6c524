// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { endings, moves, standing, stateAfter } from "../../static/js/scoring/match-log.js";
import { saidBy } from "../../static/js/scoring/messages.js";
import { BEST_OF_3, FIRST_SET, logged, points } from "./pad-world.js";

const UNDO = { type: "undo" };

/** @param {any[]} deeds */
const score = (deeds) => {
  const set = stateAfter(BEST_OF_3, logged(deeds)).sets.at(-1);
  return [set?.setNumber, set?.team1Score, set?.team2Score];
};

test("an undo takes back the last entry that stands, as often as one likes", () => {
  assert.deepEqual(score([...points(1, 3), UNDO]), [1, 2, 0]);
  assert.deepEqual(score([...points(1, 3), UNDO, UNDO, UNDO]), [1, 0, 0]);
  assert.deepEqual(score([...points(1, 2), UNDO, ...points(2, 1), UNDO]), [1, 1, 0]);
});

test("undo reaches back over the start of a set into the set before", () => {
  const deeds = [...FIRST_SET, { type: "set-start" }, ...points(2, 1)];
  assert.deepEqual(score(deeds), [2, 0, 1]);
  assert.deepEqual(score([...deeds, UNDO, UNDO]), [1, 25, 20]);
  assert.deepEqual(score([...deeds, UNDO, UNDO, UNDO]), [1, 24, 20]);
});

test("an amended rally counts for the other team, and a removed one for nobody", () => {
  const deeds = [...points(1, 2), ...points(2, 1)];
  assert.deepEqual(score([...deeds, { type: "amend", of: 1, to: { type: "point", team: 2 } }]), [1, 1, 2]);
  assert.deepEqual(score([...deeds, { type: "amend", of: 1, to: null }]), [1, 1, 1]);
});

test("an amendment can be undone like anything else", () => {
  const deeds = [...points(1, 2), { type: "amend", of: 2, to: null }, UNDO];
  assert.deepEqual(score(deeds), [1, 2, 0]);
  assert.equal(standing(logged(deeds)).length, 2);
});

test("an amendment that makes the rest impossible is refused", () => {
  const deeds = [...FIRST_SET, { type: "set-start" }, ...points(1, 1)];
  const amended = [...deeds, { type: "amend", of: 45, to: { type: "point", team: 2 } }];
  assert.throws(() => moves(BEST_OF_3, logged(amended)), { code: "set-in-play" });
});

test("a state that came back from the server is gone on from, and undone to what was before", () => {
  const before = stateAfter(BEST_OF_3, logged(points(1, 4)));
  const restored = { type: "restored", action: "correction", state: before };
  assert.deepEqual(score([restored, ...points(2, 1)]), [1, 4, 1]);
  assert.deepEqual(score([restored, UNDO]), [1, 0, 0]);
});

test("a set's end has the time of the entry that ended it, until it is undone", () => {
  assert.equal(endings(moves(BEST_OF_3, logged(FIRST_SET))).get(1), 1_044_000);
  assert.equal(endings(moves(BEST_OF_3, logged([...FIRST_SET, UNDO]))).size, 0);
});

test("a message carries what was done and the whole state after it", () => {
  const { body, setsWon } = saidBy(-7, BEST_OF_3, logged([...FIRST_SET]));
  assert.deepEqual(setsWon, [1, 0]);
  assert.deepEqual(body, {
    matchId: -7,
    lastUpdated: 1_044_000,
    action: "point",
    team: 1,
    status: "in-progress",
    sets: [{ setNumber: 1, team1Score: 25, team2Score: 20, completedAt: 1_044_000 }],
    serving: 1,
    timeouts: [0, 0],
    outcome: "undecided",
  });
});

test("on the wire an amended rally is a correction, and an undo of the first point is 0–0", () => {
  /** @param {any[]} deeds */
  const said = (deeds) => saidBy(1, BEST_OF_3, logged(deeds)).body;
  assert.equal(said([...points(1, 1), { type: "amend", of: 1, to: null }]).action, "correction");
  const undone = said([...points(1, 1), UNDO]);
  assert.equal(undone.status, "not-started");
  assert.deepEqual(undone.sets, [{ setNumber: 1, team1Score: 0, team2Score: 0 }]);
});
