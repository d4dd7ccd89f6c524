// @ts-check
/** Whom I mean to cover, and who of them is not in my plan yet. */
import { followedAt } from "../following/store.js";
import { knownMatches } from "../storage/known.js";

/** @typedef {import("./merge.js").Plan} Plan */

/** The teams I mean to cover; null: all of the event. @param {string} eventId @param {Plan} plan @param {number[]} [told]  whom I follow, should this device not know yet @returns {Set<number> | null} */
export function wantedTeams(eventId, { aim, aimTeams }, told = []) {
  if (aim === "all") return null;
  if (aim !== "followed") return new Set(aimTeams);
  const here = followedAt(eventId);
  const followed = here.length ? here : told;
  return followed.length ? new Set(followed) : null;
}

/** Teams that play in my plan, as far as this phone and this page know. @param {string} eventId @param {Plan} plan */
export async function coveredTeams(eventId, { selectedMatches }) {
  const planned = new Set(selectedMatches);
  const known = await knownMatches(eventId).catch(() => []);
  const teams = new Set(known.filter(({ matchId }) => planned.has(matchId)).flatMap((match) => match.teams ?? []));
  for (const card of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("article.match"))) {
    if (planned.has(Number(card.dataset.match))) teamsOn(card).forEach((team) => teams.add(team));
  }
  return teams;
}

/** @param {HTMLElement} card */
export function teamsOn(card) {
  return (card.dataset.team ?? "").split(" ").filter(Boolean).map(Number);
}
