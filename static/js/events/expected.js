// @ts-check
/** Expected starts on the day's cards, brought up to date while matches run. */

const EVERY = 120_000; // an estimate is a matter of minutes, and a hall has a thousand phones
const SPREAD = 30_000;

/** @param {string} eventId */
export function keepExpected(eventId) {
  setInterval(() => window.setTimeout(() => void renew(eventId), Math.random() * SPREAD), EVERY);
}

/** @param {string} eventId */
async function renew(eventId) {
  const day = document.querySelector("#day");
  if (document.hidden || !(day instanceof HTMLElement) || !day.querySelector('[data-status="live"]')) return;
  const answer = await fetch(`/f/events/${eventId}/day?day=${day.dataset.day}`).catch(() => undefined);
  if (answer?.ok) copyExpected(new DOMParser().parseFromString(await answer.text(), "text/html"), day);
}

/** Only what is expected; scores have a way of their own. @param {ParentNode} fresh @param {ParentNode} day */
export function copyExpected(fresh, day) {
  for (const card of /** @type {NodeListOf<HTMLElement>} */ (fresh.querySelectorAll(".match"))) {
    const here = day.querySelector(`[data-match="${card.dataset.match}"] .where`);
    const est = card.querySelector(".est");
    here?.querySelector(".est")?.remove();
    if (est) here?.append(est);
  }
  for (const block of fresh.querySelectorAll(".block")) {
    const here = day.querySelector(`#${block.id} .when`);
    if (here) here.textContent = block.querySelector(".when")?.textContent ?? "";
  }
}
