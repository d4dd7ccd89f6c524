// @ts-check
/** Teams that must be in a proposal: chips of those I want, once they are asked for. */
import { fill } from "./words.js";

const MOST = 60;

/** @typedef {{facts: import("./facts.js").Facts, wanted: number[]}} Known */

/** @param {() => Promise<Known>} known */
export function startMust(known) {
  const box = /** @type {HTMLElement} */ (document.getElementById("must"));
  const chips = /** @type {HTMLElement} */ (document.getElementById("must-teams"));
  box.addEventListener("toggle", async () => chips.childElementCount || offer(chips, await known()));
  chips.addEventListener("change", () => {
    const number = chips.querySelectorAll(":checked").length;
    fill(box, { must: number ? ` (${number})` : "" });
  });
}

/** @param {HTMLElement} chips @param {Known} known */
function offer(chips, { facts, wanted }) {
  const named = wanted.map((id) => ({ id, name: facts.teams.get(id)?.name ?? "" }));
  named.sort((one, other) => one.name.localeCompare(other.name));
  chips.replaceChildren(...named.slice(0, MOST).map(({ id, name }) => chip(id, name)));
  if (named.length > MOST) chips.append(Object.assign(document.createElement("p"), { className: "quiet", textContent: "Follow teams or choose a club, and this list gets shorter." }));
}

/** @param {number} id @param {string} name */
function chip(id, name) {
  const label = Object.assign(document.createElement("label"), { className: "chip" });
  const box = Object.assign(document.createElement("input"), { type: "checkbox", name: "must", value: String(id) });
  label.append(box, Object.assign(document.createElement("span"), { textContent: name }));
  return label;
}
