// @ts-check
/** A proposal, as the page shows it. */
import { clockTime } from "../web/clock-time.js";
import { show } from "./paint.js";
import { fill, part } from "./words.js";

const STAYS = { whole: "whole matches", set: "one set each", short: "ten minutes each" };

/** @param {HTMLElement} place @param {any} proposal */
export function paintProposal(place, proposal) {
  const { matches, teamsCovered, teamsWanted, walkMinutes, mostPossible, stay, uncovered, dropped } = proposal;
  const mine = matches.filter((/** @type {any} */ match) => match.photographer === null);
  fill(place, {
    covers: matches.length ? `Covers ${teamsCovered} of ${teamsWanted} teams` : "Nothing left to propose for this day",
    cost: [count(mine.length, "match", "matches"), STAYS[/** @type {"whole"} */ (stay)], `${walkMinutes} min on foot`, clashWords(proposal), mostPossible && matches.length ? "nobody could cover more" : ""].filter(Boolean).join(" · "),
  });
  const clashing = new Set(proposal.clashes.flat());
  place.querySelector("#proposed")?.replaceChildren(...matches.map((/** @type {any} */ match) => item(match, clashing)));
  list(place, "dropped", dropped, `${count(dropped.length, "match", "matches")} of your plan left out`, "title");
  list(place, "uncovered", uncovered, `${count(uncovered.length, "team", "teams")} not covered, and why`, "name");
}

/** @param {any} proposal */
function clashWords({ clashes }) {
  return clashes.length ? `${count(clashes.length, "clash", "clashes")} among what you keep` : "no clashes";
}

/** @param {any} match @param {Set<number>} clashing */
function item(match, clashing) {
  const line = part("proposed");
  const news = match.photographer === null && !match.inPlan;
  line.dataset.match = String(match.matchId);
  line.toggleAttribute("data-new", news);
  line.toggleAttribute("data-clash", clashing.has(match.matchId));
  fill(line, {
    time: clockTime(match.arrivesAt),
    new: match.photographer ?? (clashing.has(match.matchId) ? "clash" : news ? "new" : ""),
    place: match.place,
    title: match.title,
    why: match.reasons.join(" · "),
  });
  return line;
}

/** @param {HTMLElement} place @param {string} name @param {any[]} lines @param {string} words @param {string} what */
function list(place, name, lines, words, what) {
  const box = /** @type {HTMLDetailsElement} */ (place.querySelector(`#proposal-${name}`));
  show(box, lines.length > 0);
  fill(box, { [name]: words });
  box.querySelector("ul")?.replaceChildren(...lines.map((line) => {
    const entry = Object.assign(document.createElement("li"), { textContent: line[what] });
    entry.append(Object.assign(document.createElement("small"), { textContent: line.reason }));
    return entry;
  }));
}

/** @param {number} number @param {string} one @param {string} many */
function count(number, one, many) {
  return `${number} ${number === 1 ? one : many}`;
}
