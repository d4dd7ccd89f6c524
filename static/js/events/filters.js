// @ts-check
/**
 * Filters without a reload. The server knows the same rules (events/filters.py) and marks the
 * cards before they arrive; the address always says what is shown, so it can be shared.
 */

import { recount } from "./places.js";

const KINDS = ["division", "club", "team", "court", "wave"];
/** So few matches are shown without folding anything; as events/day.py has it. */
const FEW = 12;

/** @type {HTMLFormElement | null} */
const form = document.querySelector("#filters");
const memory = `filters:${document.body.dataset.event}`;

export function startFilters() {
  if (!form) return;
  recall();
  form.addEventListener("change", changed);
  form.addEventListener("input", changed);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    changed();
    form.querySelector("details")?.removeAttribute("open");
  });
  document.addEventListener("click", removed);
  const choices = form.querySelector("details");
  document.addEventListener("pointerdown", ({ target }) => {
    if (choices?.open && !choices.contains(/** @type {Node} */ (target))) choices.open = false;
  });
  form.addEventListener("keydown", ({ key }) => {
    if (key === "Escape" && choices?.open) choices.open = false;
  });
}

function changed() {
  const query = asked();
  applyFilters();
  paintActive();
  remember(query);
  unfoldFew(query);
}

/** What the form asks for, without the day. */
function asked() {
  const query = new URLSearchParams();
  if (!form) return query;
  for (const [name, value] of new FormData(form)) {
    const text = String(value).trim();
    if (name !== "day" && text) query.append(name, text);
  }
  return query;
}

/** Hide what does not fit, and count what does. */
export function applyFilters() {
  const query = asked();
  const text = (query.get("q") ?? "").toLowerCase();
  const chosen = KINDS.map((kind) => /** @type {const} */ ([kind, query.getAll(kind)])).filter(([, values]) => values.length);
  for (const card of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("#day .match"))) {
    const fits = chosen.every(([kind, values]) => {
      const own = (card.dataset[kind] ?? "").split(" ");
      return values.some((value) => own.includes(value));
    });
    card.hidden = !(fits && (!text || saidBy(card).includes(text)));
  }
  recount();
}

/** @param {HTMLElement} card */
function saidBy(card) {
  return (card.textContent ?? "").toLowerCase().replace(/\s+/g, " ");
}

/** A short list is shown whole, and folded again when it grows. @param {URLSearchParams} query */
function unfoldFew(query) {
  const few = query.size > 0 && document.querySelectorAll(".block .match:not([hidden])").length <= FEW;
  for (const block of /** @type {NodeListOf<HTMLDetailsElement>} */ (document.querySelectorAll(".block"))) {
    if (few && !block.open && !block.hidden) {
      block.open = true;
      block.dataset.unfolded = "";
    } else if (!few && "unfolded" in block.dataset) {
      block.open = false;
      delete block.dataset.unfolded;
    }
  }
}

/** One chip for every active filter; tapping it takes the filter away. */
function paintActive() {
  const list = document.querySelector("#active");
  if (!form || !list) return;
  const chips = [...form.querySelectorAll("input:checked")].map((box) => {
    const input = /** @type {HTMLInputElement} */ (box);
    return chip(input.name, input.value, input.nextElementSibling?.textContent ?? "");
  });
  const text = searchField()?.value.trim();
  if (text) chips.push(chip("q", text, `“${text}”`));
  list.replaceChildren(...chips);
}

/** @param {string} kind @param {string} value @param {string} name */
function chip(kind, value, name) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.className = "chip on";
  link.href = "#";
  Object.assign(link.dataset, { kind, value });
  const cross = Object.assign(document.createElement("span"), { className: "x", textContent: "×", ariaHidden: "true" });
  const words = Object.assign(document.createElement("span"), { className: "unseen", textContent: ", remove this filter" });
  link.append(`${name} `, cross, words);
  item.append(link);
  return item;
}

/** @param {MouseEvent} event */
function removed(event) {
  const target = /** @type {Element} */ (event.target);
  const link = /** @type {HTMLElement | null} */ (target.closest("#active a, [data-clear]"));
  if (!form || !link || event.metaKey || event.ctrlKey) return;
  event.preventDefault();
  const { kind, value } = link.dataset;
  for (const input of /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll("input:checked"))) {
    if (kind === undefined || (input.name === kind && input.value === value)) input.checked = false;
  }
  const search = searchField();
  if (search && (kind === undefined || kind === "q")) search.value = "";
  changed();
}

/** @returns {HTMLInputElement | null} */
function searchField() {
  return form?.querySelector("input[name=q]") ?? null;
}

/** Into the address, into the links to other days, and for the next visit. @param {URLSearchParams} query */
function remember(query) {
  const here = new URL(location.href);
  const day = here.searchParams.get("day");
  here.search = new URLSearchParams([...(day ? [["day", day]] : []), ...query]).toString();
  history.replaceState(history.state, "", here);
  for (const tab of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll(".tab[data-day]"))) {
    tab.search = new URLSearchParams([["day", tab.dataset.day ?? ""], ...query]).toString();
  }
  const kept = new URLSearchParams([...query].filter(([name]) => name !== "q"));
  try {
    if (kept.size) localStorage.setItem(memory, kept.toString());
    else localStorage.removeItem(memory);
  } catch {
    // A browser that keeps nothing still filters.
  }
}

/** Someone who comes back without asking for anything sees what was chosen last time. */
function recall() {
  const here = new URLSearchParams(location.search);
  if (!form || [...KINDS, "q"].some((kind) => here.has(kind))) return;
  let kept;
  try {
    kept = new URLSearchParams(localStorage.getItem(memory) ?? "");
  } catch {
    return;
  }
  let found = false;
  for (const [kind, value] of kept) {
    const box = /** @type {HTMLInputElement | null} */ (form.querySelector(`input[name="${CSS.escape(kind)}"][value="${CSS.escape(value)}"]`));
    if (box) found = box.checked = true;
  }
  if (found) changed();
}
