// @ts-check
/** The server is the truth; this phone keeps what it said last, and what waits to be told to it. */
import { withWaiting } from "../coverage/merge.js";
import { follow } from "../live/stream.js";
import { ask } from "../sync/ask.js";
import { inOneTransaction, together } from "../sync/database.js";
import { drainOf } from "../sync/drain.js";
import { ADDING, waitingOf } from "../sync/outbox.js";
import * as device from "./on-device.js";
import { keepPlanAndSend, keyOfMatch, sendLater, waits } from "./outgoing.js";

/**
 * @typedef {import("./adapter.js").MatchScore} MatchScore
 * @typedef {import("./adapter.js").Person} Person
 * @typedef {import("./adapter.js").StorageAdapter} StorageAdapter
 * @typedef {import("./adapter.js").Said} Said
 */

/** @implements {StorageAdapter} */
export class BackendStorage {
  /** @type {import("./mode.js").Mode} */
  mode = "backend";
  stores = [...device.KEEPING, ...ADDING];

  /** @param {string} eventId @param {Person} person */
  constructor(eventId, person) {
    this.eventId = eventId;
    this.person = person;
    this.path = `/api/events/${encodeURIComponent(eventId)}`;
  }

  /** @param {Record<string, any>} stores @param {number} matchId @param {Said} said @param {any} [head] */
  async put(stores, matchId, said, head) {
    const [sent] = await together(() => sendLater(stores, this, matchId, said.body, head), () => device.keepSaid(stores, this, matchId, said));
    return sent;
  }

  /** @param {number} matchId @param {Said} said */
  async saveScore(matchId, said) {
    await inOneTransaction([...this.stores, "matches"], "readwrite", async (stores) => {
      await this.put(stores, matchId, said, await stores.matches.get(keyOfMatch(this, matchId)));
    });
    device.ringScore(this.eventId, matchId);
    drainOf(this.person.id).run();
  }

  /** @param {Record<string, any>} update @returns {Promise<MatchScore | null>} */
  async sendNow(update) {
    if ((await waits(this.eventId)).has(update.matchId)) return null;
    const { status, body } = await ask("POST", `${this.path}/scores`, update);
    return status === 200 || status === 201 ? body : null;
  }

  /** @param {number} matchId @returns {Promise<MatchScore | null>} */
  async getScore(matchId) {
    const { status, body } = await ask("GET", `${this.path}/scores/${matchId}`);
    if (status === 200) await this.cache([body]);
    return device.keptScore(this.eventId, matchId);
  }

  async getAllScores(eventId = this.eventId) {
    const { status, body } = await ask("GET", `/api/events/${encodeURIComponent(eventId)}/scores`);
    if (status === 200) await this.cache(body);
    return device.keptScores(eventId);
  }

  /** Remember what the server shows. What this phone has still to tell it is newer. @param {any[]} documents */
  async cache(documents) {
    const ours = await waits(this.eventId);
    await device.cacheScores(documents, (here, theirs) => this.replaces(here, theirs, ours));
  }

  /** @param {any} here @param {any} theirs @param {Set<number>} ours */
  replaces(here, theirs, ours) {
    if (here.here) return !ours.has(theirs.matchId);
    return theirs.revision >= here.revision;
  }

  /** @param {number} matchId @param {{limit?: number, offset?: number}} [part] */
  history(matchId, { limit = 1000, offset = 0 } = {}) {
    return ask("GET", `${this.path}/scores/${matchId}/history?limit=${limit}&offset=${offset}`);
  }

  /** What the server tells, before it what this phone knows and has not sent (`live/`). @param {import("./adapter.js").Watching} watching */
  watch(watching) {
    follow(this.eventId, watching);
  }

  /** @param {number} matchId */
  claim(matchId) {
    return ask("POST", `${this.path}/claims/${matchId}`, {});
  }

  /** @param {number} matchId */
  getClaim(matchId) {
    return ask("GET", `${this.path}/claims/${matchId}`);
  }

  /** @param {number} matchId */
  releaseClaim(matchId) {
    return ask("DELETE", `${this.path}/claims/${matchId}`);
  }

  /** @param {number} matchId */
  askTakeover(matchId) {
    return ask("POST", `${this.path}/claims/${matchId}/takeover`, {});
  }

  /** @param {number} matchId */
  refuseTakeover(matchId) {
    return ask("DELETE", `${this.path}/claims/${matchId}/takeover`);
  }

  async getAllClaims() {
    const { status, body } = await ask("GET", `${this.path}/claims`);
    if (status === 200) for (const claim of body) await device.keepClaim(claim);
    return device.keptClaims(this.eventId);
  }

  /** @param {{selectedMatches: number[]}} plan */
  savePlan(plan) {
    return keepPlanAndSend(this, plan);
  }

  async getPlan() {
    const { status, body } = await ask("GET", `${this.path}/coverage-plans`);
    if (status === 200) {
      const waiting = (await waitingOf(this.person.id, "plan")).filter(({ eventId }) => eventId === this.eventId);
      const plan = withWaiting(body, waiting);
      await device.keepPlan({ ...plan, person: this.person.id, eventId: this.eventId, updatedAt: body.updatedAt });
    }
    return device.keptPlan(this.person.id, this.eventId);
  }
}
