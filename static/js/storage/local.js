// @ts-check
/** On this device and nowhere else: no request carries anything of it. Tabs hear of each other. */
import { inOneTransaction } from "../sync/database.js";
import * as device from "./on-device.js";

/**
 * @typedef {import("./adapter.js").Answer} Answer
 * @typedef {import("./adapter.js").Person} Person
 * @typedef {import("./adapter.js").StorageAdapter} StorageAdapter
 * @typedef {import("./adapter.js").Said} Said
 */

/** Whoever holds the device: nobody needs to sign in. */
export const THIS_DEVICE = { id: "this-device", name: "This device" };
/** A claim on one's own device does not run out. */
const NEVER = 8_640_000_000_000_000;

/** @implements {StorageAdapter} */
export class LocalStorage {
  /** @type {"local"} */
  mode = "local";
  stores = device.KEEPING;

  /** @param {string} eventId @param {Person} person */
  constructor(eventId, person) {
    this.eventId = eventId;
    this.person = { id: THIS_DEVICE.id, name: person.name || THIS_DEVICE.name };
  }

  /** @param {Record<string, any>} stores @param {number} matchId @param {Said} said */
  async put(stores, matchId, said) {
    await device.keepSaid(stores, this, matchId, said);
    return {};
  }

  /** @param {number} matchId @param {Said} said */
  async saveScore(matchId, said) {
    await inOneTransaction(this.stores, "readwrite", (stores) => this.put(stores, matchId, said));
    device.ringScore(this.eventId, matchId);
  }

  /** There is no other place than this device. @returns {Promise<null>} */
  async sendNow() {
    return null;
  }

  /** @param {number} matchId */
  getScore(matchId) {
    return device.keptScore(this.eventId, matchId);
  }

  getAllScores(eventId = this.eventId) {
    return device.keptScores(eventId);
  }

  /** @returns {Promise<Answer>} */
  async history() {
    return nothing();
  }

  /** @param {import("./adapter.js").Watching} watching */
  watch({ matches, onScore, onClaim, onState }) {
    const wanted = (/** @type {number} */ matchId) => !matches || matches.includes(matchId);
    const score = async (/** @type {number} */ matchId) => {
      const found = wanted(matchId) && (await this.getScore(matchId));
      // It stands here whatever a server's page showed before (`paint`).
      if (found) onScore?.({ ...found, own: true, revision: Infinity });
    };
    const claim = async (/** @type {number} */ matchId) => wanted(matchId) && onClaim?.((await this.getClaim(matchId)).body);
    device.onScoreRing("score", this.eventId, score);
    device.onScoreRing("claim", this.eventId, claim);
    this.getAllScores().then((all) => [...all.keys()].forEach(score));
    onState?.({ connected: true, since: Date.now() });
  }

  /** @param {number} matchId */
  async claim(matchId) {
    const former = await device.keptClaim(this.eventId, matchId);
    const counted = { fence: (former?.fence ?? 0) + 1, seq: (former?.seq ?? 0) + 1 };
    const { id, name } = this.person;
    const claim = { eventId: this.eventId, matchId, claimed: true, claimedBy: id, claimedByName: name, ...counted };
    await device.keepClaim({ ...claim, claimedAt: Date.now(), expiresAt: NEVER, takeover: null });
    return { ...(await this.getClaim(matchId)), status: former?.claimed ? 200 : 201 };
  }

  /** @param {number} matchId @returns {Promise<Answer>} */
  async getClaim(matchId) {
    const free = { eventId: this.eventId, matchId, claimed: false, claimedBy: null, claimedByName: null };
    const found = await device.keptClaim(this.eventId, matchId);
    return { status: 200, body: found ?? { ...free, claimedAt: null, expiresAt: null, fence: 0, seq: 0, takeover: null } };
  }

  /** @param {number} matchId @returns {Promise<Answer>} */
  async releaseClaim(matchId) {
    const { body } = await this.getClaim(matchId);
    const free = { claimed: false, claimedBy: null, claimedByName: null, claimedAt: null, expiresAt: null };
    await device.keepClaim({ ...body, ...free, seq: body.seq + 1 });
    return { status: 204, body: null };
  }

  /** Nobody else is on this device. @param {number} matchId */
  askTakeover(matchId) {
    return this.claim(matchId);
  }

  /** @returns {Promise<Answer>} */
  async refuseTakeover() {
    return nothing();
  }

  async getAllClaims() {
    return (await device.keptClaims(this.eventId)).filter((claim) => claim.claimed);
  }

  /** @param {{selectedMatches: number[]}} plan */
  savePlan({ selectedMatches }) {
    return device.keepPlan({ person: this.person.id, eventId: this.eventId, selectedMatches, updatedAt: Date.now() });
  }

  getPlan() {
    return device.keptPlan(this.person.id, this.eventId);
  }
}

/** @returns {Answer} */
function nothing() {
  return { status: 404, body: { code: "not-found", detail: "Only this device knows of it." } };
}
