// @ts-check
/** The calendar of an event or a team: copied by its address, and made first where it is private. */

import { copy } from "../web/share.js";
import { makeLink } from "./links.js";

export function startCalendar() {
  for (const place of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-calendar]"))) prepare(place);
}

/** @param {HTMLElement} place */
function prepare(place) {
  const copying = place.querySelector("[data-copy-calendar]");
  const making = place.querySelector("[data-make]");
  if (making instanceof HTMLElement) {
    making.hidden = false;
    making.addEventListener("click", async () => {
      const link = (await makeLink(document.body.dataset.event ?? "", "event"))?.link;
      if (!link) return;
      const address = place.dataset.team ? `${link}?team=${place.dataset.team}` : link;
      making.replaceWith(Object.assign(document.createElement("a"), { className: "button primary", href: address.replace(/^https?:/, "webcal:"), textContent: "Add to calendar" }));
      offer(copying, address);
    });
  } else offer(copying, new URL(place.dataset.calendar ?? "", location.href).href);
}

/** @param {Element | null} button @param {string} address */
function offer(button, address) {
  if (!(button instanceof HTMLElement)) return;
  button.hidden = false;
  button.addEventListener("click", () => copy(address));
}
