// @ts-check
/**
 * A match as its scorer lived it: the list of what was done, from which everything follows.
 *
 * Pure. The list only grows: an undo and an amended rally are entries like any other.
 */
import { start, step } from "../volleyball/rules.js";

/**
 * @typedef {import("../volleyball/rules.js").Format} Format
 * @typedef {import("../volleyball/rules.js").State} State
 * @typedef {import("../volleyball/rules.js").Action} Action
 *
 * @typedef {Action | {type: "amend", of: number, to: Action | null} | {type: "restored", action: string, team?: 1 | 2 | null, state: State}} Deed
 *   `amend` puts another action, or none, in the place of entry `of`; `restored` is a state
 *   that came back from the server, where what led to it cannot be told from its history
 *
 * @typedef {{n: number, at: number} & Deed} Entry  `n` rises; `at` is this phone's clock (ms)
 *
 * @typedef {{entry: Entry, before: State, after: State}} Move  one entry that stands, and what it did
 */

/**
 * The entries that stand: nothing undone, amendments in place of what they amend.
 * @param {Entry[]} entries
 * @returns {Entry[]}
 */
export function standing(entries) {
  const done = withoutUndone(entries);
  const amended = new Map(done.flatMap((entry) => (entry.type === "amend" ? [[entry.of, entry.to]] : [])));
  return done.flatMap((entry) => {
    if (entry.type === "amend") return [];
    if (!amended.has(entry.n)) return [entry];
    const to = amended.get(entry.n);
    return to ? [/** @type {Entry} */ ({ ...to, n: entry.n, at: entry.at })] : [];
  });
}

/** @param {Entry[]} entries */
export function withoutUndone(entries) {
  /** @type {Entry[]} */
  const done = [];
  for (const entry of entries) {
    if (entry.type === "undo") done.pop();
    else done.push(entry);
  }
  return done;
}

/**
 * Play the entries through.
 * @param {Format} format
 * @param {Entry[]} entries
 * @returns {Move[]}
 * @throws {import("../volleyball/rules.js").RuleBroken}
 */
export function moves(format, entries) {
  let before = start(format);
  return standing(entries).map((entry) => {
    const after = entry.type === "restored" ? entry.state : step(format, before, /** @type {Action} */ (entry));
    const move = { entry, before, after };
    before = after;
    return move;
  });
}

/**
 * The state after the entries.
 * @param {Format} format
 * @param {Entry[]} entries
 * @returns {State}
 */
export function stateAfter(format, entries) {
  return moves(format, entries).at(-1)?.after ?? start(format);
}

/**
 * When each set ended, by set number.
 * @param {Move[]} played
 * @returns {Map<number, number>}
 */
export function endings(played) {
  const ended = new Map();
  for (const { entry, after } of played) {
    for (const set of after.sets) {
      if (!set.completed) ended.delete(set.setNumber);
      else if (!ended.has(set.setNumber)) ended.set(set.setNumber, entry.at);
    }
  }
  return ended;
}
