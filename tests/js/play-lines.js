// @ts-check
/**
 * Plays matches that another program sends: a JSON line {format, actions} in, a JSON line out.
 *
 * The answer has one entry for each action: the state after it, what is due and which points
 * matter then, or the refusal; tests/volleyball/test_rules_agree.py makes the same in Python.
 */
import { createInterface } from "node:readline";
import { RuleBroken, fold, matchPoint, setPoint, start, step, whyOver } from "../../static/js/volleyball/rules.js";
import { dueBetween } from "./replay.js";

/**
 * @typedef {import("../../static/js/volleyball/rules.js").Format} Format
 * @typedef {import("../../static/js/volleyball/rules.js").State} State
 */

/** @param {{format: Format, actions: any[]}} match */
function played({ format, actions }) {
  const states = [start(format)];
  /** @type {any[]} */
  const kept = [];
  const steps = actions.map((action) => {
    const before = states[states.length - 1];
    try {
      if (action.type !== "undo") states.push(step(format, before, action));
      else if (states.length > 1) states.pop();
      else return { refused: "nothing-to-undo" };
      kept.push(action);
      return told(format, before, states[states.length - 1]);
    } catch (broken) {
      if (!(broken instanceof RuleBroken)) throw broken;
      return { refused: broken.code, words: broken.message };
    }
  });
  return { steps, folded: fold(format, kept) };
}

/** @param {Format} format @param {State} before @param {State} after */
function told(format, before, after) {
  const { setNumber, team1Score, team2Score } = after.sets[after.sets.length - 1];
  return {
    state: after,
    due: dueBetween(format, before, after),
    setPoint: [setPoint(format, after, 1), setPoint(format, after, 2)],
    matchPoint: [matchPoint(format, after, 1), matchPoint(format, after, 2)],
    why: whyOver(format, setNumber, team1Score, team2Score),
  };
}

for await (const line of createInterface({ input: process.stdin }))
  process.stdout.write(`${JSON.stringify(played(JSON.parse(line)))}\n`);
