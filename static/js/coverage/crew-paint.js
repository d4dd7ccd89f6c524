// @ts-check
/** A crew, as the Coverage page shows it. */
import { serverNow } from "../web/clock.js";
import { isAhead } from "./day.js";
import { show } from "./paint.js";
import { fill, part, timeOf, titleOf } from "./words.js";

/**
 * @typedef {{name: string | null, link: string | null, members: {displayName: string, me: boolean, matches: number}[], matches: {matchId: number, photographer: string, mine: boolean}[]}} Crew
 * @typedef {import("./sketch.js").Sketch} Sketch
 */

/** @param {HTMLElement} place @param {Crew} crew @param {boolean} invited */
export function paintCrew(place, crew, invited) {
  const inside = crew.name !== null;
  if (inside) fill(place, { about: crew.name ?? "" });
  place.querySelector('[data-slot="about"]')?.classList.toggle("quiet", !inside);
  show(place.querySelector("#join-crew"), invited && !inside);
  show(place.querySelector("#make-crew"), !inside);
  show(place.querySelector("#in-crew"), inside);
  show(place.querySelector("#crew-link"), crew.link !== null);
  show(place.querySelector("#crew-closed"), inside && crew.link === null);
  place.querySelector("#crew-members")?.replaceChildren(...crew.members.map(member));
  show(document.getElementById("with-crew"), inside && crew.members.length > 1);
}

/** @param {Crew["members"][number]} one */
function member({ displayName, me, matches }) {
  const item = document.createElement("li");
  item.toggleAttribute("data-me", me);
  item.append(me ? `${displayName} (you) ` : `${displayName} `, Object.assign(document.createElement("small"), { textContent: `${matches} ${matches === 1 ? "match" : "matches"}` }));
  return item;
}

/** What two have planned, and what others have; on the list of stops as well. @param {HTMLElement} place @param {Crew} crew @param {Sketch} sketch */
export function paintMatches(place, { matches }, { plan, facts, name: day }) {
  if (!plan) return;
  const others = matches.filter(({ mine, matchId }) => {
    const match = facts.matches.get(matchId);
    return !mine && match && isAhead(match, plan, serverNow());
  });
  const planned = new Set(plan.selectedMatches);
  const doubles = others.filter(({ matchId }) => planned.has(matchId));
  list(place, "doubles", doubles.map((one) => double(one, /** @type {any} */ (facts.matches.get(one.matchId)))));
  const theirs = others.filter(({ matchId }) => facts.matches.get(matchId)?.day === day && !planned.has(matchId));
  fill(place, { others: `What the others have on this day: ${theirs.length}` });
  list(place, "others", theirs.map(({ matchId, photographer }) => {
    const match = /** @type {any} */ (facts.matches.get(matchId));
    return Object.assign(document.createElement("li"), { textContent: `${photographer}: ${timeOf(match)} ${match.where}, ${titleOf(match)}` });
  }));
  mark(new Map(doubles.map(({ matchId, photographer }) => [String(matchId), photographer])));
}

/** @param {Crew["matches"][number]} one @param {import("./facts.js").Match} match */
function double({ matchId, photographer }, match) {
  const item = part("double");
  item.dataset.match = String(matchId);
  fill(item, { time: timeOf(match), place: match.where, title: titleOf(match), who: `${photographer} has it` });
  item.querySelector('[data-crew="over"]')?.setAttribute("aria-label", `Take over ${titleOf(match)}`);
  item.querySelector('[data-crew="yield"]')?.setAttribute("aria-label", `Leave ${titleOf(match)} to ${photographer}`);
  return item;
}

/** @param {HTMLElement} place @param {string} name @param {HTMLElement[]} items */
function list(place, name, items) {
  const box = place.querySelector(`#crew-${name}`);
  show(box, items.length > 0);
  box?.querySelector("ul")?.replaceChildren(...items);
}

/** @param {Map<string, string>} taken  by whom */
function mark(taken) {
  for (const stop of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("#stops > .stop"))) {
    stop.querySelector(".has-it")?.remove();
    const who = taken.get(stop.dataset.match ?? "");
    if (who) stop.querySelector(".what")?.append(Object.assign(document.createElement("span"), { className: "has-it", textContent: `${who} has it too` }));
  }
}
