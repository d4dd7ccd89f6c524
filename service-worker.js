// The worker of the whole site (scope "/"). A classic script: older Firefox refuses modules here.
// A new version takes over at once, so that no tab stays behind on a former one.

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

worker.addEventListener("install", () => {
  void worker.skipWaiting();
});

worker.addEventListener("activate", (event) => {
  event.waitUntil(worker.clients.claim());
});
