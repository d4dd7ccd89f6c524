// @ts-check
/**
 * The emergency brake (`COURTSYNC_SERVICE_WORKER=off`): takes the place of a worker that went
 * wrong, throws its caches away and goes. IndexedDB is spared: points may wait in it.
 */

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

worker.addEventListener("install", () => worker.skipWaiting());

worker.addEventListener("activate", (event) => event.waitUntil(retire()));

async function retire() {
  for (const name of await caches.keys()) await caches.delete(name);
  await worker.registration.unregister();
}
