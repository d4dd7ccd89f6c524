// @ts-check
/**
 * How the planned matches went, rally by rally: asked for when the page opens, and kept on this
 * device, so that pictures are named at home or in a train as well.
 *
 * @typedef {import("./matching.js").Rally} Rally
 */
import { ask } from "../sync/ask.js";
import { ralliesOf } from "./matching.js";

const PAGE = 1000;
const AT_ONCE = 4;

/**
 * @param {string} eventId @param {{id: number, status: string}[]} matches  that have begun
 * @param {(done: number) => void} tell
 * @returns {Promise<{rallies: Map<number, Rally[]>, missing: number}>}  missing: could not be had
 */
export async function histories(eventId, matches, tell) {
  /** @type {Map<number, Rally[]>} */
  const rallies = new Map();
  const waiting = [...matches];
  let missing = 0;
  async function work() {
    for (let match = waiting.shift(); match; match = waiting.shift()) {
      const found = await one(eventId, match);
      if (found) rallies.set(match.id, found);
      else missing += 1;
      tell(rallies.size + missing);
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return { rallies, missing };
}

/** @param {string} eventId @param {{id: number, status: string}} match */
async function one(eventId, { id, status }) {
  const key = `rallies:${eventId}/${id}`;
  const kept = read(key);
  if (kept?.over) return kept.rallies;
  const rallies = await fetched(eventId, id);
  if (!rallies) return kept?.rallies;
  write(key, { over: status === "over", rallies });
  return rallies;
}

/** @param {string} eventId @param {number} id @returns {Promise<Rally[] | undefined>} */
async function fetched(eventId, id) {
  const items = [];
  for (;;) {
    const { status, body, after } = await ask("GET", `/api/events/${encodeURIComponent(eventId)}/scores/${id}/history?limit=${PAGE}&offset=${items.length}`);
    if (status === 404) return [];
    if (status === 429 && after) {
      await new Promise((resolve) => setTimeout(resolve, after));
      continue;
    }
    if (status !== 200) return undefined;
    items.push(...body.items);
    if (!body.items.length || items.length >= body.total) return ralliesOf(items);
  }
}

/** @param {string} key @returns {{over: boolean, rallies: Rally[]} | undefined} */
function read(key) {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? "null");
    return kept && { over: kept.over, rallies: kept.rallies.map((/** @type {number[]} */ [at, set, one, two]) => ({ at, set, one, two })) };
  } catch {
    return undefined;
  }
}

/** @param {string} key @param {{over: boolean, rallies: Rally[]}} match */
function write(key, { over, rallies }) {
  try {
    localStorage.setItem(key, JSON.stringify({ over, rallies: rallies.map(({ at, set, one, two }) => [at, set, one, two]) }));
  } catch {
    // A full device names the pictures while the network is there.
  }
}
