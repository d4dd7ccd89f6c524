// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { entriesFrom } from "../../static/js/scoring/from-server.js";
import { moves, stateAfter } from "../../static/js/scoring/match-log.js";
import { wireState } from "../../static/js/scoring/messages.js";
import { BEST_OF_3, FIRST_SET, logged, points } from "./pad-world.js";

/** What the server's history would hold of a log. @param {any[]} deeds */
function historyOf(deeds) {
  const entries = logged(deeds);
  return entries.map((entry, index) => {
    const { status, sets, serving, timeouts, outcome } = wireState(stateAfter(BEST_OF_3, entries.slice(0, index + 1)), new Map());
    const reason = entry.color ?? entry.reason ?? null;
    return { action: entry.type, team: entry.team ?? null, reason, at: entry.at, status, sets, serving, timeouts, outcome };
  });
}

const WHOLE = [
  { type: "toss", serving: 2 },
  ...FIRST_SET,
  { type: "set-start" },
  { type: "timeout", team: 2 },
  ...points(2, 3),
  { type: "undo" },
  { type: "card", team: 1, color: "red" },
  { type: "ends-changed" },
  ...points(1, 1),
];

test("a fresh device replays the server's history to the same state", () => {
  const entries = entriesFrom(BEST_OF_3, historyOf(WHOLE));
  assert.deepEqual(stateAfter(BEST_OF_3, entries), stateAfter(BEST_OF_3, logged(WHOLE)));
});

test("on a fresh device undo still reaches back to the first point", () => {
  let entries = entriesFrom(BEST_OF_3, historyOf(WHOLE));
  for (let left = moves(BEST_OF_3, entries).length; left > 0; left -= 1) {
    assert.equal(moves(BEST_OF_3, entries).length, left);
    entries = [...entries, { type: "undo", n: entries.length + 1, at: 0 }];
  }
  assert.equal(stateAfter(BEST_OF_3, entries).status, "not-started");
});

test("what cannot be replayed becomes the state the server has", () => {
  const history = historyOf([...points(1, 5)]);
  const corrected = { ...history[4], action: "correction", team: null, sets: [{ setNumber: 1, team1Score: 9, team2Score: 7 }] };
  const entries = entriesFrom(BEST_OF_3, [...history, corrected]);
  const state = stateAfter(BEST_OF_3, entries);
  assert.deepEqual([state.sets[0].team1Score, state.sets[0].team2Score], [9, 7]);
  assert.equal(entries[5].type, "restored");
  const later = stateAfter(BEST_OF_3, [...entries, { type: "point", team: 2, n: 7, at: 0 }]);
  assert.equal(later.sets[0].team2Score, 8);
});

test("a published final result comes back as a completed match with its winner", () => {
  const published = {
    action: "final-score",
    team: null,
    reason: null,
    at: 5,
    status: "completed",
    sets: [
      { setNumber: 1, team1Score: 25, team2Score: 20 },
      { setNumber: 2, team1Score: 25, team2Score: 18 },
    ],
    serving: null,
    timeouts: [0, 0],
    outcome: "first-won",
  };
  const state = stateAfter(BEST_OF_3, entriesFrom(BEST_OF_3, [published]));
  assert.equal(state.status, "completed");
  assert.equal(state.winner, 1);
  assert.deepEqual(state.setsWon, [2, 0]);
});

test("an unfinished set that another scorer left is gone on with", () => {
  const item = { ...historyOf(points(1, 1))[0], action: "correction", sets: [{ setNumber: 1, team1Score: 25, team2Score: 23 }] };
  const state = stateAfter(BEST_OF_3, entriesFrom(BEST_OF_3, [item]));
  assert.equal(state.setEnded, true, "25–23 is over: the next set can be started");
});
