// @ts-check
/** Paints the pad: halves, headline, undo. Everything it shows comes from the state. */
import { draw } from "./digits.js";
import { currentSet, pointChip, pointsOf, ruleOfSet, scoreWords, TEAMS, undoLabel } from "./face.js";
import { byId, element, keepOff } from "./fill.js";

/**
 * @typedef {object} Seen
 * @property {import("../volleyball/rules.js").Format} format
 * @property {import("../volleyball/rules.js").State} state
 * @property {import("../volleyball/rules.js").State | null} before  what undo would bring back
 * @property {[string, string]} names
 * @property {1 | 2} left
 * @property {boolean} playable  a point may be tapped now
 * @property {boolean} keeps  this pad holds the claim
 */

export class PadView {
  constructor() {
    this.root = byId("pad");
    this.halves = TEAMS.map((team) => new Half(team));
  }

  /** Who keeps score leaves by letting go; anyone else just leaves. @param {boolean} keeps */
  showWayOut(keeps) {
    const leave = /** @type {HTMLElement} */ (this.root.querySelector(".leave"));
    const letGo = /** @type {HTMLElement} */ (this.root.querySelector("[data-action=release]"));
    if (!keeps && !letGo.hidden) keepOff(leave);
    leave.hidden = keeps;
    letGo.hidden = !keeps;
  }

  /** @param {Seen} seen */
  paint(seen) {
    const { format, state, before, names, left, playable, keeps } = seen;
    const set = currentSet(state);
    this.root.dataset.left = String(left);
    byId("set-name").textContent = `Set ${set.setNumber}`;
    byId("set-rule").textContent = ruleOfSet(format, set.setNumber);
    for (const half of this.halves) half.paint(seen);
    paintChip(seen);
    this.showWayOut(keeps);
    const undo = /** @type {HTMLButtonElement} */ (this.root.querySelector("[data-action=undo]"));
    undo.disabled = !before;
    /** @type {HTMLButtonElement} */ (byId("timeout-tool")).disabled = !playable;
    byId("undo-label").replaceChildren(...unbroken(undoLabel(state, before, left)));
    const words = scoreWords(state, names);
    const region = byId("score-words");
    if (playable && region.textContent !== words) region.textContent = words;
  }
}

/** A line may break before a score, never inside it. @param {string} label */
function unbroken(label) {
  const words = label.split(" ");
  const score = words.pop() ?? "";
  return [...words.map((word) => `${word} `), element("b", {}, [score])];
}

/** @param {Seen} seen */
function paintChip({ format, state, names }) {
  const chip = byId("point-chip");
  const point = pointChip(format, state, names);
  chip.hidden = !point;
  chip.textContent = point?.word ?? "";
  chip.dataset.team = String(point?.team ?? "");
  chip.setAttribute("aria-label", point ? `${point.word} for ${point.name}` : "");
}

class Half {
  /** @param {1 | 2} team */
  constructor(team) {
    this.team = team;
    this.button = /** @type {HTMLButtonElement} */ (document.querySelector(`.half[data-action=point-${team}]`));
    this.digits = /** @type {HTMLElement} */ (this.button.querySelector(".digits"));
    this.svg = /** @type {SVGSVGElement} */ (this.digits.querySelector("svg"));
    this.points = 0;
    this.drawn = "";
    // Measured when it changes, not at every point: that would lay out the page in the middle of painting it.
    this.size = { width: 0, height: 0 };
    new ResizeObserver(() => {
      this.size = { width: this.digits.clientWidth, height: this.digits.clientHeight };
      this.draw();
    }).observe(this.digits);
  }

  /** @param {Seen} seen */
  paint({ format, state, names, playable }) {
    const set = currentSet(state);
    this.points = pointsOf(set, this.team);
    const name = names[this.team - 1];
    const serves = state.serving === this.team;
    this.part(".team").textContent = name;
    this.button.setAttribute("aria-label", `Point for ${name}, now ${this.points}${serves ? ", serving" : ""}`);
    this.button.toggleAttribute("data-serving", serves);
    this.button.disabled = !playable;
    this.digits.dataset.set = String(set.setNumber);
    this.part(".points").textContent = String(this.points);
    this.draw();
    this.part(".sets").replaceChildren(...setsOf(state, this.team));
    const used = state.timeouts[this.team - 1];
    const pips = Array.from({ length: format.timeouts ?? 0 }, (_, n) => element("i", n < used ? { class: "used" } : {}));
    this.part(".pips").replaceChildren(...pips);
  }

  draw() {
    const { width, height } = this.size;
    const wanted = `${this.points} in ${width} × ${height}`;
    if (!width || !height || wanted === this.drawn) return;
    this.drawn = wanted;
    draw(this.svg, this.points, { width, height });
  }

  /** @param {string} selector */
  part(selector) {
    return /** @type {HTMLElement} */ (this.button.querySelector(selector));
  }
}

/**
 * "sets 1 · 23 25": sets won, then this team's points in the sets before this one.
 * @param {import("../volleyball/rules.js").State} state
 * @param {1 | 2} team
 */
function setsOf(state, team) {
  const other = team === 1 ? 2 : 1;
  const past = state.sets.slice(0, -1).map((set) => {
    const points = pointsOf(set, team);
    const attributes = { "data-set": String(set.setNumber), "data-team": String(team) };
    return element(points > pointsOf(set, other) ? "b" : "span", attributes, [String(points)]);
  });
  return ["sets ", element("strong", {}, [String(state.setsWon[team - 1])]), ...past];
}
