// @ts-check
/** One quiet line on every page but the pad and the settings, which tell it themselves: "14 points wait on this phone". */

import { inWords } from "../sync/amount.js";

/**
 * @typedef {import("../sync/amount.js").Amount} Amount
 * @typedef {object} Held  what this phone holds
 * @property {Amount} waiting
 * @property {Amount} refused
 * @property {boolean} parked  it needs a sign-in
 */

/** @param {Held} held @returns {{words: string, way: string, kind: string} | null} */
export function lineFor({ waiting, refused, parked }) {
  if (some(waiting) && parked) return { words: `Sign in to send ${inWords(waiting)}`, way: "sign-in", kind: "attention" };
  if (some(waiting)) return { words: `${inWords(waiting, "wait")} on this phone`, way: "settings", kind: "pending" };
  if (some(refused)) return { words: `${inWords(refused)} not accepted`, way: "settings", kind: "attention" };
  return null;
}

/**
 * Where a tap on the line leads; nowhere where one signs in already.
 * @param {{way: string}} line
 * @param {string} here  the page's path
 */
export function wayOf({ way }, here) {
  if (way === "settings") return "/settings#this-phone";
  return here === "/sign-in" ? null : `/sign-in?next=${encodeURIComponent(here)}`;
}

/** @param {Amount} amount */
function some({ points, changes }) {
  return points + changes;
}

/** @param {Held} held */
export function paintWaiting(held) {
  const line = document.querySelector("#strip, #phone-held") ? null : lineFor(held);
  const place = document.getElementById("outgoing") ?? (line && made());
  if (!place) return;
  place.hidden = !line;
  if (!line) return;
  place.dataset.sync = line.kind;
  place.dataset.pending = String(some(held.waiting));
  const link = /** @type {HTMLAnchorElement} */ (place.firstElementChild);
  const way = wayOf(line, location.pathname);
  if (way) link.href = way;
  else link.removeAttribute("href");
  if (link.textContent !== line.words) link.textContent = line.words;
}

function made() {
  const place = Object.assign(document.createElement("p"), { id: "outgoing", className: "waiting" });
  place.setAttribute("role", "status");
  place.append(document.createElement("a"));
  document.body.append(place);
  return place;
}
