// @ts-check
/** What this phone has still to send of its match, what was refused, and what keeps it waiting. */
import { ask } from "../sync/ask.js";
import { askForSync } from "../sync/background.js";
import { Drain } from "../sync/drain.js";
import { dismiss, standing } from "../sync/outbox.js";
import { onRing } from "../sync/tabs.js";
import { canKeep, howLasting } from "../sync/safekeeping.js";
import { paintStrip } from "./status-strip.js";

/** @typedef {import("./pad.js").Pad} Pad */

/** A claim or a sign-in that the server keeps denying is not asked for again at once. */
const AGAIN_MS = 5000;

export class Sending {
  /** @param {Pad} pad */
  constructor(pad) {
    this.pad = pad;
    this.person = pad.boot.person?.id ?? "";
    this.drain = new Drain(this.person, { tell: (told, score) => this.heard(told, score) });
    /** @type {import("../sync/outbox.js").Refused[]} */
    this.refused = [];
    this.waiting = 0;
    this.underWay = 0;
    /** @type {"kept" | "may-be-evicted" | "private"} */
    this.keeping = "kept";
    /** Why nothing can be kept on this phone. */
    this.broken = "";
    this.mendedAt = 0;
    this.browserAsked = false;
  }

  /** @returns {import("./status-strip.js").Sync} */
  get sync() {
    const { head } = this.pad.game;
    const { reachable, parked, unclaimed } = this.drain.told;
    const { practice } = this.pad.boot;
    return {
      saved: head?.saved ?? 0,
      sent: head?.sent ?? 0,
      waiting: this.waiting + (practice ? 0 : this.underWay),
      refused: this.refused.length,
      acknowledgedAt: head?.acknowledgedAt ?? null,
      reachable,
      signedOut: parked === "sign-in",
      unclaimed: unclaimed.has(this.pad.game.key),
      practice,
    };
  }

  async open() {
    if (await canKeep()) await this.recount();
    else this.broken = "Its storage cannot be written to.";
    // Another tab, or the service worker, has recorded or sent something.
    onRing((match) => match === this.pad.game.key && this.recount());
    howLasting().then((keeping) => (this.keeping = keeping));
  }

  send() {
    if (!this.pad.boot.practice && this.person) this.drain.run();
  }

  /** The network may be back, or somebody has signed in. */
  async back() {
    if (!this.drain.told.parked) return this.drain.run({ eager: true });
    if (await this.isStillThisPerson()) await this.drain.resume();
  }

  /** From the touch until it is known what it left in the outbox, it counts as waiting. @param {1 | -1} change */
  recording(change) {
    this.underWay += change;
    paintStrip(this.sync, Date.now());
  }

  /** Read what waits and what was refused, then show it. */
  async recount() {
    const { game } = this.pad;
    const { waiting, refused } = await standing(this.person, game.key);
    this.waiting = waiting;
    this.refused = refused;
    await game.reload();
  }

  async dismissRefused() {
    await dismiss(this.refused.map(({ id }) => id));
    await this.recount();
  }

  /** @param {import("../sync/drain.js").Told} told @param {any} [score] */
  async heard(told, score) {
    await this.recount();
    if (!told.reachable && !this.browserAsked) askForSync();
    this.browserAsked = this.waiting > 0;
    await this.pad.link.sent(score);
    const closed = told.parked || told.unclaimed.has(this.pad.game.key);
    if (!closed || Date.now() - this.mendedAt < AGAIN_MS) return;
    this.mendedAt = Date.now();
    await this.mend(told);
  }

  /**
   * A sign-in that has ended is refreshed, a claim that has lapsed is taken again; but what one
   * person scored is never sent as another who has signed in on this phone since.
   * @param {import("../sync/drain.js").Told} told
   */
  async mend(told) {
    if (told.parked) await ask("POST", "/api/auth/refresh", {});
    if (!(await this.isStillThisPerson())) {
      told.parked = "sign-in";
      this.pad.paint();
    } else if (told.parked) {
      await this.drain.resume();
    } else {
      await this.pad.link.lease.take();
    }
  }

  async isStillThisPerson() {
    const { status, body } = await ask("GET", "/api/me");
    return status === 200 && body.id === this.person;
  }

  /** Why a touch was not recorded, in words. @param {Error} error */
  cannotSave(error) {
    if (error.name !== "QuotaExceededError") return `Not saved: ${error.message}`;
    this.broken = "Its storage is full.";
    this.pad.paint();
    return "Not saved: this phone's storage is full.";
  }
}
