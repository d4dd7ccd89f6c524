// @ts-check
/** "Download my log": everything this phone knows of the match, in the form that can be imported. */
import { exportAll } from "../storage/file.js";
import { download } from "../web/download.js";

/** @param {{person: string, eventId: string, matchId: number}} match */
export async function downloadLog({ person, eventId, matchId }) {
  const wanted = (/** @type {any} */ head) => head.person === person && head.eventId === eventId && head.matchId === matchId;
  const whole = await exportAll(wanted);
  const ofMatch = (/** @type {any} */ one) => one.eventId === eventId && one.matchId === matchId;
  const { scores, claims } = whole;
  download({ ...whole, scores: scores.filter(ofMatch), claims: claims.filter(ofMatch), coveragePlans: [], others: [] }, `courtsync-${matchId}`);
}
