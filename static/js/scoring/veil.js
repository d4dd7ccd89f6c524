// @ts-check
/**
 * Lies over the whole pad while it must not score: after the screen slept, and when locked.
 *
 * The first touch only wakes. A locked pad opens when it is held for one second.
 */

const HOLD_MS = 1000;
const WORDS = { asleep: "Touch once to go on", locked: "Locked. Hold one second to unlock" };

export class Veil {
  /**
   * @param {HTMLElement} element
   * @param {import("./taps.js").Guard} guard
   */
  constructor(element, guard) {
    this.element = element;
    this.guard = guard;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.holding = undefined;
    element.addEventListener("pointerdown", (event) => this.press(event));
    for (const end of ["pointerup", "pointercancel", "pointerleave"]) {
      element.addEventListener(end, () => this.letGo());
    }
    element.addEventListener("keydown", (event) => (event.key === " " || event.key === "Enter") && !event.repeat && this.press(event));
    element.addEventListener("keyup", () => this.letGo());
    document.addEventListener("visibilitychange", () => {
      guard.asleep = true;
      this.show();
    });
  }

  lock() {
    this.guard.locked = true;
    this.show();
  }

  /** @param {Event} event */
  press(event) {
    event.preventDefault();
    event.stopPropagation();
    this.guard.asleep = false;
    if (!this.guard.locked) return this.show();
    this.element.toggleAttribute("data-holding", true);
    this.holding = setTimeout(() => {
      this.guard.locked = false;
      this.letGo();
      this.show();
    }, HOLD_MS);
  }

  letGo() {
    clearTimeout(this.holding);
    this.element.removeAttribute("data-holding");
  }

  show() {
    const { asleep, locked } = this.guard;
    this.element.hidden = !asleep && !locked;
    this.element.dataset.veil = locked ? "locked" : "asleep";
    this.element.textContent = locked ? WORDS.locked : WORDS.asleep;
    if (!this.element.hidden) this.element.focus({ preventScroll: true });
  }
}
