// @ts-check
/** The number on the app's icon: whoever opens the app, or comes back to it, has seen that there is news. */

export function startBadge() {
  clear();
  document.addEventListener("visibilitychange", () => document.hidden || clear());
}

function clear() {
  if (document.hidden) return;
  void (/** @type {any} */ (navigator).clearAppBadge?.().catch(() => undefined));
}
