// @ts-check
/** A file of CourtSync, or what was scored on this device alone, taken over: onto this phone, or to the server. */
import { keyOf } from "../scoring/match-store.js";
import { saidBy } from "../scoring/messages.js";
import { inOneTransaction } from "../sync/database.js";
import { ring } from "../sync/tabs.js";
import { ringScore } from "./on-device.js";

/**
 * @typedef {import("./adapter.js").StorageAdapter} StorageAdapter
 * @typedef {import("./file.js").FiledMatch} FiledMatch
 * @typedef {import("./file.js").Filed} Filed
 */

/**
 * Take over a file into the storage in force: in `local` it stays on this device, else every deed
 * goes into the outbox, under a claim of its own, as if it had been scored here without a network.
 * A match that was already scored here further than the file knows is left alone.
 * @param {Filed} file
 * @param {(eventId: string) => StorageAdapter} storageOf
 * @returns {Promise<{matches: number, left: number}>}  taken over, and left alone
 */
export async function takeOver(file, storageOf) {
  let matches = 0;
  for (const match of file.matches) {
    if (await takeOverMatch(match, storageOf(match.eventId))) matches += 1;
  }
  const logged = new Set(file.matches.map(({ eventId, matchId }) => `${eventId}/${matchId}`));
  for (const score of file.scores) {
    if (!logged.has(`${score.eventId}/${score.matchId}`)) await storageOf(score.eventId).saveScore(score.matchId, saidIn(score));
  }
  for (const { eventId, matchId } of file.claims) {
    const storage = storageOf(eventId);
    // At the server each match is claimed with its first point; on a device a claim is only a mark.
    if (storage.mode === "local") await storage.claim(matchId);
  }
  for (const { eventId, selectedMatches } of file.coveragePlans) await storageOf(eventId).savePlan({ selectedMatches });
  return { matches, left: file.matches.length - matches };
}

/** A score whose log is not in the file, as a correction. @param {any} score @returns {import("./adapter.js").Said} */
function saidIn({ matchId, sets, status, lastUpdated, serving, timeouts, outcome, format, setsWon, winner }) {
  const body = { matchId, sets, status, lastUpdated, action: "correction", serving, timeouts, outcome };
  return { body, format, setsWon, winner };
}

/** @param {FiledMatch} match @param {StorageAdapter} storage */
async function takeOverMatch(match, storage) {
  const { eventId, matchId, format } = match;
  const key = keyOf(storage.person.id, eventId, matchId);
  const stores = [...new Set(["matches", "log", "known", ...storage.stores])];
  const taken = await inOneTransaction(stores, "readwrite", async (opened) => {
    const former = await opened.log.index("match").getAllKeys(key);
    if (former.length >= match.log.length) return false;
    for (const n of former) await opened.log.delete(n);
    const head = { ...(await opened.matches.get(key)), ...beginning(storage, key, match) };
    await opened.matches.put(await replay(opened, storage, head, match.log));
    if (match.names) await opened.known.put({ eventId, matchId, names: match.names, format, place: "", ...(await opened.known.get([eventId, matchId])) });
    return true;
  });
  if (taken) ringScore(eventId, matchId);
  ring(key);
  return taken;
}

/** @param {StorageAdapter} storage @param {string} key @param {FiledMatch} match */
function beginning({ person }, key, { eventId, matchId, format }) {
  const counted = { revision: 0, saved: 0, sent: 0, acknowledgedAt: null };
  return { key, person: person.id, eventId, matchId, format, fence: null, claimedAt: 0, intended: null, ...counted, practice: false, held: true };
}

/**
 * Every deed once more, in order, each with the state after it and the time at which it was done.
 * @param {Record<string, any>} stores
 * @param {StorageAdapter} storage
 * @param {any} head
 * @param {any[]} log
 */
async function replay(stores, storage, head, log) {
  /** Where an entry of the file has its place now. @type {Map<number, number>} */
  const places = new Map();
  const entries = [];
  let now = head;
  for (const { n: was, match: _, ...deed } of log) {
    const moved = deed.type === "amend" ? { ...deed, of: places.get(deed.of) ?? deed.of } : deed;
    const n = await stores.log.add({ ...moved, match: head.key });
    places.set(was, n);
    entries.push({ ...moved, n });
    const said = saidBy(head.matchId, head.format, entries);
    const news = await storage.put(stores, head.matchId, said, { ...now, n });
    now = { ...now, ...news, saved: now.saved + 1 };
  }
  return now;
}
