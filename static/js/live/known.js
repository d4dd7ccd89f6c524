// @ts-check
/**
 * The latest scores this phone knows of an event, whoever brought them: what a page opened
 * without a network shows, with their age.
 *
 * Only a copy of what the server has. It lies apart from what this phone scored itself, so that
 * it can be thrown away when somebody else signs in, or when the disk is full.
 */
import { openDB } from "../../vendor/idb/index.js";

const NAME = "courtsync-known";
const MOST_EVENTS = 12;
/** Points of one moment are written together; a page that closes sooner loses only a copy. */
const PAUSE_MS = 400;

/** @typedef {{matchId: number, seq: number, [field: string]: any}} Score */

/** @type {Promise<any> | null} */
let opening = null;

function open() {
  opening ??= openDB(NAME, 1, {
    upgrade(/** @type {any} */ db) {
      db.createObjectStore("scores", { keyPath: ["of", "eventId", "matchId"] });
      db.createObjectStore("events", { keyPath: ["of", "eventId"] });
    },
    blocking(_old, _new, /** @type {any} */ event) {
      event.target.close();
      opening = null;
    },
    terminated: () => (opening = null),
  }).catch((error) => {
    opening = null;
    throw error;
  });
  return opening;
}

export class Known {
  /** @type {Map<number, Score>} */ #waiting = new Map();
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #soon;

  /** @param {string} of  the person looking, or nobody @param {string} eventId */
  constructor(of, eventId) {
    this.of = of;
    this.eventId = eventId;
  }

  /** @returns {Promise<Score[]>} none where nothing can be kept */
  async scores() {
    try {
      const db = await open();
      const found = await db.getAll("scores", IDBKeyRange.bound([this.of, this.eventId], [this.of, this.eventId, []]));
      return found.map((/** @type {{score: Score}} */ { score }) => score);
    } catch {
      return [];
    }
  }

  /** @param {Score} score */
  keep(score) {
    this.#waiting.set(score.matchId, score);
    this.#soon ??= setTimeout(() => this.write().catch(() => undefined), PAUSE_MS);
  }

  async write() {
    clearTimeout(this.#soon);
    this.#soon = undefined;
    const scores = [...this.#waiting.values()];
    if (!scores.length) return;
    this.#waiting.clear();
    const { of, eventId } = this;
    const db = await open();
    const transaction = db.transaction(["scores", "events"], "readwrite");
    const kept = transaction.objectStore("scores");
    for (const score of scores) {
      const before = await kept.get([of, eventId, score.matchId]);
      if (!before || before.score.seq <= score.seq) await kept.put({ of, eventId, matchId: score.matchId, score });
    }
    await transaction.objectStore("events").put({ of, eventId, seenAt: Date.now() });
    await transaction.done;
    await forgetEldest(db);
  }
}

/** @param {any} db */
async function forgetEldest(db) {
  const events = await db.getAll("events");
  if (events.length <= MOST_EVENTS) return;
  events.sort((/** @type {any} */ one, /** @type {any} */ other) => other.seenAt - one.seenAt);
  for (const { of, eventId } of events.slice(MOST_EVENTS)) {
    await db.delete("scores", IDBKeyRange.bound([of, eventId], [of, eventId, []]));
    await db.delete("events", [of, eventId]);
  }
}
