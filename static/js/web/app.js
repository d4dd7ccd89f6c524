// @ts-check
/** On every page: the service worker, so that a page without network is more than an error. */

if ("serviceWorker" in navigator) {
  // A browser may refuse (private window, no https): everything else works without it.
  navigator.serviceWorker
    .register("/service-worker.js", { updateViaCache: "none" })
    .catch(() => undefined);
}
