// @ts-check
/** A day of a plan as the page's script works it out: figures, gaps, and what could be taken instead. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { chancesOf, dayOf, instead } from "../../static/js/coverage/day.js";
import { factsFrom } from "../../static/js/coverage/facts.js";
import { planFrom } from "../../static/js/coverage/merge.js";

const MINUTE = 60_000;
const DAY = "2026-01-31";

/** @param {number} id @param {number} court @param {[number | null, number | null]} pair @param {number} start @param {string} [status] */
function match(id, court, pair, start, status = "upcoming") {
  return [id, court, 15, pair, pair.includes(null) ? ["Winner of Match 6", "Elm"] : null, DAY, start * MINUTE, null, (start + 60) * MINUTE, status];
}

const FACTS = factsFrom({
  walks: [["North", "West", 4]],
  courts: { 1: ["West 1", "West", "1", 1], 2: ["North 2", "North", "2", 2] },
  divisions: { 15: ["15 Open", "#123456"] },
  teams: { 1: ["Harbor", 7, 15], 2: ["Falcon", null, 15], 3: ["Bay", null, 15], 4: ["Elm", null, 15] },
  followed: [],
  matches: [match(10, 1, [1, 2], 600), match(11, 2, [3, 4], 600), match(12, 1, [1, 3], 660), match(13, 2, [null, 4], 700), match(14, 2, [2, 4], 540, "over")],
});

/** @param {number[]} selectedMatches @param {object} [more] */
function plan(selectedMatches, more) {
  return { ...planFrom(null), selectedMatches, ...more };
}

test("figures, clashes and gaps", () => {
  const day = dayOf(FACTS, plan([10, 11]), null, DAY, DAY, 500 * MINUTE);
  assert.deepEqual(day.clashes, [{ first: 10, second: 11, sure: true }]);
  assert.deepEqual([...day.inTheWay], [[10, "sure"], [11, "sure"]]);
  assert.deepEqual([day.covered, day.missing], [[1, 2, 3, 4], []]);
  assert.deepEqual(dayOf(FACTS, plan([10]), new Set([1, 3]), DAY, DAY, 500 * MINUTE).missing, [3]);
});

test("what is shot or over asks for nothing more", () => {
  const day = dayOf(FACTS, plan([14, 10, 11], { shot: [10] }), null, DAY, DAY, 610 * MINUTE);
  assert.deepEqual([[...day.ahead], day.clashes], [[11], []]);
  assert.equal(day.advice.word, "stay");
});

test("the next chances of a team leave out what is planned or over", () => {
  assert.deepEqual(chancesOf(FACTS, plan([11]), 4, 500 * MINUTE).map(({ id }) => id), [13]);
});

test("instead of a clash comes first what makes none", () => {
  const mine = plan([10, 11]);
  const day = dayOf(FACTS, mine, null, DAY, DAY, 500 * MINUTE);
  const other = /** @type {import("../../static/js/coverage/facts.js").Match} */ (FACTS.matches.get(11));
  assert.deepEqual(instead(FACTS, mine, day, other, 500 * MINUTE).map(({ match: one, clashes }) => [one.id, clashes]), [[12, 0], [13, 0]]);
});

test("a side that is not decided says what the schedule prints", () => {
  assert.deepEqual(FACTS.matches.get(13)?.sides, ["Winner of Match 6", "Elm"]);
});
