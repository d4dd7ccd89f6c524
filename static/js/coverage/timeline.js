// @ts-check
/**
 * My day, drawn: a row for each court, now as a line, bands where starts are not sure. Blocks are
 * kept as long as they are shown, so that a finger that holds one does not lose it.
 */
import { clockTime } from "../web/clock-time.js";
import { HEAD, hoursOf, ROW, scaleOf, xOf, yOf } from "./scale.js";
import { timeOf, titleOf } from "./words.js";

/** @typedef {import("./facts.js").Match} Match @typedef {import("./scale.js").Scale} Scale */

const SVG = "http://www.w3.org/2000/svg";
/** Units of the drawing to a rem: it grows with the text. */
const UNIT = 16;
const INSET = 4;
/** Of what was, so much is seen at first. */
const LOOK_BACK = 90;

/**
 * @typedef {object} Drawing
 * @property {Match[]} mine
 * @property {Match[]} others  what could be taken instead
 * @property {Map<number, "sure" | "tight">} inTheWay
 * @property {number[]} shot
 * @property {number | null} chosen
 * @property {number} now
 */

/** @param {HTMLElement} place @param {Drawing} drawing */
export function draw(place, drawing) {
  const timed = [...drawing.mine, ...drawing.others].filter(({ start }) => start !== null);
  const section = /** @type {HTMLElement} */ (place.closest("section"));
  section.hidden = !timed.length;
  if (!timed.length) return;
  const { svg, labels } = frame(place);
  const pan = /** @type {HTMLElement} */ (svg.parentElement);
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  const scale = scaleOf(drawing.mine, drawing.others, (pan.clientWidth / rem) * UNIT - 1);
  for (const [name, length] of Object.entries({ width: scale.width, height: scale.height })) svg.setAttribute(name, `${length / UNIT}rem`);
  svg.setAttribute("viewBox", `0 0 ${scale.width} ${scale.height}`);
  labels.replaceChildren(...scale.rows.map((where) => label(where, drawing.mine.some((match) => match.where === where))));
  svg.querySelector(".grid")?.replaceChildren(...grid(scale, drawing.now));
  blocks(/** @type {Element} */ (svg.querySelector(".blocks")), scale, drawing);
  if (pan.dataset.begun) return;
  pan.dataset.begun = "";
  pan.scrollLeft = ((xOf(scale, drawing.now) - LOOK_BACK) / UNIT) * rem;
}

/** @param {HTMLElement} place */
function frame(place) {
  if (!place.firstChild) {
    const pan = Object.assign(document.createElement("div"), { className: "pan" });
    const svg = element("svg", { role: "group", "aria-label": "My day, court by court" });
    svg.append(element("g", { class: "grid", "aria-hidden": "true" }), element("g", { class: "blocks" }));
    pan.append(svg);
    place.append(Object.assign(document.createElement("div"), { className: "rows", ariaHidden: "true" }), pan);
  }
  return { svg: /** @type {SVGElement} */ (place.querySelector("svg")), labels: /** @type {Element} */ (place.querySelector(".rows")) };
}

/** @param {string} where @param {boolean} mine */
function label(where, mine) {
  const [, hall, number] = /^(.*?)\s*(\S+)$/.exec(where) ?? ["", "", where];
  const row = Object.assign(document.createElement("p"), { className: mine ? "mine" : "" });
  row.append(Object.assign(document.createElement("small"), { textContent: hall }), Object.assign(document.createElement("b"), { textContent: number }));
  return row;
}

/** @param {Scale} scale @param {number} now */
function grid(scale, now) {
  const hours = hoursOf(scale).flatMap((at) => {
    const x = xOf(scale, at);
    const word = element("text", { x: x + 4, y: HEAD - 9, class: "hour" });
    word.textContent = clockTime(at).replace(/\s?[AP]M$/i, "");
    return [element("line", { x1: x, x2: x, y1: HEAD - 4, y2: scale.height }), word];
  });
  const rows = scale.rows.map((_, index) => element("line", { x1: 0, x2: scale.width, y1: HEAD + index * ROW, y2: HEAD + index * ROW }));
  const here = now > scale.begins && now < scale.ends;
  const x = xOf(scale, now);
  return [...hours, ...rows, ...(here ? [element("line", { x1: x, x2: x, y1: HEAD - 8, y2: scale.height, class: "now-line" })] : [])];
}

/** @param {Element} layer @param {Scale} scale @param {Drawing} drawing */
function blocks(layer, scale, drawing) {
  const kept = new Map([...layer.children].map((block) => [Number(block.getAttribute("data-match")), block]));
  const shown = [...drawing.others.map((match) => ({ match, mine: false })), ...drawing.mine.map((match) => ({ match, mine: true }))];
  for (const { match, mine } of shown) {
    if (match.start === null) continue;
    const block = kept.get(match.id) ?? layer.appendChild(element("g", { tabindex: "0", role: "button", "data-match": match.id }));
    kept.delete(match.id);
    paintBlock(block, match, mine, scale, drawing);
  }
  for (const gone of kept.values()) gone.remove();
}

/** @param {Element} block @param {Match} match @param {boolean} mine @param {Scale} scale @param {Drawing} drawing */
function paintBlock(block, match, mine, scale, { inTheWay, shot, chosen }) {
  const clash = inTheWay.get(match.id) ?? "";
  const done = shot.includes(match.id);
  const width = Math.max(44, xOf(scale, match.end) - xOf(scale, match.start ?? 0) - 3);
  block.setAttribute("class", ["block", mine ? "mine" : "other", clash, done ? "shot" : match.status, chosen === match.id ? "chosen" : ""].join(" "));
  block.setAttribute("transform", `translate(${xOf(scale, match.start ?? 0)} ${yOf(scale, match.where) + INSET})`);
  const state = [mine ? "in my plan" : "not in my plan", done ? "shot" : "", clash && (clash === "sure" ? "clashes" : "tight")].filter(Boolean);
  block.setAttribute("aria-label", [timeOf(match), match.where, match.division, titleOf(match), ...state].join(", "));
  const spread = xOf(scale, match.latest) - xOf(scale, match.earliest);
  const before = xOf(scale, match.earliest) - xOf(scale, match.start ?? 0);
  const { box, words, first, second, band } = partsOf(block);
  for (const part of [box, words]) place(part, { width, height: ROW - 2 * INSET });
  first.textContent = done ? "✓ shot" : match.division;
  second.textContent = match.sides.join(" – ");
  place(band, { x: before, y: ROW - 2 * INSET - 5, width: Math.max(0, spread), height: spread > 2 ? 4 : 0 });
}

/** Made once: the finger on one of them loses its page to scrolling if that one goes. @param {Element} block */
function partsOf(block) {
  if (!block.firstChild) {
    const words = element("svg", {});
    words.append(element("text", { x: 8, y: 22, class: "first" }), element("text", { x: 8, y: 41, class: "second" }));
    block.append(element("rect", { class: "box", rx: 9 }), words, element("rect", { class: "band", rx: 2 }));
  }
  const [box, words, band] = block.children;
  const [first, second] = words.children;
  return { box, words, first, second, band };
}

/** @param {Element} part @param {Record<string, number>} attributes */
function place(part, attributes) {
  for (const [key, value] of Object.entries(attributes)) part.setAttribute(key, String(value));
}

/** @param {string} name @param {Record<string, string | number>} attributes @returns {SVGElement} */
function element(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return /** @type {SVGElement} */ (made);
}
