// @ts-check
/** This pad's claim on its match, as far as anyone has told it. */
/**
 * @typedef {"unknown" | "free" | "mine" | "other"} Holder
 *
 * @typedef {object} Claim  the claim document of the server
 * @property {boolean} claimed
 * @property {string | null} claimedBy
 * @property {string | null} claimedByName
 * @property {number | null} claimedAt
 * @property {number | null} expiresAt
 * @property {number} fence
 * @property {number} seq
 * @property {{by: string, byName: string, until: number} | null} [takeover]
 */

/** Quiet for this long, the pad renews by itself; a claim lasts ten minutes. */
const RENEW_AFTER_MS = 3 * 60_000;

export class Lease {
  /**
   * @param {import("../storage/adapter.js").StorageAdapter} storage
   * @param {number} matchId
   * @param {() => void} changed
   */
  constructor(storage, matchId, changed) {
    this.storage = storage;
    this.matchId = matchId;
    this.person = storage.person.id;
    this.changed = changed;
    /** @type {Claim | null} */
    this.claim = null;
    this.reachable = true;
    this.renewedAt = 0;
    /** How far this phone's clock is ahead of the server's (ms). */
    this.clockAhead = 0;
    /** Why the last request was refused, in the server's words. */
    this.refusal = "";
    /** This phone held the claim and nobody has said otherwise: it may go on without a network. */
    this.held = false;
    /** Letting go, as long as that is under way. @type {Promise<boolean> | null} */
    this.leaving = null;
  }

  /** @returns {Holder} */
  get holder() {
    if (!this.claim) return this.held ? "mine" : "unknown";
    if (!this.claim.claimed) return this.held ? "mine" : "free";
    if (this.claim.claimedBy === this.person) return "mine";
    return (this.claim.expiresAt ?? Infinity) > this.serverNow() ? "other" : "free";
  }

  serverNow() {
    return Date.now() - this.clockAhead;
  }

  /** Someone asks to take over from this pad. */
  get asked() {
    const takeover = this.claim?.takeover;
    return takeover && this.holder === "mine" && takeover.by !== this.person ? takeover : null;
  }

  /** This pad has asked to take over. */
  get asking() {
    const takeover = this.claim?.takeover;
    return takeover?.by === this.person ? takeover : null;
  }

  /** News of the claim, from whichever side; what is older than what we know is dropped. @param {Claim | null} claim */
  heard(claim) {
    if (!claim || claim.seq < (this.claim?.seq ?? 0)) return;
    if (this.leaving && claim.claimedBy === this.person) return;
    if (this.asking && !claim.takeover && claim.claimedBy !== this.person) this.refusal = `${claim.claimedByName ?? "The scorer"} goes on keeping score.`;
    const mine = claim.claimed && claim.claimedBy === this.person;
    // A claim that only ran out is still ours to go on with; one in other hands is not.
    if (mine) this.held = true;
    else if (claim.claimed) this.held = false;
    this.claim = claim;
    this.changed();
  }

  /** Claim the match, or renew the claim. @returns {Promise<boolean>} it is ours */
  async take() {
    // Otherwise the answer to letting go could end the claim that is asked for now.
    await this.leaving;
    const ours = this.settle(await this.storage.claim(this.matchId));
    if (ours) this.renewedAt = Date.now();
    return ours;
  }

  /** Ask the holder for the claim. */
  async takeOver() {
    this.settle(await this.storage.askTakeover(this.matchId));
  }

  /** Keep the claim although someone asked. */
  async refuse() {
    const answer = await this.storage.refuseTakeover(this.matchId);
    if (answer.status >= 200 && answer.status < 300) await this.look();
  }

  /** Ask how things stand. */
  async look() {
    this.settle(await this.storage.getClaim(this.matchId));
  }

  /**
   * Let go. From now on nothing is recorded under the claim, whenever the server hears of it.
   * @returns {Promise<boolean>} the server knows
   */
  release() {
    this.leaving ??= this.letGo().finally(() => (this.leaving = null));
    return this.leaving;
  }

  async letGo() {
    const { held, claim } = this;
    this.held = false;
    if (claim) this.claim = { ...claim, claimed: false, claimedBy: null };
    this.changed();
    const answer = await this.storage.releaseClaim(this.matchId);
    const known = answer.status === 204 || answer.status === 403;
    if (known) await this.look();
    else Object.assign(this, { held, claim });
    this.changed();
    return known;
  }

  /** Called now and then; scoring renews by itself, quiet needs this. @param {number} now @param {number} lastSentAt */
  async renewWhenQuiet(now, lastSentAt) {
    if (this.holder === "mine" && now - Math.max(this.renewedAt, lastSentAt) > RENEW_AFTER_MS) await this.take();
  }

  /** @param {import("../sync/ask.js").Answer} answer */
  settle({ status, body }) {
    this.reachable = status !== 0;
    if (status) this.refusal = status >= 400 ? String(body?.detail ?? "") : "";
    if (status === 409 && body?.claimedBy) {
      const { claimedBy, claimedByName, expiresAt } = body;
      this.held = false;
      this.claim = { fence: 0, seq: 0, claimedAt: null, ...this.claim, claimed: true, claimedBy, claimedByName, expiresAt };
    } else if (status >= 200 && status < 300 && body?.claimed !== undefined) {
      this.heard(body);
    } else if (status >= 200 && status < 300) {
      this.heard({ ...body, claimed: true });
    }
    this.changed();
    return this.holder === "mine" && status >= 200 && status < 300;
  }
}
