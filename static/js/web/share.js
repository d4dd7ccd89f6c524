// @ts-check
/** "Share": the phone's own sheet where there is one, else the link on the clipboard. */

import { toast } from "./toast.js";

export function startShare() {
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-share]"))) {
    button.hidden = false;
    button.addEventListener("click", () => shareLink(location.href.split("#")[0], document.title));
  }
}

/** @param {string} url @param {string} title */
export async function shareLink(url, title) {
  if (!navigator.share) return copy(url);
  try {
    await navigator.share({ title, url });
  } catch (error) {
    // Who closes the sheet has changed their mind; where it cannot open, the clipboard may.
    if (!(error instanceof DOMException && error.name === "AbortError")) await copy(url);
  }
}

/** @param {string} url */
export async function copy(url) {
  try {
    await navigator.clipboard.writeText(url);
    toast("Link copied");
  } catch {
    toast("This browser does not share. Copy the address instead.");
  }
}
