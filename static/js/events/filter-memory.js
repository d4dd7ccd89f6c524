// @ts-check
/** Filters in the address, in the links to other days, and kept for the next visit. */

const memory = `filters:${document.body.dataset.event}`;

/** Into the address, into the links to other days, and for the next visit. @param {URLSearchParams} query */
export function remember(query) {
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

/** What was chosen last time, for someone who comes back without asking for anything. */
export function remembered() {
  const here = new URLSearchParams(location.search);
  here.delete("day");
  try {
    return new URLSearchParams(here.size ? "" : (localStorage.getItem(memory) ?? ""));
  } catch {
    return new URLSearchParams();
  }
}
