// @ts-check
/**
 * Links that one gives out, as buttons.
 *
 * @typedef {{kind: string, link: string | null, createdAt: number}} Link
 */

import { ask } from "../sync/ask.js";
import { copy, shareLink } from "../web/share.js";
import { toast } from "../web/toast.js";

const AWAY = "No network: try again when it is back.";

/** @param {string} eventId @returns {Promise<Link[] | undefined>} */
export async function linksOf(eventId) {
  const { status, body } = await ask("GET", `/api/events/${encodeURIComponent(eventId)}/shared-links`);
  return status === 200 ? body : undefined;
}

/** @param {string} eventId @param {string} kind @returns {Promise<Link | undefined>} */
export async function makeLink(eventId, kind) {
  const { status, body } = await ask("PUT", `/api/events/${encodeURIComponent(eventId)}/shared-links/${kind}`);
  if (status === 200) return body;
  toast(AWAY);
  return undefined;
}

/**
 * What can be done about one link: make it, or use and withdraw it.
 * @param {Element} place @param {string} eventId @param {string} kind @param {Link} [link]
 */
export function linkWays(place, eventId, kind, link) {
  const again = (/** @type {Link} */ made) => linkWays(place, eventId, kind, made);
  if (!link) {
    place.replaceChildren(button(kind === "plan" ? "Make a link" : "Make an address", async () => {
      const made = await makeLink(eventId, kind);
      if (made) again(made);
    }));
    return;
  }
  place.replaceChildren(...(link.link ? uses(kind, link.link) : []), button("Withdraw", async () => {
    if (await withdrawn(eventId, kind)) linkWays(place, eventId, kind);
  }, "danger"));
}

/** @param {string} kind @param {string} link */
function uses(kind, link) {
  const address = Object.assign(document.createElement("input"), { className: "input address", readOnly: true, value: link });
  address.setAttribute("aria-label", kind === "plan" ? "Link to the plan" : "Address of the calendar");
  address.addEventListener("focus", () => address.select());
  const copying = button("Copy", () => copy(link));
  if (kind === "plan") return [address, button("Share", () => shareLink(link, document.title), "primary"), copying];
  const subscribe = Object.assign(document.createElement("a"), { className: "button primary", href: link.replace(/^https?:/, "webcal:"), textContent: "Add to calendar" });
  return [address, subscribe, copying];
}

/** @param {string} eventId @param {string} kind */
async function withdrawn(eventId, kind) {
  const { status } = await ask("DELETE", `/api/events/${encodeURIComponent(eventId)}/shared-links/${kind}`);
  toast(status === 204 ? "Withdrawn: the address leads nowhere now" : AWAY);
  return status === 204;
}

/** @param {string} word @param {() => unknown} act @param {string} [look] */
function button(word, act, look = "") {
  const one = Object.assign(document.createElement("button"), { type: "button", className: `button ${look}`.trim(), textContent: word });
  one.addEventListener("click", async () => {
    one.disabled = true;
    await act();
    one.disabled = false;
  });
  return one;
}
