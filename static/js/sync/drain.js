// @ts-check
/**
 * Empties the outbox: look at the next entry of each match, send it, settle it, go on.
 *
 * It never drops anything. Without an answer it waits longer each time (full jitter); without
 * a sign-in, or where a match's claim is gone, it parks until someone has done something.
 */
import { alone } from "./alone.js";
import * as outbox from "./outbox.js";
import { send as sendOne } from "./transport.js";

/** @typedef {import("./transport.js").Verdict} Verdict */

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 60_000;

/**
 * @typedef {object} Told  What the drain says about itself.
 * @property {boolean} reachable  the last attempt got an answer of ours
 * @property {"sign-in" | null} parked
 * @property {Map<string, NonNullable<Verdict["problem"]>>} unclaimed  matches whose claim is gone
 */

/**
 * How long to wait before attempt `n` (from 1): anything up to the doubling bound.
 * @param {number} n
 * @param {number} dice  0 ≤ dice < 1
 */
export function waitBefore(n, dice) {
  return dice * Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** n);
}

export class Drain {
  /**
   * @param {string} person
   * @param {object} [parts]
   * @param {typeof sendOne} [parts.send]
   * @param {(told: Told, score?: any) => void} [parts.tell]  after every verdict
   */
  constructor(person, { send = sendOne, tell = () => {} } = {}) {
    this.person = person;
    this.send = send;
    this.tell = tell;
    /** @type {Told} */
    this.told = { reachable: true, parked: null, unclaimed: new Map() };
    this.failures = 0;
    this.notBefore = 0;
    /** @type {Promise<void> | null} */
    this.running = null;
    this.wanted = false;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
  }

  /**
   * Send what waits. Called after every tap and whenever the network may be back.
   * @param {{eager?: boolean}} [how]  eager: something happened, do not wait out the pause
   * @returns {Promise<void>}
   */
  run({ eager = false } = {}) {
    if (eager) this.notBefore = 0;
    this.wanted = true;
    this.running ??= alone(() => this.untilEmpty()).finally(() => {
      this.running = null;
      if (this.wanted) this.later(this.notBefore - Date.now());
    });
    return this.running;
  }

  /** Someone signed in or holds the claim again: what was parked goes on. */
  resume(match = "") {
    this.told.parked = null;
    if (match) this.told.unclaimed.delete(match);
    return this.run({ eager: true });
  }

  async untilEmpty() {
    while (this.wanted && Date.now() >= this.notBefore) {
      const next = await this.ready();
      if (!next.length) {
        this.wanted = false;
        return;
      }
      for (const entry of next) {
        await this.judge(entry, await this.send(entry));
        if (this.told.parked || Date.now() < this.notBefore) break;
      }
    }
  }

  async ready() {
    if (this.told.parked) return [];
    const next = await outbox.nextOfEachMatch(this.person);
    return next.filter((entry) => !this.told.unclaimed.has(entry.match));
  }

  /**
   * @param {import("./outbox.js").Entry} entry
   * @param {Verdict} verdict
   */
  async judge(entry, verdict) {
    this.told.reachable = !verdict.unreachable;
    if (verdict.outcome === "again") this.pause(verdict.after);
    else this.failures = 0;
    if (verdict.outcome === "applied") {
      await outbox.settle(entry, { revision: verdict.score.revision, now: Date.now() });
    } else if (verdict.outcome === "refused" && verdict.problem) {
      await outbox.refuse(entry, verdict.problem, Date.now());
    } else if (verdict.outcome === "unclaimed" && verdict.problem) {
      this.told.unclaimed.set(entry.match, verdict.problem);
    } else if (verdict.outcome === "sign-in") {
      this.told.parked = "sign-in";
    }
    this.tell(this.told, verdict.score);
  }

  /** @param {number} [asked] */
  pause(asked) {
    this.failures += 1;
    const wait = asked ?? waitBefore(this.failures, Math.random());
    this.notBefore = Date.now() + wait;
  }

  /** @param {number} wait */
  later(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.run(), Math.max(0, wait));
  }
}
