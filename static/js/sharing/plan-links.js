// @ts-check
/** The links to my plan: made with one tap, shared, copied, added to a calendar, withdrawn. */

import { linkWays, linksOf } from "./links.js";

const place = document.querySelector("#share-plan");
const eventId = document.body.dataset.event ?? "";

if (place instanceof HTMLElement) void show(place);

/** @param {HTMLElement} place */
async function show(place) {
  const links = place.dataset.person ? await linksOf(eventId) : undefined;
  for (const way of /** @type {NodeListOf<HTMLElement>} */ (place.querySelectorAll("[data-link]"))) {
    const ways = way.querySelector("[data-ways]");
    if (!ways) continue;
    if (!place.dataset.person) way.hidden = true;
    else linkWays(ways, eventId, way.dataset.link ?? "", links?.find(({ kind }) => kind === way.dataset.link));
  }
}
