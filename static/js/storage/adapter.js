// @ts-check
/**
 * Where scores, claims and plans live: one interface, three ways to keep them.
 *
 * `local`: on this device and nowhere else. `hybrid`: this device first, the server when there
 * is a way. `backend`: the server is the truth, this device its cache and its outbox.
 */
import { BackendStorage } from "./backend.js";
import { HybridStorage } from "./hybrid.js";
import { LocalStorage } from "./local.js";
import { modeInForce } from "./mode.js";

/**
 * @typedef {import("./mode.js").Mode} Mode
 * @typedef {import("../sync/session.js").Person} Person
 * @typedef {import("../scoring/paint.js").Score & {eventId: string}} MatchScore
 * @typedef {import("../sync/ask.js").Answer} Answer
 *
 * @typedef {object} Said  A score as somebody says it: the fields of `POST …/scores`, and what follows from them.
 * @property {Record<string, any>} body
 * @property {any} format
 * @property {[number, number]} setsWon
 * @property {1 | 2 | null} winner
 *
 * @typedef {object} Watching
 * @property {number[]} [matches]  only these
 * @property {number} [since]  `seq` of what is shown already
 * @property {string} [person]  who looks, "" for nobody: then known and own scores are shown too
 * @property {(score: any) => void} [onScore]
 * @property {(claim: any) => void} [onClaim]
 * @property {(schedule: any) => void} [onSchedule]
 * @property {(state: {connected: boolean, since: number}) => void} [onState]
 * @property {(serverTime: number) => void} [onTime]
 *
 * @typedef {object} StorageAdapter  of one event and one person
 * @property {Mode} mode
 * @property {string} eventId
 * @property {Person} person
 * @property {(matchId: number, said: Said) => Promise<void>} saveScore
 *   on the disk when it returns; sent when there is a way, if it is ever sent
 * @property {(body: Record<string, any>) => Promise<MatchScore | null>} sendNow
 *   past a disk that is full: what the server answers, or nothing while older points wait or nobody answers
 * @property {(matchId: number) => Promise<MatchScore | null>} getScore
 * @property {(eventId?: string) => Promise<Map<number, MatchScore>>} getAllScores
 * @property {(matchId: number, part?: {limit?: number, offset?: number}) => Promise<Answer>} history  `GET …/history`
 * @property {(watching: Watching) => void} watch  what changes, as it changes, as long as the page lives
 * @property {(matchId: number) => Promise<Answer>} claim  each of these answers as the API does
 * @property {(matchId: number) => Promise<Answer>} getClaim
 * @property {(matchId: number) => Promise<Answer>} releaseClaim
 * @property {(matchId: number) => Promise<Answer>} askTakeover
 * @property {(matchId: number) => Promise<Answer>} refuseTakeover
 * @property {() => Promise<any[]>} getAllClaims
 * @property {(plan: {selectedMatches: number[]}) => Promise<void>} savePlan
 * @property {() => Promise<{selectedMatches: number[]} | null>} getPlan
 * @property {string[]} stores  that {@link StorageAdapter.put} writes
 * @property {(stores: Record<string, any>, matchId: number, said: Said, head?: any) => Promise<any>} put
 *   `saveScore` inside a transaction of the caller's, who also keeps a log; gives back what the
 *   head of that log has to remember
 */

const MADE = { local: LocalStorage, hybrid: HybridStorage, backend: BackendStorage };

/**
 * The storage this person chose, of what this server offers.
 * @param {string} eventId
 * @param {Person | null} person
 * @param {Mode} [mode]
 * @returns {StorageAdapter}
 */
export function storageOf(eventId, person, mode = modeInForce()) {
  return new MADE[mode](eventId, person ?? { id: "", name: "" });
}
