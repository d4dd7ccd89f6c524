// @ts-check
/** The server's clock, as far as a page knows it: a phone's own may be an hour off. */

let offset = 0;
const made = Number(document.documentElement.dataset.now);
const kept = Number(document.documentElement.dataset.kept);
if (made && kept) {
  // A page of last time: the two clocks met when the phone put it away.
  offset = made - kept;
} else if (made && performance.getEntriesByType("navigation").length) {
  // The page was made when its answer began; the phone's clock then is where the two meet.
  const [visit] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType("navigation"));
  offset = made - (performance.timeOrigin + visit.responseStart);
}

/** The present instant by the server's clock, in Unix milliseconds. */
export function serverNow() {
  return Date.now() + offset;
}

/** Take the server's word for what time it is now. @param {number} now */
export function setServerNow(now) {
  offset = now - Date.now();
}
