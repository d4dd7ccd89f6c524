// @ts-check
/** The events opened on this device, unless the page lists them anyway. */

import { recentEvents } from "../events/recent.js";

const section = /** @type {HTMLElement | null} */ (document.querySelector("#recent"));
const list = section?.querySelector("ul");
const icon = document.querySelector(".find .icon use")?.getAttribute("href")?.split("#")[0];

for (const event of recentEvents()) {
  const href = `/events/${encodeURIComponent(event.id)}`;
  if (!section || !list || document.querySelector(`.events a[href="${CSS.escape(href)}"]`)) continue;
  const link = Object.assign(document.createElement("a"), { className: "event card", href });
  const name = Object.assign(document.createElement("b"), { textContent: event.name });
  const what = Object.assign(document.createElement("span"), { className: "what" });
  what.append(name);
  link.append(what, arrow());
  const item = document.createElement("li");
  item.append(link);
  list.append(item);
  section.hidden = false;
}

function arrow() {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${icon}#next`);
  svg.append(use);
  return svg;
}
