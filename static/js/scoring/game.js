// @ts-check
/** The match on the pad: its log in memory, always read back from the phone's database. */
import { entriesFrom } from "./from-server.js";
import { moves } from "./match-log.js";
import * as store from "./match-store.js";
import { Unkept } from "./unkept.js";
import { start } from "../volleyball/rules.js";

/**
 * @typedef {import("./match-log.js").Deed} Deed
 * @typedef {import("./match-log.js").Move} Move
 */

export class Game {
  /**
   * @param {string} key
   * @param {import("../volleyball/rules.js").Format} format  in force, until the match is begun with it
   * @param {import("../storage/adapter.js").StorageAdapter} storage
   * @param {() => void} changed
   */
  constructor(key, format, storage, changed) {
    this.key = key;
    this.storage = storage;
    this.unkept = new Unkept(storage);
    this.changed = changed;
    /** @type {store.Head | undefined} */
    this.head = undefined;
    /** @type {import("./match-log.js").Entry[]} */
    this.entries = [];
    /** @type {Move[]} */
    this.moves = [];
    this.openingFormat = format;
    this.state = start(format);
  }

  get format() {
    return this.head?.format ?? this.openingFormat;
  }

  async reload() {
    this.show(await store.read(this.key));
  }

  /** @param {store.Match} match  as it is on the disk */
  show({ head, entries }) {
    this.head = head;
    this.entries = [...entries, ...this.unkept.entries];
    this.moves = moves(this.format, this.entries);
    this.state = this.moves.at(-1)?.after ?? start(this.format);
    this.changed();
  }

  /** @param {store.Head} head @param {any[]} [history] */
  async begin(head, history = []) {
    await store.begin(head, entriesFrom(head.format, history));
    await this.reload();
  }

  /**
   * Do something: it is on the disk when this returns, or, where that is full, at the server.
   * @param {Deed} deed
   * @throws {import("../volleyball/rules.js").RuleBroken}
   */
  async do(deed) {
    const at = Date.now();
    try {
      // What could not be kept cannot be followed by what is: on return the server knows it all.
      if (this.unkept.entries.length) throw new DOMException("The disk was full.", "QuotaExceededError");
      this.show(await store.record(this.key, deed, at, this.storage));
    } catch (error) {
      const full = /** @type {Error} */ (error).name === "QuotaExceededError" && this.head;
      if (!full || !(await this.unkept.send(full, this.entries, deed, at))) throw error;
      await this.reload();
    }
  }

  /** Begin anew: only practice is ever forgotten. */
  async forget() {
    await store.forget(this.key);
    await this.reload();
  }

  /** @param {Partial<store.Head>} news */
  async learn(news) {
    await store.learn(this.key, news);
    await this.reload();
  }
}
