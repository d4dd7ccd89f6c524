// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import * as face from "../../static/js/scoring/face.js";
import { syncState, trouble } from "../../static/js/scoring/status-strip.js";
import { clock, runningTimeout, timeoutsLeft } from "../../static/js/scoring/timeouts.js";
import { moves, stateAfter } from "../../static/js/scoring/match-log.js";
import { BEST_OF_3, FIRST_SET, logged, NAMES, points } from "./pad-world.js";

/** @param {any[]} deeds */
const played = (deeds) => stateAfter(BEST_OF_3, logged(deeds));

test("the rule of each set is named, the decider's too", () => {
  assert.equal(face.ruleOfSet(BEST_OF_3, 1), "· to 25, win by 2");
  assert.equal(face.ruleOfSet(BEST_OF_3, 3), "· to 15, win by 2 · decider");
  assert.equal(face.ruleOfSet({ ...BEST_OF_3, cap: 27 }, 2), "· to 25, win by 2, cap 27");
});

test("sitting opposite and changed ends turn the view; both together cancel", () => {
  const changed = played([...points(1, 1), { type: "ends-changed" }]);
  assert.equal(face.leftTeam(played([]), false), 1);
  assert.equal(face.leftTeam(played([]), true), 2);
  assert.equal(face.leftTeam(changed, false), 2);
  assert.equal(face.leftTeam(changed, true), 1);
});

test("set point at 24–20, match point in the last set needed, nothing at 24–24", () => {
  const setPoint = face.pointChip(BEST_OF_3, played([...points(1, 20), ...points(2, 20), ...points(1, 4)]), NAMES);
  assert.deepEqual(setPoint, { word: "Set point", team: 1, name: "Harbor" });
  const second = [...FIRST_SET, { type: "set-start" }, ...points(1, 24)];
  assert.equal(face.pointChip(BEST_OF_3, played(second), NAMES)?.word, "Match point");
  assert.equal(face.pointChip(BEST_OF_3, played([...points(1, 24), ...points(2, 24)]), NAMES), null);
  assert.equal(face.pointChip(BEST_OF_3, played(FIRST_SET), NAMES), null, "the set is over");
});

test("undo says what comes back, and when it opens a former set", () => {
  const entries = logged([...points(1, 13), ...points(2, 12), ...points(1, 1)]);
  const last = moves(BEST_OF_3, entries).at(-1);
  assert.ok(last);
  assert.equal(face.undoLabel(last.after, last.before, 1), "Undo → 13–12");
  assert.equal(face.undoLabel(last.after, last.before, 2), "Undo → 12–13");
  const started = moves(BEST_OF_3, logged([...FIRST_SET, { type: "set-start" }])).at(-1);
  assert.ok(started);
  assert.equal(face.undoLabel(started.after, started.before, 1), "Undo → set 1 25–20");
  assert.equal(face.undoLabel(played([]), null, 1), "Undo");
});

test("a set's end names the winner and the reason", () => {
  const state = played(FIRST_SET);
  assert.equal(face.setWinnerName(state, NAMES), "Harbor wins set 1");
  assert.match(face.whyEnded(BEST_OF_3, state), /25–20 ends here/);
});

test("every outcome has its words", () => {
  const forfeited = played([{ type: "forfeit", team: 1 }]);
  assert.equal(face.matchWinner(forfeited, NAMES), "Falcon wins: Harbor forfeits");
  const retired = played([...points(1, 3), { type: "retire", team: 2 }]);
  assert.equal(face.matchWinner(retired, NAMES), "Harbor wins: Falcon retires");
});

test("ages are short", () => {
  assert.equal(face.ago(400), "0 s ago");
  assert.equal(face.ago(12_000), "12 s ago");
  assert.equal(face.ago(130_000), "2 min ago");
  assert.equal(face.ago(2 * 3_600_000), "2 h ago");
});

test("a time-out counts down from its entry, lingers, and goes", () => {
  const last = moves(BEST_OF_3, logged([...points(1, 1), { type: "timeout", team: 2 }])).at(-1);
  assert.deepEqual(runningTimeout(BEST_OF_3, last, 1_001_000 + 12_000), { n: 2, team: 2, left: 18_000 });
  assert.equal(runningTimeout(BEST_OF_3, last, 1_001_000 + 31_000)?.left, 0);
  assert.equal(runningTimeout(BEST_OF_3, last, 1_001_000 + 60_000), null);
  assert.equal(timeoutsLeft(BEST_OF_3, played([...points(1, 1), { type: "timeout", team: 2 }]), 2), 1);
  assert.equal(clock(18_000), "0:18");
  assert.equal(clock(179_001), "3:00");
});

test("the strip shows what the server has said, and what needs a person first", () => {
  /** @type {import("../../static/js/scoring/status-strip.js").Sync} */
  const fine = {
    saved: 9,
    sent: 9,
    waiting: 0,
    refused: 0,
    acknowledgedAt: 1,
    reachable: true,
    signedOut: false,
    intended: false,
    stays: null,
  };
  assert.equal(syncState(fine), "synced");
  assert.equal(syncState({ ...fine, reachable: false }), "synced", "nothing waits: nothing is wrong");
  assert.equal(syncState({ ...fine, waiting: 2 }), "pending");
  assert.equal(syncState({ ...fine, waiting: 2, reachable: false }), "offline");
  assert.equal(syncState({ ...fine, waiting: 2, signedOut: true }), "attention");
  assert.equal(syncState({ ...fine, refused: 1 }), "attention");
  assert.equal(trouble({ ...fine, waiting: 14, signedOut: true })?.words, "Sign in to send 14 points");
  assert.equal(trouble({ ...fine, refused: 1 })?.sheet, "refused");
  assert.equal(trouble({ ...fine, waiting: 3 }), null);
});
