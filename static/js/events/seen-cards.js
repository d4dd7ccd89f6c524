// @ts-check
/** What a script adds to match cards: a day has hundreds, so each is dressed when it is first seen. */

/** @typedef {(card: HTMLElement) => void} Dress */

/** Dress the cards that are shown now, and the others when their block is opened. @param {Dress} dress @param {(within: ParentNode) => void} paint */
export function dressCards(dress, paint) {
  for (const card of shownCards(document)) dress(card);
  paint(document);
  document.addEventListener("toggle", ({ target }) => {
    if (!(target instanceof HTMLDetailsElement) || !target.open) return;
    for (const card of shownCards(target)) dress(card);
    paint(target);
  }, true);
}

/** Cards that are not folded away. @param {ParentNode} within */
export function shownCards(within) {
  return [.../** @type {NodeListOf<HTMLElement>} */ (within.querySelectorAll("article.match"))].filter((card) => !card.closest("details:not([open])"));
}

/** The event of something on a page. @param {Element} element */
export function eventOf(element) {
  return /** @type {HTMLElement | null} */ (element.closest("[data-event]"))?.dataset.event ?? "";
}
