// @ts-check
/**
 * A piece of a page asked for anew, while scores go on coming: what came meanwhile is newer than the
 * answer and is painted over it, and of two answers the one to the earlier question never counts.
 */

/** @typedef {import("../scoring/paint.js").Score & {eventId?: string}} Score */

export class Renewing {
  /** Newest of each match since the oldest question that is open. @type {Map<string, Score>} */ #meanwhile = new Map();
  #asked = 0;
  #answered = 0;
  #open = 0;

  /** @param {any} score */
  heard(score) {
    if (!this.#open) return;
    const match = `${score.eventId}/${score.matchId}`;
    const before = this.#meanwhile.get(match);
    if (!before || score.own || before.revision <= score.revision) this.#meanwhile.set(match, score);
  }

  /**
   * `html` is null where there is nothing to show.
   * @param {string} path
   * @returns {Promise<{html: string | null, meanwhile: any[]}>}
   */
  async ask(path) {
    const turn = ++this.#asked;
    this.#open += 1;
    const html = await textOf(path);
    const meanwhile = [...this.#meanwhile.values()];
    this.#open -= 1;
    if (!this.#open) this.#meanwhile.clear();
    if (html === null || turn < this.#answered) return { html: null, meanwhile: [] };
    this.#answered = turn;
    return { html, meanwhile };
  }
}

/** @param {string} path */
async function textOf(path) {
  const answer = await fetch(path, { headers: { Accept: "text/html" } }).catch(() => undefined);
  return answer?.ok ? answer.text().catch(() => null) : null;
}
