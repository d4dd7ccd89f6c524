// @ts-check
/** How long ago, kept true while the page is open. The words are those of events/words.py. */

import { serverNow } from "./clock.js";

/** @param {number} ms @returns {string} */
export function ageInWords(ms) {
  const seconds = Math.floor(ms / 1000);
  if (seconds < 1) return "now";
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 48 * 3600) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86400)} d`;
}

/** Repaint every `.age[data-at]` below `root`. @param {ParentNode} root */
export function paintAges(root) {
  const now = serverNow();
  for (const element of root.querySelectorAll(".age[data-at]")) {
    const text = ageInWords(now - Number(/** @type {HTMLElement} */ (element).dataset.at));
    if (element.textContent !== text) element.textContent = text;
  }
}

/**
 * Keep ages true: what `lively` finds every second, all else every 20 seconds, nothing while
 * the page is hidden.
 * @param {() => Iterable<ParentNode>} lively
 */
export function startAges(lively) {
  let beat = 0;
  const tick = () => {
    if (document.hidden) return;
    if (beat++ % 20 === 0) paintAges(document);
    else for (const root of lively()) paintAges(root);
  };
  setInterval(tick, 1000);
  document.addEventListener("visibilitychange", () => {
    beat = 0;
    tick();
  });
  tick();
}
