// @ts-check
/** The big scoreboard of the match page: what `paint` does not know of. */

import { flash, runningSet, setText, statusOf } from "../scoring/paint.js";
import { matchPoint, setPoint } from "../volleyball/moments.js";
import { announce } from "../web/announce.js";

/** @typedef {import("../scoring/paint.js").Score} Score */

/** Its data attributes hold the words for each provenance. */
const trust = /** @type {HTMLElement | null} */ (document.querySelector("#trust"));
const names = [1, 2].map((team) => document.querySelector(`[data-face="${team}"] h2`)?.textContent?.trim() ?? "");

/** @param {Score} score @param {boolean} news  whether anyone has to be told */
export function paintScoreboard(score, news) {
  const live = score.status === "in-progress";
  const last = score.sets.at(-1);
  const digits = live && last ? [last.team1Score, last.team2Score] : score.status === "completed" ? score.setsWon : ["–", "–"];
  for (const team of [1, 2]) {
    const place = document.querySelector(`[data-digits="${team}"]`);
    if (setText(place, String(digits[team - 1])) && place) flash(place);
    setText(document.querySelector(`[data-sets-won="${team}"]`), String(score.setsWon[team - 1]));
    document.querySelector(`[data-face="${team}"]`)?.classList.toggle("won", score.winner === team);
    paintPips(team, live ? score.format.timeouts : 0, score.timeouts?.[team - 1] ?? 0);
  }
  const sets = document.querySelector("#sets");
  if (sets instanceof HTMLElement) sets.hidden = score.status === "not-started";
  setText(trust, trust?.dataset[score.provenance] ?? "");
  setText(document.querySelector("#author"), score.lastUpdatedBy ? ` · ${score.lastUpdatedBy}` : "");
  paintPointWord(score);
  if (news) announce(inWords(score, digits));
}

/** @param {number} team @param {number} all @param {number} used */
function paintPips(team, all, used) {
  const place = document.querySelector(`[data-timeouts="${team}"]`);
  const pips = Array.from({ length: all }, (_, index) => {
    return Object.assign(document.createElement("i"), { className: index < used ? "used" : "" });
  });
  place?.replaceChildren(...pips);
}

/** "Set point Harbor" while it is one. @param {Score} score */
function paintPointWord(score) {
  const place = document.querySelector("#point-word");
  if (!(place instanceof HTMLElement)) return;
  const state = stateOf(score);
  const team = runningSet(score) ? /** @type {const} */ ([1, 2]).find((slot) => setPoint(score.format, state, slot)) : undefined;
  place.hidden = team === undefined;
  if (team !== undefined) {
    place.textContent = `${matchPoint(score.format, state, team) ? "Match point" : "Set point"} ${names[team - 1]}`;
  }
}

/** A score document as the rules see a match. @param {Score} score @returns {any} */
function stateOf(score) {
  const sets = score.sets.map((set) => ({ ...set, completed: set.completedAt != null }));
  return { ...score, sets, setEnded: false };
}

/** @param {Score} score @param {(number | string)[]} digits */
function inWords(score, digits) {
  const where = score.status === "in-progress" ? `set ${score.sets.length}` : statusOf(score);
  return `${names[0]} ${digits[0]}, ${names[1]} ${digits[1]}, ${where}`;
}
