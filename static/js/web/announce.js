// @ts-check
/** Tells screen readers what changed: politely, the newest only, and not more than every 4 s. */

const EVERY = 4000;
let last = 0;
let waiting = "";
/** @type {number | undefined} */
let timer;

/** @param {string} text */
export function announce(text) {
  waiting = text;
  if (timer === undefined) timer = window.setTimeout(say, Math.max(0, last + EVERY - Date.now()));
}

function say() {
  timer = undefined;
  last = Date.now();
  const region = document.getElementById("announce");
  if (region) region.textContent = waiting;
}
