// @ts-check
/**
 * Filters without a reload. The server knows the same rules (events/filters.py) and marks the
 * cards before they arrive; the address always says what is shown, so it can be shared.
 */

import { paintActive } from "./active-chips.js";
import { remember, remembered } from "./filter-memory.js";
import { isOwn, judgeOwn } from "./own-filters.js";
import { recount } from "./places.js";

const KINDS = ["division", "club", "team", "court", "wave"];
/** So few matches are shown without folding anything; as events/day.py has it. */
const FEW = 12;

/** @type {HTMLFormElement | null} */
const form = document.querySelector("#filters");

export function startFilters() {
  if (!form) return;
  judgeOwn(form, () => asked().has("gap") && applyFilters());
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
  if (form) paintActive(form, query.get("q") ?? "");
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
    card.hidden = !(fits && isOwn(card, query) && (!text || saidBy(card).includes(text)));
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

/** Choose again what was chosen last time, as far as this day has it; and what only this device knows. */
function recall() {
  let found = false;
  const here = new URLSearchParams(location.search);
  const own = ["mine", "gap"].filter((name) => here.has(name)).map((name) => /** @type {[string, string]} */ ([name, "1"]));
  for (const [kind, value] of [...own, ...remembered()]) {
    const box = form?.querySelector(`input[name="${CSS.escape(kind)}"][value="${CSS.escape(value)}"]`);
    if (box instanceof HTMLInputElement) found = box.checked = true;
  }
  if (found) changed();
}
