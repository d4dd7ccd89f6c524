// @ts-check
/** The two forms in which a score is typed: one set corrected, or the whole result. */
import { currentSet, pointsOf, TEAMS } from "./face.js";
import { element } from "./fill.js";

/** @typedef {import("./pad.js").Pad} Pad */

/** @param {HTMLElement} dialog @param {Pad} pad */
export function buildCorrection(dialog, { game }) {
  const form = /** @type {HTMLFormElement} */ (dialog.querySelector("form"));
  const select = /** @type {HTMLSelectElement} */ (form.elements.namedItem("set"));
  const last = currentSet(game.state).setNumber;
  select.append(...game.state.sets.map(({ setNumber: n }) => new Option(`Set ${n}`, String(n), n === last, n === last)));
  const show = () => {
    const set = game.state.sets[Number(select.value) - 1];
    for (const team of TEAMS) {
      /** @type {HTMLInputElement} */ (form.elements.namedItem(`team${team}`)).value = String(pointsOf(set, team));
    }
    /** @type {HTMLInputElement} */ (form.elements.namedItem("completed")).checked = set.completed;
  };
  select.addEventListener("change", show);
  show();
}

/** @param {HTMLElement} dialog @param {Pad} pad */
export function buildFinal(dialog, { game, boot, left }) {
  const place = /** @type {HTMLElement} */ (dialog.querySelector(".final-sets"));
  const order = left === 1 ? TEAMS : [...TEAMS].reverse();
  place.append(element("p", { class: "final-row names" }, [element("span"), ...order.map((team) => element("b", {}, [boot.names[team - 1]]))]));
  for (let n = 1; n <= game.format.setsMax; n += 1) {
    const inputs = order.map((team) =>
      element("input", {
        class: "input",
        name: `set${n}-${team}`,
        type: "number",
        inputmode: "numeric",
        min: "0",
        max: "99",
        "aria-label": `Set ${n}, ${boot.names[team - 1]}`,
      }),
    );
    place.append(element("p", { class: "final-row" }, [element("span", {}, [`Set ${n}`]), ...inputs]));
  }
}
