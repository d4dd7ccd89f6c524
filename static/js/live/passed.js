// @ts-check
/** What the leading tab has passed on: the newest of each match, for siblings who come later. Pure. */

/** @typedef {import("./siblings.js").News} News */

export class Passed {
  /** @type {Map<string, News>} */ #newest = new Map();
  /** @type {number[] | null} */ #matches = [];
  #from = 0;

  /**
   * A stream begins that tells of these matches (none: of all) whatever came after `since`; 0:
   * everything there is.
   * @param {number[] | null} matches
   * @param {number} since
   */
  begin(matches, since) {
    this.#newest.clear();
    this.#matches = matches;
    this.#from = since;
  }

  /** @param {News} news */
  keep({ name, doc, seq }) {
    if (name === "snapshot") {
      for (const score of doc.scores) this.keep({ name: "score-update", doc: score, seq: score.seq });
      for (const claim of doc.claims) this.keep({ name: "claim-update", doc: claim, seq: claim.seq });
      return;
    }
    const of = name === "schedule-update" ? name : `${name} ${doc.matchId}`;
    this.#newest.delete(of);
    this.#newest.set(of, { name, doc, seq });
  }

  /**
   * Whether somebody who shows these matches as of `since` gets everything newer from here.
   * @param {number[] | null} matches
   * @param {number} since
   */
  covers(matches, since) {
    const mine = this.#matches;
    if (mine !== null && (matches === null || matches.some((match) => !mine.includes(match)))) return false;
    return this.#from === 0 || since >= this.#from;
  }

  /** @param {number} since @returns {News[]} oldest first */
  after(since) {
    return [...this.#newest.values()].filter(({ seq }) => seq > since).sort((one, other) => one.seq - other.seq);
  }
}
