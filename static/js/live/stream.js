// @ts-check
/**
 * Follow an event: what this phone knows of it at once, then whatever happens, from the stream
 * that the tabs of this browser share.
 *
 * @typedef {object} Listener
 * @property {number[]} [matches]  only these matches
 * @property {number} [since]  `seq` of what the page already shows; without it a snapshot comes first
 * @property {string} [person]  who looks, "" for nobody; only then known and own scores are shown
 * @property {(doc: any) => void} [onScore]
 * @property {(doc: any) => void} [onClaim]
 * @property {(doc: any) => void} [onSchedule]
 * @property {(state: import("./source.js").StreamState) => void} [onState]
 * @property {(serverTime: number) => void} [onTime]  the server's clock, with each snapshot
 */
import { Kept } from "./kept-scores.js";
import { Siblings } from "./siblings.js";

/** @param {string} eventId @param {Listener} listener */
export function follow(eventId, listener) {
  const wanted = listener.matches ? new Set(listener.matches) : null;
  const wants = (/** @type {{matchId: number}} */ doc) => !wanted || wanted.has(doc.matchId);
  const show = (/** @type {any} */ doc) => wants(doc) && listener.onScore?.(doc);
  const kept = listener.person === undefined ? null : new Kept(listener.person, eventId, show, listener.since ?? 0);
  let shown = listener.since ?? 0;

  const hear = (/** @type {string} */ name, /** @type {any} */ doc) => {
    if (name === "snapshot") {
      listener.onTime?.(doc.serverTime);
      for (const score of doc.scores) hear("score-update", score);
      for (const claim of doc.claims) hear("claim-update", claim);
    } else if (name === "score-update") {
      if (kept) kept.heard(doc);
      else show(doc);
    } else if (name === "claim-update") {
      if (wants(doc)) listener.onClaim?.(doc);
    } else listener.onSchedule?.(doc);
  };
  const siblings = new Siblings(
    eventId,
    { matches: listener.matches ?? null, since: () => shown },
    {
      news(name, doc, seq) {
        shown = Math.max(shown, seq);
        hear(name, doc);
      },
      state: (state) => listener.onState?.(state),
    },
  );
  const look = () => {
    if (document.hidden) return siblings.hidden();
    kept?.look();
    siblings.shown();
  };
  document.addEventListener("visibilitychange", look);
  for (const sign of ["online", "pageshow", "focus"]) addEventListener(sign, look);
}
