// @ts-check
/** The pad's link to the server: the claim, what waits, what was refused, how it stands. */
import { follow } from "../live/stream.js";
import { ask } from "../sync/ask.js";
import { Drain } from "../sync/drain.js";
import { dismiss, standing } from "../sync/outbox.js";
import { canKeep, howLasting } from "../sync/safekeeping.js";
import { catchUp } from "./beginnings.js";
import { Lease } from "./lease.js";
import { paintStrip } from "./status-strip.js";

/**
 * @typedef {import("./pad.js").Pad} Pad
 * @typedef {import("./status-strip.js").Sync} Sync
 */

/** A claim or a sign-in that the server keeps denying is not asked for again at once. */
const RETAKE_MS = 5000;

export class Link {
  /** @param {Pad} pad */
  constructor(pad) {
    this.pad = pad;
    const { eventId, matchId, person } = pad.boot;
    this.lease = new Lease(eventId, matchId, person?.id ?? "", () => this.claimChanged());
    this.drain = new Drain(person?.id ?? "", { tell: (told, score) => this.heard(told, score) });
    /** @type {import("../sync/outbox.js").Refused[]} */
    this.refused = [];
    this.waiting = 0;
    this.underWay = 0;
    /** @type {"kept" | "may-be-evicted" | "private"} */
    this.keeping = "kept";
    this.broken = "";
    /** The newest score document: what is shown while somebody else keeps score. */
    this.theirs = pad.boot.score;
    this.retakenAt = 0;
    this.refreshedAt = 0;
    /** @type {Promise<void> | undefined} */
    this.entering = undefined;
  }

  /** @returns {Sync} */
  get sync() {
    const { head } = this.pad.game;
    const { reachable, parked, unclaimed } = this.drain.told;
    return {
      saved: head?.saved ?? 0,
      sent: head?.sent ?? 0,
      waiting: this.waiting + (this.pad.boot.practice ? 0 : this.underWay),
      refused: this.refused.length,
      acknowledgedAt: head?.acknowledgedAt ?? null,
      reachable,
      signedOut: parked === "sign-in",
      unclaimed: unclaimed.has(this.pad.game.key),
      practice: this.pad.boot.practice,
    };
  }

  async open() {
    const { boot, game } = this.pad;
    if (await canKeep()) await this.recount();
    else this.broken = "Its storage cannot be written to.";
    howLasting().then((keeping) => (this.keeping = keeping));
    if (boot.practice || !boot.person || this.broken) return;
    this.lease.held = game.head?.held ?? false;
    this.lease.heard(boot.claim);
    this.listen();
    if (this.lease.holder === "mine") await this.enter();
    this.send();
  }

  listen() {
    const { eventId, matchId } = this.pad.boot;
    follow(eventId, {
      matches: [matchId],
      onScore: (score) => this.seen(score),
      onClaim: (claim) => claim.matchId === matchId && this.lease.heard(claim),
      onState: ({ connected }) => connected && this.back(),
      onTime: (serverTime) => (this.lease.clockAhead = Date.now() - serverTime),
    });
    for (const sign of ["online", "focus", "pageshow"]) addEventListener(sign, () => this.back());
    document.addEventListener("visibilitychange", () => document.hidden || this.back());
    setInterval(() => this.lease.renewWhenQuiet(Date.now(), this.sync.acknowledgedAt ?? 0), 30_000);
  }

  /** @param {any} score */
  seen(score) {
    if (score.matchId !== this.pad.boot.matchId || score.revision < (this.theirs?.revision ?? 0)) return;
    this.theirs = score;
    if (!this.pad.keeps) this.pad.paint();
  }

  /** The network may be back. */
  back() {
    this.drain.run({ eager: true });
    if (!this.lease.reachable) this.lease.look();
  }

  send() {
    if (!this.pad.boot.practice && this.pad.boot.person) this.drain.run();
  }

  /** From the touch until it is known what it left in the outbox, it counts as waiting. @param {1 | -1} change */
  recording(change) {
    this.underWay += change;
    paintStrip(this.sync, Date.now());
  }

  /** Read what waits and what was refused, then show it. */
  async recount() {
    const { game, boot } = this.pad;
    const { waiting, refused } = await standing(boot.person?.id ?? "", game.key);
    this.waiting = waiting;
    this.refused = refused;
    await game.reload();
  }

  /** @param {import("../sync/drain.js").Told} told @param {any} [score] */
  async heard(told, score) {
    await this.recount();
    if (score) this.lease.renewedAt = Date.now();
    if (told.parked && Date.now() - this.refreshedAt > RETAKE_MS) {
      this.refreshedAt = Date.now();
      const { status } = await ask("POST", "/api/auth/refresh", {});
      if (status === 200) this.drain.resume();
    }
    if (told.unclaimed.has(this.pad.game.key) && Date.now() - this.retakenAt > RETAKE_MS) {
      this.retakenAt = Date.now();
      await this.lease.take();
    }
    const { state } = this.pad.game;
    if (state.signedOff && !this.waiting && this.lease.holder === "mine") await this.lease.release();
  }

  /** The claim is ours: begin the match on this phone, or go on with it. */
  enter() {
    this.entering ??= this.goOn().finally(() => (this.entering = undefined));
    return this.entering;
  }

  async goOn() {
    const { game } = this.pad;
    const fence = this.lease.claim?.fence ?? null;
    if (game.head) await game.learn({ held: true, ...(fence === null ? {} : { fence }) });
    if (!this.waiting) await catchUp(this.pad);
    if (this.drain.told.unclaimed.has(game.key)) this.drain.resume(game.key);
  }

  async dismissRefused() {
    await dismiss(this.refused.map(({ id }) => id));
    await this.recount();
  }

  /** Let go, once everything is sent. */
  async release() {
    if (this.waiting) return this.pad.say(`${this.waiting} not sent yet. Stop when they are, or just leave the page.`);
    if (!(await this.lease.release())) this.pad.say("No connection: the claim ends by itself in ten minutes.");
    await this.pad.game.learn({ held: false });
    this.pad.sheets.close();
  }

  claimChanged() {
    const { game } = this.pad;
    const { holder, held, claim } = this.lease;
    const news = holder === "mine" && (!game.head?.held || game.head.fence !== claim?.fence);
    if (news && claim?.claimed) this.enter();
    else if (game.head && game.head.held !== held) game.learn({ held });
    this.pad.paint();
  }

  /** @param {Error} error */
  cannotSave(error) {
    if (error.name !== "QuotaExceededError") return `Not saved: ${error.message}`;
    this.broken = "Its storage is full.";
    this.pad.paint();
    return "Not saved: this phone's storage is full.";
  }
}
