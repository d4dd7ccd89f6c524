// @ts-check
/** A page of last time says so, and since when: the service worker wrote `data-kept` into it. */

import { clockTime } from "./clock-time.js";
import { ageInWords } from "./ages.js";

export function startKept() {
  const kept = Number(document.documentElement.dataset.kept);
  const main = document.querySelector("main.page");
  if (!kept || !main) return;
  const banner = Object.assign(document.createElement("p"), { id: "kept", className: "kept banner" });
  banner.setAttribute("role", "status");
  const paint = () => {
    const age = ageInWords(Date.now() - kept);
    const ago = age === "now" ? "" : `, ${age} ago`;
    banner.textContent = `No connection. This page is from ${clockTime(kept)}${ago}.`;
    // Where scores stream in again, the page is of now.
    banner.hidden = document.body.dataset.connection === "live";
  };
  paint();
  main.prepend(banner);
  setInterval(paint, 1000);
}
