// @ts-check
/** Filters that only this device can judge: teams I follow, and teams that my plan lacks. */

import { isGap } from "../coverage/cameras.js";
import { followedAt, isFollowed } from "../following/store.js";

const eventId = document.body.dataset.event ?? "";

/**
 * Offer them to whom they mean something.
 * @param {HTMLFormElement} form
 * @param {() => unknown} filter  what the plan lacks can be told now
 */
export function judgeOwn(form, filter) {
  let told = false;
  offer(form);
  // The first time only: a card one has just picked stays until one filters anew.
  addEventListener("plan-painted", () => {
    offer(form);
    if (!told) filter();
    told = true;
  });
}

/** @param {HTMLFormElement} form */
function offer(form) {
  const offers = { mine: followedAt(eventId).length > 0, gap: "plans" in document.body.dataset };
  for (const [name, offered] of Object.entries(offers)) {
    const box = form.querySelector(`input[name="${name}"]`);
    if (box instanceof HTMLInputElement && box.parentElement) box.parentElement.hidden = !offered && !box.checked;
  }
  const mine = form.querySelector("#mine");
  if (mine instanceof HTMLElement) mine.hidden = !mine.querySelector("label:not([hidden])");
}

/** @param {HTMLElement} card @param {URLSearchParams} query */
export function isOwn(card, query) {
  const teams = (card.dataset.team ?? "").split(" ");
  if (query.has("mine") && !teams.some((team) => isFollowed(eventId, team))) return false;
  return !query.has("gap") || isGap(card);
}
