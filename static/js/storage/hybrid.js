// @ts-check
/** This phone first, and the server when there is a way. The later one of two scores counts. */
import { BackendStorage } from "./backend.js";
import { LocalStorage } from "./local.js";
import * as device from "./on-device.js";

/** @typedef {import("./adapter.js").Person} Person */

export class HybridStorage extends BackendStorage {
  /** @type {"hybrid"} */
  mode = "hybrid";

  /** @param {string} eventId @param {Person} person */
  constructor(eventId, person) {
    super(eventId, person);
    this.here = new LocalStorage(eventId, person);
    this.here.person = person;
  }

  /** What is on this phone, at once; else what the server knows. @param {number} matchId */
  async getScore(matchId) {
    const kept = await device.keptScore(this.eventId, matchId);
    return kept ?? super.getScore(matchId);
  }

  async getAllScores(eventId = this.eventId) {
    const kept = await device.keptScores(eventId);
    return kept.size ? kept : super.getAllScores(eventId);
  }

  /** Latest timestamp wins, the server wins a tie. @param {any} here @param {any} theirs @param {Set<number>} ours */
  replaces(here, theirs, ours) {
    return super.replaces(here, theirs, ours) && theirs.lastUpdated >= here.lastUpdated;
  }

  /** Where nobody can be asked, the match is claimed here, and at the server with the points. @param {number} matchId */
  async claim(matchId) {
    const answer = await super.claim(matchId);
    return answer.status === 0 ? this.here.claim(matchId) : answer;
  }

  async getPlan() {
    const kept = await device.keptPlan(this.person.id, this.eventId);
    return kept ?? super.getPlan();
  }
}
