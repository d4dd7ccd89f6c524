// @ts-check
/**
 * CourtSync's service worker: never in the way, and there when the network is not.
 *
 * This is the entry; its parts lie in static/js/worker. The server joins them into one classic
 * script (modules fail as workers in older browsers) and puts `self.SHELL = {version, files}`
 * before it: the files of this build that every page needs.
 *
 * Answered from here: navigations, network first, and the build's own files. Never the API, a
 * stream or a fragment: live numbers come from the network, or from IndexedDB with their age.
 */
import { sendWaiting } from "./static/js/worker/drain.js";
import { dropWherePersonChanges, keepAddress, pageFor } from "./static/js/worker/pages.js";
import { changed, closed, pushed, tapped } from "./static/js/worker/push.js";
import { forgetFormerShells, isOfABuild, keepShell, shellFile } from "./static/js/worker/shell.js";

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

worker.addEventListener("install", (event) => event.waitUntil(keepShell()));

worker.addEventListener("activate", (event) => event.waitUntil(begin()));

worker.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  // The way out, should this script ever be at fault: any page with `?no-sw`.
  if (url.origin !== worker.location.origin || url.searchParams.has("no-sw")) return;
  dropWherePersonChanges(event, url);
  if (event.request.method !== "GET") return;
  if (event.request.mode === "navigate") event.respondWith(pageFor(event, url));
  else if (isOfABuild(url)) event.respondWith(shellFile(event.request));
});

worker.addEventListener("message", (event) => {
  // A page has asked the person: only then does a new version take over.
  if (event.data?.type === "SKIP_WAITING") worker.skipWaiting();
  // The first page of all was loaded before this worker could see it.
  if (event.data?.type === "KEEP") event.waitUntil(keepAddress(new URL(event.data.url)).catch(() => undefined));
});

worker.addEventListener("sync", (/** @type {any} */ event) => {
  if (event.tag === "drain") event.waitUntil(sendWaiting(event));
});

worker.addEventListener("push", pushed);
worker.addEventListener("notificationclick", tapped);
worker.addEventListener("notificationclose", closed);
worker.addEventListener("pushsubscriptionchange", changed);

async function begin() {
  // The page is asked for while this worker still wakes up. Not in Firefox (153): where such a
  // request finds no network it breaks the navigation, whatever the worker answers.
  if ("sync" in worker.registration) await worker.registration.navigationPreload.enable();
  await forgetFormerShells();
  await worker.clients.claim();
}
