// @ts-check
/** What one does on the Coverage page, by finger, button or key: all of it ends in the plan. */
import { announce } from "../web/announce.js";
import { toast } from "../web/toast.js";
import { startDragging } from "./drag.js";
import { change } from "./plan.js";
import { titleOf } from "./words.js";

/** @typedef {import("./sketch.js").Sketch} Sketch */

/** @param {Sketch} sketch */
export function startDeeds(sketch) {
  const deeds = new Deeds(sketch);
  document.addEventListener("click", (event) => deeds.clicked(event));
  document.getElementById("stay")?.addEventListener("change", ({ target }) => {
    void deeds.do({ stay: /** @type {any} */ (target).value });
  });
  document.getElementById("aim")?.addEventListener("change", ({ target }) => {
    const aim = /** @type {HTMLSelectElement} */ (target).value;
    void deeds.do({ aim, aimTeams: ["followed", "all"].includes(aim) ? [] : sketch.clubTeams(aim) });
  });
  document.getElementById("show-others")?.addEventListener("change", () => sketch.sketch());
  startDragging(/** @type {HTMLElement} */ (document.getElementById("timeline")), {
    choose: (id, block) => deeds.choose(id, block),
    lift: (id) => deeds.lift(id),
    drop: (id, onto) => deeds.drop(id, onto),
  });
  document.addEventListener("keydown", ({ key }) => key === "Escape" && sketch.chosen !== null && deeds.close());
}

class Deeds {
  /** Where the focus came from. @type {HTMLElement | SVGElement | null} */ #from = null;

  /** @param {Sketch} sketch */
  constructor(sketch) {
    this.sketch = sketch;
  }

  /** @param {import("./merge.js").Changes} changes @param {string} [words] */
  async do(changes, words) {
    await change(this.sketch.eventId, changes);
    if (words) announce(words);
  }

  /** @param {MouseEvent} event */
  clicked(event) {
    const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-do], [data-open]"));
    if (!button) return;
    const name = button.dataset.do ?? "open";
    const match = /** @type {HTMLElement | null} */ (button.closest("[data-match]"))?.dataset.match;
    const deed = this.#deeds[name];
    if (deed) deed(Number(button.dataset.with ?? match), button, Number(match));
  }

  /** @type {Record<string, (id: number, button: HTMLElement, chosen: number) => unknown>} */
  #deeds = {
    shot: (id) => this.shoot(id),
    "shot-now": () => this.shoot(Number(document.getElementById("now")?.dataset.match)),
    more: (id, button) => (this.sketch.chosen === id ? this.close() : this.choose(id, button)),
    keep: (id, button) => this.keep(id, /** @type {HTMLElement} */ (button.closest(".clash"))),
    add: (id) => this.do({ added: [id] }, `${this.title(id)} is in the plan`),
    remove: (id) => this.remove(id),
    swap: (id, _button, chosen) => this.swap(chosen, id),
    close: () => this.close(),
    open: () => document.getElementById("teams")?.setAttribute("open", ""),
  };

  /** @param {number} id */
  title(id) {
    const match = this.sketch.facts.matches.get(id);
    return match ? titleOf(match) : "The match";
  }

  /** @param {number} id */
  shoot(id) {
    const shot = this.sketch.plan?.shot.includes(id);
    return this.do(shot ? { unshot: [id] } : { shot: [id] }, shot ? "Not shot" : `Shot: ${this.title(id)}`);
  }

  /** Of two in each other's way. @param {number} id @param {HTMLElement} clash */
  keep(id, { dataset: { first, second } }) {
    return this.remove(Number(first) === id ? Number(second) : Number(first));
  }

  /** @param {number} id */
  async remove(id) {
    if (this.sketch.chosen === id) this.close();
    await this.do({ removed: [id] });
    toast(`Out of the plan: ${this.title(id)}`);
  }

  /** @param {number} from @param {number} to */
  async swap(from, to) {
    this.close();
    await this.do({ removed: [from], added: [to] });
    toast(`Instead: ${this.title(to)}`);
  }

  /** @param {number} id @param {Element} from */
  choose(id, from) {
    this.#from = /** @type {HTMLElement} */ (from);
    this.sketch.choose(id);
    const panel = document.getElementById("chosen");
    panel?.scrollIntoView({ block: "nearest" });
    if (from.matches(":focus-visible")) panel?.querySelector("button")?.focus();
  }

  close() {
    this.sketch.choose(null);
    if (this.#from?.isConnected) this.#from.focus({ preventScroll: true });
    this.#from = null;
  }

  /** @param {number} id */
  lift(id) {
    show("bin", true);
    this.sketch.choose(id, { underFinger: true });
  }

  /** @param {number} id @param {number | "bin" | null} onto */
  drop(id, onto) {
    show("bin", false);
    this.sketch.choose(null);
    if (onto === "bin") void this.remove(id);
    else if (onto !== null) void this.swap(id, onto);
  }
}

/** @param {string} id @param {boolean} shown */
function show(id, shown) {
  const place = document.getElementById(id);
  if (place) place.hidden = !shown;
}
