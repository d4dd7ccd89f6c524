// @ts-check
/** The bursts on the page. The templates are in templates/sharing/photos.html. */

import { caption } from "./captions.js";

/** @typedef {import("./matching.js").Burst} Burst @typedef {import("./matching.js").Shot} Shot */
/** @typedef {{zone: string, choose: (key: string, id: number) => void}} How */

const FEW = 3;
/** Bursts that were opened whole. @type {Set<string>} */
const opened = new Set();

/** @param {Burst[]} found @param {How} how */
export function paintBursts(found, how) {
  for (const id of ["#clock", "#summary"]) document.querySelector(id)?.removeAttribute("hidden");
  const shots = found.flatMap((burst) => burst.shots);
  const named = shots.filter(({ match }) => match).length;
  fill(document, "named", `${named} of ${shots.length} named`);
  fill(document, "rest", shots.length > named ? "the others show no match of your plan" : "");
  document.querySelector("#bursts")?.replaceChildren(...found.map((burst) => painted(burst, how)));
}

/** @param {Burst} burst @param {How} how */
function painted(burst, how) {
  const item = part("#burst-part");
  const { match, shots, key } = burst;
  item.toggleAttribute("data-unknown", !match);
  fill(item, "match", match ? `${match.court}: ${match.one} – ${match.two}` : key === "timeless" ? "No time in these" : "No match of your plan");
  const count = shots.length === 1 ? "1 picture" : shots.length + " pictures";
  fill(item, "when", [count, span(shots, how.zone), match?.division].filter(Boolean).join(" · "));
  choices(item, burst, how);
  list(item, burst, how);
  return item;
}

/** @param {HTMLElement} item @param {Burst} burst @param {How} how */
function choices(item, { match, others, key }, how) {
  const place = item.querySelector('[data-slot="choose"]');
  const select = place?.querySelector("select");
  if (!match || !others.length || !select || !(place instanceof HTMLElement)) return;
  place.hidden = false;
  select.append(...[match, ...others].map((one) => new Option(`${one.court}: ${one.one} – ${one.two}`, String(one.id))));
  select.addEventListener("change", () => how.choose(key, Number(select.value)));
}

/** @param {HTMLElement} item @param {Burst} burst @param {How} how */
function list(item, burst, how) {
  const { shots, key } = burst;
  const shown = opened.has(key) ? shots : shots.slice(0, FEW);
  item.querySelector('[data-slot="shots"]')?.replaceChildren(...shown.map((shot) => {
    const line = part("#shot-part");
    fill(line, "name", [shot.photo.name, shot.at === null ? "" : clock(shot.at, how.zone)].filter(Boolean).join(" · "));
    fill(line, "caption", caption(shot));
    return line;
  }));
  const more = item.querySelector("[data-more]");
  if (!(more instanceof HTMLElement) || shown.length === shots.length) return;
  more.hidden = false;
  more.textContent = `${shots.length - shown.length} more`;
  more.addEventListener("click", () => {
    opened.add(key);
    more.hidden = true;
    list(item, burst, how);
  });
}

/** @param {Shot[]} shots @param {string} zone */
function span(shots, zone) {
  const times = shots.map(({ at }) => at).filter((at) => at !== null);
  if (!times.length) return "";
  const [first, last] = [times[0], times[times.length - 1]].map((at) => clock(at, zone).replace(/:\d\d(?=\D*$)/, ""));
  return first === last ? first : first + " to " + last;
}

/** @param {number} at @param {string} zone */
function clock(at, zone) {
  return new Intl.DateTimeFormat(undefined, { timeZone: zone, hour: "numeric", minute: "2-digit", second: "2-digit" }).format(at);
}

/** @param {string} template @returns {HTMLElement} */
function part(template) {
  const found = /** @type {HTMLTemplateElement} */ (document.querySelector(template));
  return /** @type {HTMLElement} */ (/** @type {Element} */ (found.content.firstElementChild).cloneNode(true));
}

/** @param {ParentNode} where @param {string} slot @param {string} text */
function fill(where, slot, text) {
  const place = where.querySelector(`[data-slot="${slot}"]`);
  if (place) place.textContent = text;
}
