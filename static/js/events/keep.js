// @ts-check
/** Who keeps the score of this match, and the way to the scorer's pad. */

import { ask } from "../sync/ask.js";
import { welcome } from "../sync/newcomer.js";
import { clockTime } from "../web/connection.js";

/** @typedef {import("../scoring/lease.js").Claim} Claim */

const place = /** @type {HTMLElement | null} */ (document.querySelector("#keep"));
const viewer = document.body.dataset.viewer ?? "";
/** Whether this person may keep score here at all, whoever does so now. */
const may = ["keep", "mine", "held", "sign-in"].includes(place?.dataset.keep ?? "");

/** @param {string} eventId @param {number} matchId */
export function startKeep(eventId, matchId) {
  const path = `/api/events/${encodeURIComponent(eventId)}/claims/${matchId}`;
  place?.addEventListener("click", async (event) => {
    const link = /** @type {Element} */ (event.target).closest("a[data-action-word]");
    if (!link || place.dataset.keep !== "keep") return;
    event.preventDefault();
    await claim(path);
  });
  place?.querySelector("form")?.addEventListener("submit", async (event) => {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.currentTarget);
    const name = String(new FormData(form).get("name") ?? "").trim();
    const answer = await ask("POST", "/api/auth/guest", { displayName: name });
    if (answer.status === 201 || answer.status === 200) return claim(path);
    // Nobody can be asked: the pad that is kept on this phone goes on under this name.
    if (answer.status === 0 && "kept" in document.documentElement.dataset) return toPad(welcome(name));
    const wrong = form.querySelector(".wrong");
    if (!(wrong instanceof HTMLElement)) return;
    wrong.hidden = false;
    wrong.textContent = answer.body?.errors?.[0]?.detail ?? answer.body?.detail ?? "No connection. Try again in a moment.";
  });
}

/** Take the claim if it is free. @param {string} path */
function claim(path) {
  return toPad(ask("POST", path, {}));
}

/** The pad tells whatever else there is to tell. @param {Promise<unknown>} before */
async function toPad(before) {
  await before;
  location.assign(place?.dataset.pad ?? "");
}

/** @param {Claim} claim */
export function paintClaim(claim) {
  if (!place) return;
  const mine = claim.claimed && claim.claimedBy === viewer;
  const who = place.querySelector("[data-who]");
  const until = claim.expiresAt ? clockTime(claim.expiresAt) : "";
  if (who) {
    if (mine) who.textContent = `You keep this score until ${until}.`;
    else if (claim.claimed) who.replaceChildren(bold(claim.claimedByName ?? "Someone"), ` keeps score until ${until}.`);
    else who.textContent = may ? "Nobody keeps score now." : "";
  }
  const action = place.querySelector("[data-action-word]");
  if (!may || !action) return;
  if (viewer) place.dataset.keep = mine ? "mine" : claim.claimed ? "held" : "keep";
  action.classList.toggle("primary", mine || !claim.claimed);
  action.textContent = mine ? "Go on scoring" : claim.claimed ? "Take over" : "Keep score";
}

/** @param {string} text */
function bold(text) {
  return Object.assign(document.createElement("b"), { textContent: text });
}
