// @ts-check
/** The files of a build: named by content, so a kept one is never stale. */

const { SHELL, registration } = /** @type {ServiceWorkerGlobalScope & {SHELL: {version: string, files: string[]}}} */ (
  /** @type {unknown} */ (self)
);
const SHELLS = "shell-";

/** Which build this worker belongs to. */
export const VERSION = SHELL.version;

/** All or nothing: a worker without its files would be worse than the former one. */
export async function keepShell() {
  const cache = await caches.open(SHELLS + VERSION);
  const pages = ["/offline", "/pad"].map((path) => new Request(path, { cache: "reload" }));
  await cache.addAll([...pages, ...SHELL.files]);
}

/** Kept pages may still need the files of the build they came with; other builds go. */
export async function forgetFormerShells() {
  const needed = new Set([VERSION]);
  for (const name of await caches.keys()) {
    if (name.startsWith(SHELLS)) continue;
    const cache = await caches.open(name);
    for (const page of await cache.matchAll()) needed.add(page.headers.get("x-kept-shell") ?? "");
  }
  for (const name of await caches.keys()) {
    if (name.startsWith(SHELLS) && !needed.has(name.slice(SHELLS.length))) await caches.delete(name);
  }
}

/** @param {URL} url */
export function isOfABuild(url) {
  return url.pathname.startsWith("/static/");
}

/** @param {Request} request */
export async function shellFile(request) {
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}

/** What a page needs beside itself, so that it opens whole. @param {string} html */
export async function keepFilesOf(html) {
  const cache = await caches.open(SHELLS + VERSION);
  const named = new Set(html.match(/\/static\/[\w./-]+/g));
  for (const path of named) {
    if (!(await caches.match(path, { ignoreVary: true }))) await cache.add(path);
  }
}

/** The pad of a match that was never opened begins from what this phone knows of its event. */
const A_PAD = /^\/(?:pad|events\/[^/]+\/matches\/-?\d+\/score)$/;

/** What stands in for a page that was not kept. @param {URL} url @returns {Promise<Response>} */
export async function insteadOf(url) {
  const shell = A_PAD.test(url.pathname) ? await caches.match("/pad", { ignoreVary: true }) : undefined;
  return shell ?? (await caches.match("/offline", { ignoreVary: true })) ?? Response.error();
}

/** @param {string} title @param {NotificationOptions} options */
export function notify(title, options) {
  return registration.showNotification(title, options);
}
