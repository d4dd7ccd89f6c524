// @ts-check
/** The events opened on this device, newest first, for the home page. */

const KEY = "recent-events";
const MOST = 8;

/** @typedef {{id: string, name: string}} Visited */

/** @returns {Visited[]} */
export function recentEvents() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter((event) => typeof event?.id === "string" && typeof event?.name === "string") : [];
  } catch {
    return [];
  }
}

/** @param {string} id @param {string} name */
export function rememberEvent(id, name) {
  const events = [{ id, name }, ...recentEvents().filter((event) => event.id !== id)].slice(0, MOST);
  try {
    localStorage.setItem(KEY, JSON.stringify(events));
  } catch {
    // Private mode may refuse; the page works without.
  }
}
