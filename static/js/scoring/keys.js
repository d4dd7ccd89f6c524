// @ts-check
/** Keyboards and presenter remotes: ← → points, Z undo, F flip, Space confirm. */
import { all } from "./fill.js";

/** @type {Record<string, string>} */
const KEYS = {
  ArrowLeft: "left",
  PageUp: "left",
  ArrowRight: "right",
  PageDown: "right",
  z: "undo",
  Z: "undo",
  f: "flip",
  F: "flip",
};

/**
 * @param {{press(side: "left" | "right"): void, undo(): void, flip(): void}} pad
 * @param {() => boolean} busy  a sheet is open: keys belong to it
 */
export function listenToKeys(pad, busy) {
  document.addEventListener("keydown", (event) => {
    const writing = /** @type {Element} */ (event.target).matches("input, select, textarea");
    if (event.repeat || event.altKey || event.ctrlKey || event.metaKey || writing) return;
    if (event.key === " ") return confirm(event);
    const meant = KEYS[event.key];
    if (!meant || busy()) return;
    event.preventDefault();
    if (meant === "left" || meant === "right") pad.press(meant);
    else if (meant === "undo") pad.undo();
    else pad.flip();
  });
}

/** Space presses what is to be confirmed, if anything is. @param {KeyboardEvent} event */
function confirm(event) {
  const asked = all(document, "dialog[open] [data-confirm], .panel:not([hidden]) [data-confirm], .notice:not([hidden]) [data-confirm]");
  const button = asked.find((one) => one.offsetParent !== null && !one.closest("[inert]"));
  const focused = /** @type {Element} */ (event.target);
  // In a sheet or panel, Space presses what has the focus, as everywhere.
  if (!button || (focused.matches("button, a") && focused.closest("dialog, .panel, .notice"))) return;
  event.preventDefault();
  button.click();
}
