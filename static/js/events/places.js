// @ts-check
/** Where a match card belongs: in Live now while it is played, else in the block of its start. */

const FINISHED_STAYS = 3000; // a card that ends under one's eyes says so before it moves

/** @param {HTMLElement} card */
export function place(card) {
  if (card.dataset.status === "live") {
    put(card, document.querySelector("#live .cards"));
  } else if (card.closest("#live")) {
    window.setTimeout(() => {
      if (card.dataset.status !== "live") put(card, blockOf(card));
      recount();
    }, FINISHED_STAYS);
  }
}

/** @param {HTMLElement} card */
function blockOf(card) {
  return document.querySelector(`.block[data-block="${card.dataset.block}"] .cards`);
}

/** Into a list, at its place by start and court. @param {HTMLElement} card @param {Element | null} list */
function put(card, list) {
  if (!list || card.parentElement === list) return;
  const order = Number(card.dataset.order);
  const cards = /** @type {HTMLElement[]} */ ([...list.children]);
  list.insertBefore(card, cards.find((other) => Number(other.dataset.order) > order) ?? null);
}

/** Bring every count and every empty place in line with the cards that are shown. */
export function recount() {
  const live = shownIn(document.querySelector("#live .cards"));
  let shown = live;
  for (const block of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".block"))) {
    const count = shownIn(block.querySelector(".cards"));
    shown += count;
    block.hidden = count === 0;
    write(block.querySelector(".count"), `${count} ${count === 1 ? "match" : "matches"}`);
  }
  write(document.querySelector("#live-title [data-count]"), String(live));
  hide(document.querySelector("#live-title"), live === 0);
  hide(document.querySelector("#nothing"), shown > 0);
  for (const place of document.querySelectorAll("[data-shown]")) write(place, String(shown));
}

/** @param {Element | null} list */
function shownIn(list) {
  return list ? list.querySelectorAll(":scope > .match:not([hidden])").length : 0;
}

/** @param {Element | null} element @param {string} text */
function write(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}

/** @param {Element | null} element @param {boolean} hidden */
function hide(element, hidden) {
  if (element) /** @type {HTMLElement} */ (element).hidden = hidden;
}
