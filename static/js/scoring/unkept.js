// @ts-check
/**
 * A full phone with a network: what can no longer be kept here goes to the server at once, and
 * counts only once the server has it. Nothing is ever shown as made that is nowhere.
 */
import { saidBy } from "./messages.js";

/** @typedef {import("./match-log.js").Entry} Entry */

export class Unkept {
  /** @param {import("../storage/adapter.js").StorageAdapter} storage */
  constructor(storage) {
    this.storage = storage;
    /** Made since the disk is full, acknowledged, and only in this page's memory. @type {Entry[]} */
    this.entries = [];
    this.revision = 0;
  }

  /**
   * @param {import("./match-store.js").Head} head
   * @param {Entry[]} entries  the match so far, what is unkept included
   * @param {import("./match-log.js").Deed} deed
   * @param {number} at
   * @returns {Promise<boolean>} the server has it
   * @throws {import("../volleyball/rules.js").RuleBroken}
   */
  async send(head, entries, deed, at) {
    const entry = /** @type {Entry} */ ({ ...deed, at, n: (entries.at(-1)?.n ?? 0) + 1 });
    const { body } = saidBy(head.matchId, head.format, [...entries, entry]);
    const baseRevision = Math.max(head.revision, this.revision);
    const fence = head.fence === null ? {} : { fence: head.fence };
    const score = await this.storage.sendNow({ ...body, ...fence, baseRevision, updateId: crypto.randomUUID() });
    if (!score) return false;
    this.entries.push(entry);
    this.revision = score.revision;
    return true;
  }
}
