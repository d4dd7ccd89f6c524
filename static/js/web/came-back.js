// @ts-check
/**
 * Back may bring a page as it was, made for whoever one was then: the ways at its bottom would be
 * another persona's. It is asked for anew.
 */

export function startCameBack() {
  addEventListener("pageshow", ({ persisted }) => {
    const [visit] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType("navigation"));
    const shown = /** @type {HTMLElement | null} */ (document.querySelector("nav[data-persona]"))?.dataset.persona;
    const chosen = /(?:^|;\s*)persona=(\w+)/.exec(document.cookie)?.[1];
    if ((persisted || visit?.type === "back_forward") && shown && chosen && shown !== chosen) location.reload();
  });
}
