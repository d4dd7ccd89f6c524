// @ts-check
/** Answers a touch at once: the phone shakes, or where it cannot, the half flashes. */

/**
 * @param {HTMLElement} control
 * @param {"did" | "refused"} [kind]
 */
export function buzz(control, kind = "did") {
  const shakes = navigator.vibrate?.(kind === "did" ? 18 : [30, 40, 30]);
  // Desktop browsers say yes and shake nothing.
  if (shakes && matchMedia("(pointer: coarse)").matches) return;
  control.dataset.flash = kind;
  control.addEventListener("animationend", () => delete control.dataset.flash, { once: true });
}
