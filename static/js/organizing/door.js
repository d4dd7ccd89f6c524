// @ts-check
/** Behind a court's code: what the window will keep, and the name sent once. */
import { canKeep, howLasting } from "../sync/safekeeping.js";
import { startShotHere } from "./shot-here.js";

/**
 * A phone's camera may open a private window: its points go when it closes. Better to know
 * that before the first one than after the last.
 */
async function tellIfFleeting() {
  const why = (await canKeep()) ? ((await howLasting()) === "private" ? "private" : null) : "broken";
  const banner = document.getElementById("fleeting");
  if (!banner || !why) return;
  for (const words of banner.querySelectorAll("[data-when]")) {
    /** @type {HTMLElement} */ (words).hidden = /** @type {HTMLElement} */ (words).dataset.when !== why;
  }
  banner.hidden = false;
}

/** @param {HTMLElement} button */
async function copyAddress(button) {
  try {
    await navigator.clipboard.writeText(location.href);
    button.textContent = "Copied";
  } catch {
    button.textContent = "Hold the address bar to copy";
  }
}

/**
 * The page keeps its address to itself, so older browsers send its form as if from nowhere, and
 * such forms are refused as another site's. A request of our own says whose it is.
 * @param {SubmitEvent} event
 */
async function enter(event) {
  event.preventDefault();
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (form.getAttribute("aria-busy") === "true") return;
  form.setAttribute("aria-busy", "true");
  const body = new URLSearchParams(/** @type {any} */ (new FormData(form)));
  try {
    const answer = await fetch(form.action, { method: "POST", body });
    if (answer.redirected) return location.assign(answer.url);
  } catch {
    // No network: let the browser say so in its own way.
  }
  form.submit();
}

document.getElementById("arrival")?.addEventListener("submit", enter);
document.querySelector("[data-copy-address]")?.addEventListener("click", (event) => copyAddress(/** @type {HTMLElement} */ (event.currentTarget)));
addEventListener("pageshow", () => document.getElementById("arrival")?.removeAttribute("aria-busy"));
tellIfFleeting();
startShotHere();
