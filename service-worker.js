// @ts-check
/// <reference lib="webworker" />

/**
 * CourtSync's service worker: classic, small, and never in the way.
 *
 * The server puts `self.SHELL = {version, files}` before this text: the offline page and the
 * hashed files it needs. Navigations go to the network; without one, the offline page says so.
 * Nothing else is answered from here: no API, no stream, no fragment.
 */

const worker = /** @type {ServiceWorkerGlobalScope & {SHELL: {version: string, files: string[]}}} */ (
  /** @type {unknown} */ (self)
);
const SHELL_CACHE = `shell-${worker.SHELL.version}`;

worker.addEventListener("install", (event) => {
  event.waitUntil(caches.open(SHELL_CACHE).then((cache) => cache.addAll(worker.SHELL.files)));
});

worker.addEventListener("activate", (event) => {
  event.waitUntil(forgetFormerShells());
});

worker.addEventListener("fetch", (event) => {
  if (event.request.mode === "navigate") event.respondWith(pageOrOffline(event.request));
  else if (worker.SHELL.files.includes(new URL(event.request.url).pathname)) {
    event.respondWith(shellFile(event.request));
  }
});

async function forgetFormerShells() {
  const names = await caches.keys();
  const former = names.filter((name) => name.startsWith("shell-") && name !== SHELL_CACHE);
  await Promise.all(former.map((name) => caches.delete(name)));
}

/** @param {Request} request */
async function pageOrOffline(request) {
  try {
    return await fetch(request);
  } catch {
    return (await caches.match("/offline")) ?? Response.error();
  }
}

/** @param {Request} request */
async function shellFile(request) {
  return (await caches.match(request)) ?? fetch(request);
}
