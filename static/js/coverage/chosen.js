// @ts-check
/** What one can do with the match one has chosen, as buttons: the same as with a finger. */
import { timeOf, titleOf } from "./words.js";

/** @typedef {import("./facts.js").Match} Match */

/**
 * @param {HTMLElement} place
 * @param {Match} match
 * @param {{planned: boolean, shot: boolean, base: string, instead: {match: Match, clashes: number, covers: number}[]}} about
 */
export function paintChosen(place, match, { planned, shot, base, instead }) {
  const open = Object.assign(document.createElement("a"), { className: "button", href: `${base}/matches/${match.id}`, textContent: "Open match" });
  const head = Object.assign(document.createElement("p"), { className: "row spread" });
  const name = document.createElement("span");
  name.append(Object.assign(document.createElement("b"), { textContent: `${timeOf(match)} ${match.where}` }), ` ${titleOf(match)}`);
  head.append(name, button("close", "Close"));
  const deeds = Object.assign(document.createElement("p"), { className: "row wrap" });
  if (planned) deeds.append(button("shot", shot ? "Not shot after all" : "Shot it"), button("remove", "Take out of the plan"));
  else deeds.append(button("add", "Put into the plan", match.id, "primary"));
  deeds.append(open);
  place.dataset.match = String(match.id);
  place.replaceChildren(head, deeds);
  if (planned && instead.length) place.append(...swaps(instead));
  place.hidden = false;
}

/** @param {{match: Match, clashes: number, covers: number}[]} instead */
function swaps(instead) {
  const list = Object.assign(document.createElement("ul"), { className: "swaps" });
  for (const { match, clashes } of instead) {
    const item = document.createElement("li");
    const words = document.createElement("span");
    words.append(Object.assign(document.createElement("b"), { textContent: `${timeOf(match)} ${match.where}` }), ` ${titleOf(match)} `);
    words.append(Object.assign(document.createElement("small"), { className: clashes ? "bad" : "good", textContent: clashes ? "clashes" : "no clash" }));
    item.append(words, button("swap", "Take this", match.id));
    list.append(item);
  }
  return [Object.assign(document.createElement("p"), { className: "label", textContent: "Or instead of it" }), list];
}

/** @param {string} deed @param {string} word @param {number} [id] @param {string} [kind] */
function button(deed, word, id, kind = "") {
  const made = Object.assign(document.createElement("button"), { className: `button ${kind}`.trim(), type: "button", textContent: word });
  made.dataset.do = deed;
  if (id !== undefined) made.dataset.with = String(id);
  return made;
}
