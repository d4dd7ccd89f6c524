// @ts-check
/** The rules against golden vectors: the same files that the Python suite runs. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as rules from "../../static/js/volleyball/rules.js";
import { FORMATS, formatOf, play, read } from "./replay.js";

const asked = /** @type {Record<string, (...args: any[]) => unknown>} */ (/** @type {unknown} */ (rules));

for (const vector of [...read("presets.json"), ...read("by_hand.json")]) {
  test(vector.name, () => {
    const f = formatOf(vector);
    const { state, log, found, said } = play(f, vector.actions);
    for (const [name, value] of Object.entries(vector.state))
      assert.deepEqual(/** @type {any} */ (state)[name], value, name);
    if (vector.moments) {
      const since = vector.moments === "all" ? 0 : log.findLastIndex(({ type }) => type === "set-start") + 1;
      assert.deepEqual(found.slice(since), said.slice(since));
    }
    for (const [ask, answers] of Object.entries(vector.answers ?? {}))
      assert.deepEqual([1, 2].map((team) => asked[ask](f, state, team)), answers, ask);
  });
}

for (const vector of read("questions.json")) {
  test(vector.name, () => {
    assert.equal(asked[vector.ask](formatOf(vector), ...vector.args), vector.answer);
  });
}

test("a state never changes under those who hold it", () => {
  const f = FORMATS["one-set"];
  const before = Object.freeze(rules.start(f));
  rules.step(f, before, { type: "point", team: 1 });
  assert.deepEqual(before, rules.start(f));
});

test("a single state knows no undo", () => {
  const f = FORMATS["one-set"];
  assert.throws(() => rules.step(f, rules.start(f), { type: "undo" }), { code: "undo-needs-history" });
});

test("effective leaves out undos and what they took back", () => {
  /** @type {import("../../static/js/volleyball/rules.js").Action[]} */
  const actions = [{ type: "point", team: 1 }, { type: "timeout", team: 1 }, { type: "undo" }];
  assert.deepEqual(rules.effective(actions), [actions[0]]);
});
