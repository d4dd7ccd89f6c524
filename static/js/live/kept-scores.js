// @ts-check
/**
 * The scores of an event as this phone has them: the server's latest, kept for a page without a
 * network, and before them what was scored here and has not arrived yet.
 */
import { onRing } from "../sync/tabs.js";
import { Known } from "./known.js";
import { ownScores } from "./own.js";

/** While something waits here: how often to see whether it has arrived. */
const LOOK_MS = 2000;

export class Kept {
  /** @type {Map<number, any>} */ #own = new Map();
  /** @type {Map<number, any>} the server's */ #latest = new Map();
  /** @type {Promise<void> | null} */ #looking = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #again;

  /**
   * @param {string} person
   * @param {string} eventId
   * @param {(score: any) => void} show
   * @param {number} since  `seq` of what the page already shows: nothing kept before it is news
   */
  constructor(person, eventId, show, since) {
    this.person = person;
    this.eventId = eventId;
    this.show = show;
    this.since = since;
    this.known = new Known(person, eventId);
    onRing(() => this.look());
    addEventListener("pagehide", () => this.known.write().catch(() => undefined));
    this.begun = this.#begin();
  }

  async #begin() {
    for (const score of await this.known.scores()) {
      if (score.seq > this.since && !this.#latest.has(score.matchId)) this.#paint(score);
    }
    await this.look();
  }

  /** The server says so. @param {any} score */
  heard(score) {
    this.known.keep(score);
    this.#paint(score);
  }

  /** @param {any} score */
  #paint(score) {
    const { matchId } = score;
    if ((this.#latest.get(matchId)?.seq ?? 0) > score.seq) return;
    this.#latest.set(matchId, score);
    if (this.#own.has(matchId)) this.look();
    else this.show(score);
  }

  /** Read again what waits on this phone, and show what that changes. */
  look() {
    this.#looking ??= this.#look().finally(() => (this.#looking = null));
    return this.#looking;
  }

  async #look() {
    if (!this.person) return;
    const before = this.#own;
    this.#own = await ownScores(this.person, this.eventId);
    for (const score of this.#own.values()) this.show(score);
    for (const matchId of before.keys()) {
      const arrived = !this.#own.has(matchId) && this.#latest.get(matchId);
      if (arrived) this.show(arrived);
    }
    clearTimeout(this.#again);
    if (this.#own.size) this.#again = setTimeout(() => this.look(), LOOK_MS);
  }
}
