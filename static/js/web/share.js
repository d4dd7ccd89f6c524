// @ts-check
/** "Share": the phone's own sheet where there is one, else the link on the clipboard. */

import { toast } from "./toast.js";

export function startShare() {
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-share]"))) {
    button.hidden = false;
    button.addEventListener("click", share);
  }
}

async function share() {
  const url = location.href.split("#")[0];
  try {
    if (navigator.share) await navigator.share({ title: document.title, url });
    else {
      await navigator.clipboard.writeText(url);
      toast("Link copied");
    }
  } catch (error) {
    if (!(error instanceof DOMException && error.name === "AbortError")) toast("This browser does not share. Copy the address instead.");
  }
}
