// @ts-check
/** What lies over the halves when a point is not what comes next. One at a time, from the state. */
import { byId, fill, filled, keepOff } from "./fill.js";
import { wordsFor } from "./panel-words.js";
import { matchOver } from "../volleyball/rules.js";

/** @typedef {import("./pad.js").Pad} Pad */

/**
 * Which panel, if any.
 * @param {Pad} pad
 * @returns {string | null}
 */
export function panelFor(pad) {
  const { boot, game, link, sending } = pad;
  const { state } = game;
  if (sending.broken) return "broken";
  if (boot.practice && !game.head) return "practice";
  if (!pad.storage.person.id) return boot.shell ? "newcomer" : "sign-in";
  if (game.head && state.signedOff) return "match-end";
  if (!pad.keeps) {
    if (link.lease.holder === "other") return "held";
    return link.lease.reachable ? "claim" : "unreachable";
  }
  if (state.status === "completed" || isDecided(game)) return "match-end";
  return state.setEnded ? "set-end" : null;
}

/** No set is left to begin: a match that was opened again. @param {import("./game.js").Game} game */
function isDecided({ format, state }) {
  return state.setEnded && matchOver(format, state.setsWon, state.sets.length);
}

export class Panels {
  constructor() {
    this.element = byId("panel");
    /** @type {string | null} */
    this.shown = null;
  }

  /** @param {Pad} pad */
  paint(pad) {
    const kind = panelFor(pad);
    const words = { names: pad.boot.names, left: pad.left, ...wordsFor(kind, pad) };
    if (kind !== this.shown) {
      this.shown = kind;
      this.element.replaceChildren(...(kind ? [filled(`panel-${kind}`, words)] : []));
      this.element.hidden = !kind;
      this.element.dataset.panel = kind ?? "";
      prepare(kind, this.element, pad);
      if (kind) keepOff(this.element, () => this.element.focus({ preventScroll: true }));
    } else if (kind) {
      fill(this.element, words);
    }
    return kind;
  }
}

/** @param {string | null} kind @param {HTMLElement} panel @param {Pad} pad */
function prepare(kind, panel, pad) {
  if (kind === "set-end") {
    const ends = /** @type {HTMLInputElement | null} */ (panel.querySelector("[name=ends]"));
    if (ends) ends.checked = pad.game.format.endsBetweenSets;
  } else if (kind === "match-end") {
    const name = /** @type {HTMLInputElement | null} */ (panel.querySelector("[name=name]"));
    if (name) name.value = pad.boot.person?.name ?? "";
  } else if (kind === "practice") {
    const select = panel.querySelector("select");
    select?.append(...pad.boot.presets.map((preset) => new Option(preset.label, preset.id, preset.usual, preset.usual)));
  }
}
