// @ts-check
/** The pad's link to the others: who keeps score, and what they see meanwhile. */
import { catchUp } from "./beginnings.js";
import { serverNow } from "../web/clock.js";
import { Lease } from "./lease.js";

/** @typedef {import("./pad.js").Pad} Pad */

/** How often the pad asks itself whether to renew its claim. */
const RENEWAL_CHECK_MS = 30_000;

export class Link {
  /** @param {Pad} pad */
  constructor(pad) {
    this.pad = pad;
    const { matchId, score } = pad.boot;
    this.lease = new Lease(pad.storage, matchId, () => this.claimChanged());
    /** The newest score document: what is shown while somebody else keeps score. */
    this.theirs = score;
    /** @type {Promise<void> | undefined} */
    this.entering = undefined;
  }

  async open() {
    const { pad } = this;
    const { boot, game } = pad;
    this.lease.held = game.head?.held ?? false;
    if (pad.storage.mode === "local") await this.lease.look();
    else this.lease.heard(boot.claim);
    this.listen();
    if (this.lease.holder === "mine") await this.enter();
  }

  listen() {
    const { matchId, seq } = this.pad.boot;
    this.lease.clockAhead = Date.now() - serverNow();
    this.pad.storage.watch({
      matches: [matchId],
      since: seq,
      onScore: (score) => this.seen(score),
      onClaim: (claim) => claim.matchId === matchId && this.lease.heard(claim),
      onState: ({ connected }) => connected && this.back(),
    });
    for (const sign of ["online", "focus", "pageshow"]) addEventListener(sign, () => this.back());
    document.addEventListener("visibilitychange", () => document.hidden || this.back());
    setInterval(() => this.renew(), RENEWAL_CHECK_MS);
  }

  renew() {
    const { acknowledgedAt } = this.pad.sending.sync;
    this.lease.renewWhenQuiet(Date.now(), acknowledgedAt ?? 0);
  }

  /** The network may be back. */
  back() {
    this.pad.sending.back();
    if (!this.lease.reachable) this.lease.look();
  }

  /** @param {any} score */
  seen(score) {
    if (score.matchId !== this.pad.boot.matchId || score.revision < (this.theirs?.revision ?? 0)) return;
    this.theirs = score;
    if (!this.pad.keeps) this.pad.paint();
  }

  /**
   * The server has judged something of this match. What it took renewed the claim, and after a
   * signature ends it; what it did not take may mean that somebody else keeps score.
   * @param {import("../sync/settle.js").Verdict[]} verdicts
   */
  async judged(verdicts) {
    for (const { claim } of verdicts) if (claim?.claimed !== undefined) this.lease.heard(claim);
    if (verdicts.some(({ outcome }) => outcome === "conflict" || outcome === "rejected")) return this.lease.look();
    if (verdicts.every(({ outcome }) => outcome === "retry")) return;
    this.lease.renewedAt = Date.now();
    const { game, sending } = this.pad;
    if (game.state.signedOff && !sending.sync.waiting && this.lease.holder === "mine") await this.lease.release();
  }

  claimChanged() {
    const { game } = this.pad;
    const { holder, held, claim } = this.lease;
    const news = holder === "mine" && (!game.head?.held || game.head.fence !== claim?.fence);
    if (news && claim?.claimed) this.enter();
    else if (game.head && game.head.held !== held) game.learn({ held });
    this.pad.paint();
  }

  /** The claim is ours: begin the match on this phone, or go on with it. Until then nothing is recorded. */
  enter() {
    this.entering ??= this.goOn().finally(() => {
      this.entering = undefined;
      this.pad.paint();
    });
    return this.entering;
  }

  async goOn() {
    const { game, sending } = this.pad;
    const fence = this.lease.claim?.fence ?? null;
    if (game.head) await game.learn({ held: true, claimedAt: Date.now(), claimRefused: null, ...(fence === null ? {} : { fence }) });
    if (!sending.waiting) await catchUp(this.pad);
    sending.send();
  }

  /** Let go, once everything is sent. */
  async release() {
    const { game, sending, sheets } = this.pad;
    const { waiting } = sending.sync;
    if (waiting) return this.pad.say(`${waiting} not sent yet. Stop when they are, or just leave the page.`);
    if (!(await this.lease.release())) this.pad.say("No connection: the claim ends by itself in ten minutes.");
    await game.learn({ held: false });
    sheets.close();
  }
}
