// @ts-check
/**
 * Stars: a button for each team, wherever a team is named. Cards get theirs when they are first
 * seen, since a day has hundreds.
 */

import { dressCards, eventOf } from "../events/seen-cards.js";
import { announce } from "../web/announce.js";
import { bringTogether } from "./send.js";
import { choose, isFollowed } from "./store.js";

/** @type {string | undefined} The sprite's address, as the page names it. */
const sprite = document.querySelector("use")?.getAttribute("href")?.split("#")[0];

export function startStars() {
  dressCards(addStars, paintStars);
  document.addEventListener("click", tapped);
  window.addEventListener("storage", paintStars);
  window.addEventListener("online", together);
  window.addEventListener("bell-rung", together);
  void together();
}

/** Also for cards that came later. @param {HTMLElement} card */
export function addStars(card) {
  for (const team of /** @type {NodeListOf<HTMLAnchorElement>} */ (card.querySelectorAll(".side > a"))) {
    const teamId = team.pathname.split("/").pop() ?? "";
    if (team.parentElement?.querySelector(".star")) continue;
    team.before(star(teamId, team.textContent?.trim() ?? ""));
  }
}

/** @param {string} teamId @param {string} name */
function star(teamId, name) {
  const button = document.createElement("button");
  button.className = "star";
  button.type = "button";
  Object.assign(button.dataset, { follow: teamId, name });
  button.setAttribute("aria-label", `Follow ${name}`);
  button.innerHTML = `<svg class="icon" aria-hidden="true"><use href="${sprite}#star"/></svg>`;
  return button;
}

/** @param {ParentNode | Event} [within] */
export function paintStars(within) {
  const root = within instanceof Event || !within ? document : within;
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll("[data-follow]"))) {
    const followed = isFollowed(eventOf(button), button.dataset.follow ?? "");
    button.setAttribute("aria-pressed", String(followed));
    const word = button.querySelector("[data-word]");
    if (word) word.textContent = followed ? "Following" : "Follow";
  }
}

/** @param {Event} event */
function tapped(event) {
  const button = /** @type {Element} */ (event.target).closest("[data-follow]");
  if (!(button instanceof HTMLElement)) return;
  event.preventDefault();
  const following = button.getAttribute("aria-pressed") !== "true";
  choose(eventOf(button), button.dataset.follow ?? "", following);
  paintStars();
  announce(following ? `Following ${button.dataset.name}` : `No longer following ${button.dataset.name}`);
  void together();
}

async function together() {
  if (await bringTogether().catch(() => false)) paintStars();
}
