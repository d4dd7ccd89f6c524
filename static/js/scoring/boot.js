// @ts-check
/**
 * What a pad begins with: the page brings it, or, where the page is the empty shell that is kept
 * on the phone, this phone's own knowledge of the match its address names.
 */
import { knownMatch, rememberMatch } from "../storage/known.js";
import { rememberedPerson, rememberPerson } from "../sync/session.js";
import { all, byId } from "./fill.js";

/** @typedef {import("./pad.js").Boot} Boot */

const OF_A_MATCH = /^\/events\/([A-Za-z0-9_-]{1,64})\/matches\/(-?\d+)\/score$/;
const IN_THE_SHELL = /^#([A-Za-z0-9_-]{1,64})\/(-?\d+)$/;

/**
 * Which match an address is about: `/events/lakeside/matches/-7/score` or `/pad#lakeside/-7`.
 * @param {{pathname: string, hash: string}} address
 */
export function matchOf({ pathname, hash }) {
  const found = OF_A_MATCH.exec(pathname) ?? IN_THE_SHELL.exec(hash);
  return found && { eventId: found[1], matchId: Number(found[2]) };
}

/** @returns {Promise<Boot | null>}  null: this phone does not know the match */
export async function boot() {
  const brought = JSON.parse(byId("boot").textContent ?? "null");
  if (!brought.shell) {
    // Not waited for: storage that does not answer is the pad's to tell.
    remember(brought).catch(() => undefined);
    return brought;
  }
  const asked = matchOf(location);
  const known = asked && (await knownMatch(asked.eventId, asked.matchId).catch(() => undefined));
  if (!known) return null;
  const person = await rememberedPerson().catch(() => null);
  const begun = { ...brought, ...known, person };
  dress(begun);
  return begun;
}

/** @param {Boot} boot */
async function remember({ practice, person, eventId, matchId, names, format, place }) {
  if (practice) return;
  await rememberMatch({ eventId, matchId, names, format, place });
  if (person) await rememberPerson(person);
}

/** Put the match's names and ways into the shell. @param {Boot} boot */
function dress({ eventId, matchId, names, place }) {
  const back = `/events/${eventId}/matches/${matchId}`;
  byId("place").textContent = place;
  byId("pad").dataset.match = String(matchId);
  document.title = `Keep score · ${names.join(" – ")} · CourtSync`;
  const ways = /** @type {Record<string, string>} */ ({ back, "sign-in": `/sign-in?next=${encodeURIComponent(back + "/score")}` });
  const templates = /** @type {HTMLTemplateElement[]} */ ([...document.querySelectorAll("template")]);
  for (const root of [document, ...templates.map(({ content }) => content)]) {
    for (const link of all(root, "a[data-way]")) link.setAttribute("href", ways[link.dataset.way ?? ""]);
  }
  document.querySelectorAll(".half .team").forEach((team, index) => (team.textContent = names[index]));
  const title = document.querySelector("h1");
  if (title) title.textContent = `Keep score: ${names.join(" against ")}`;
}
