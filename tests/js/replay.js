// @ts-check
/** Playing golden vectors; tests/vectors/replay.py does the same in Python. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { RuleBroken, endsChangeDue, fold, start, step, technicalTimeoutDue } from "../../static/js/volleyball/rules.js";

/** @typedef {import("../../static/js/volleyball/rules.js").Format} Format */

/** @param {string} name */
export const read = (name) => JSON.parse(readFileSync(new URL(`../vectors/${name}`, import.meta.url), "utf8"));

/** @type {Record<string, Format>} */
export const FORMATS = read("formats.json");

/** @param {any} vector @returns {Format} */
export const formatOf = (vector) => (typeof vector.format === "string" ? FORMATS[vector.format] : vector.format);

/** Every action for itself, still with what is said about it. @param {any[]} actions */
export function spelledOut(actions) {
  return actions.flatMap((entry) => Array.from({ length: entry.times ?? 1 }, () => entry.turns ?? [entry]).flat());
}

/**
 * Play a vector; asserts that exactly those actions are refused that should be.
 * @param {Format} f
 * @param {any[]} actions
 */
export function play(f, actions) {
  const states = [start(f)];
  /** @type {any[]} */
  const log = [];
  /** @type {string[][]} */
  const found = [];
  /** @type {string[][]} */
  const said = [];
  let state = states[0];
  for (const entry of spelledOut(actions)) {
    const { times: _times, refused, due = [], ...action } = entry;
    if (refused) {
      assert.deepEqual(refusal(f, [...log, action]), [refused, log.length]);
      continue;
    }
    if (action.type === "undo") states.pop();
    else states.push(step(f, state, action));
    const after = states[states.length - 1];
    log.push(action);
    found.push(dueBetween(f, state, after));
    said.push(due);
    state = after;
  }
  assert.deepEqual(fold(f, log), state);
  return { state, log, found, said };
}

/** @param {Format} f @param {any[]} actions */
function refusal(f, actions) {
  try {
    fold(f, actions);
  } catch (broken) {
    if (broken instanceof RuleBroken) return [broken.code, broken.index];
    throw broken;
  }
  return null;
}

/**
 * @param {Format} f
 * @param {import("../../static/js/volleyball/rules.js").State} before
 * @param {import("../../static/js/volleyball/rules.js").State} after
 */
export function dueBetween(f, before, after) {
  const due = endsChangeDue(f, before, after) ? ["ends"] : [];
  return technicalTimeoutDue(f, before, after) ? [...due, "technical"] : due;
}
