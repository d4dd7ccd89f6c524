// @ts-check
/**
 * Turns touches into single, meant acts.
 *
 * A control acts when the finger goes down, then rests, so that a double tap counts once. The
 * touch that wakes a sleeping screen, and any touch on a locked pad, does nothing.
 */

export const SHORTEST_REST_MS = 400;
export const LONGEST_REST_MS = 1500;
/** A click this soon after a press is the same touch, reported a second time. */
const ECHO_MS = 1000;

/** Which acts may happen now. Pure: the time is handed in. */
export class Guard {
  constructor(rest = SHORTEST_REST_MS) {
    this.rest = Math.min(LONGEST_REST_MS, Math.max(SHORTEST_REST_MS, rest));
    this.asleep = false;
    this.locked = false;
    /** @type {Map<string, number>} */
    this.last = new Map();
  }

  /**
   * @param {string} act
   * @param {number} now
   * @returns {"go" | "resting" | "woken" | "locked"}
   */
  judge(act, now) {
    if (this.locked) return "locked";
    if (this.asleep) {
      this.asleep = false;
      return "woken";
    }
    if (now - (this.last.get(act) ?? -Infinity) < this.rest) return "resting";
    this.last.set(act, now);
    return "go";
  }
}

/**
 * Call `act` once per touch, key press or screen reader's click on `[data-action]` in `root`.
 * @param {HTMLElement} root
 * @param {Guard} guard
 * @param {(action: string, control: HTMLElement) => void} act
 * @param {(action: string, verdict: "resting" | "woken" | "locked") => void} refused
 */
export function listen(root, guard, act, refused) {
  /** @type {{control: HTMLElement | null, at: number}} */
  let pressed = { control: null, at: -Infinity };

  /** @param {HTMLElement} control @param {number} now */
  const attempt = (control, now) => {
    const action = control.dataset.action ?? "";
    const verdict = guard.judge(action, now);
    if (verdict !== "go") return refused(action, verdict);
    control.toggleAttribute("data-resting", true);
    setTimeout(() => control.removeAttribute("data-resting"), guard.rest);
    act(action, control);
  };

  root.addEventListener("pointerdown", (event) => {
    const control = controlOf(event);
    if (!control || !event.isPrimary || event.button !== 0) return;
    pressed = { control, at: event.timeStamp };
    attempt(control, event.timeStamp);
  });
  root.addEventListener("click", (event) => {
    const control = controlOf(event);
    if (!control) return;
    const echo = control === pressed.control && event.timeStamp - pressed.at < ECHO_MS;
    if (!echo && event.detail === 0) attempt(control, event.timeStamp);
  });
  // A long press must not open the browser's menu over the score.
  root.addEventListener("contextmenu", (event) => controlOf(event) && event.preventDefault());
}

/** @param {Event} event @returns {HTMLButtonElement | null} */
function controlOf(event) {
  const target = /** @type {Element} */ (event.target);
  const control = /** @type {HTMLButtonElement | null} */ (target.closest("[data-action]"));
  return control && !control.disabled ? control : null;
}
