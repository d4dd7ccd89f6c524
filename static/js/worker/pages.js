// @ts-check
/**
 * Pages as they were last seen: the network first, the page of last time behind it, and the
 * offline page at last.
 *
 * They belong to whoever was signed in. There is one cache, named for its person; a page that
 * came for anybody else replaces it, and signing in or out empties it.
 */
import { forgetWhatWasSeen } from "./leaving.js";
import { VERSION, insteadOf, keepFilesOf } from "./shell.js";

const PAGES = "pages-of-";
const MOST = 40;
/** A hall's network can swallow a request without a word; then what is here is shown. */
const PATIENCE_MS = 3000;
const LONGEST_MS = 15_000;
/** An event, what lies below it, and what is everybody's; never sign-in, accounts, codes, the desk. */
const KEEPABLE = /^\/(?:practice|my-teams|settings|p\/[\w-]+|events\/[^/]+(?:\/(?!organize(?:\/|$)|courts\/)[\w./-]*)?)?$/;
const PERSON_CHANGES = /^\/(?:sign-in|sign-out|account\/erase|[ci]\/|api\/auth\/(?!refresh))/;
const LEAVES = /^\/(?:sign-out|account\/erase|api\/auth\/logout)$/;
const GONE = [401, 403, 404, 410];
const DOWN = [502, 503, 504];

/** Rises when the person changes: a page that was asked for before that is not kept. */
let era = 0;
/** What this worker was asked for since it woke up. @type {Set<string>} */
const seen = new Set();

/** @param {FetchEvent} event @param {URL} url @returns {Promise<Response>} */
export async function pageFor(event, url) {
  const network = fromNetwork(event, url);
  event.waitUntil(network.catch(() => undefined));
  const kept = await keptPage(url);
  const answer = await Promise.race([network.catch(() => undefined), soon(kept ? PATIENCE_MS : LONGEST_MS)]);
  if (answer && !(kept && DOWN.includes(answer.status))) return answer;
  return kept ? marked(kept) : insteadOf(url);
}

/** @param {FetchEvent} event @param {URL} url @returns {Promise<Response>} */
async function fromNetwork(event, url) {
  const then = era;
  seen.add(url.pathname + url.search);
  const answer = (await event.preloadResponse) ?? (await fetch(event.request));
  if (GONE.includes(answer.status)) event.waitUntil(drop(url));
  else if (isOurs(answer) && then === era) event.waitUntil(keep(url, answer.clone(), then));
  return answer;
}

/** @param {number} ms @returns {Promise<undefined>} */
function soon(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms, undefined));
}

/** A page of ours, for somebody: not a hall's sign-in page, not a refusal. @param {Response} answer */
function isOurs(answer) {
  return answer.status === 200 && !answer.redirected && answer.headers.has("x-page-of");
}

/** A page is open: ask for it and keep it, if it came before there was a worker. @param {URL} url */
export async function keepAddress(url) {
  if (seen.has(url.pathname + url.search)) return;
  const then = era;
  const answer = await fetch(url, { credentials: "same-origin", headers: { Accept: "text/html" } });
  if (isOurs(answer) && then === era) await keep(url, answer, then);
}

/** @param {URL} url @param {Response} page @param {number} then  the era in which it was asked for */
async function keep(url, page, then) {
  const name = PAGES + page.headers.get("x-page-of");
  await dropPages(name);
  const stored = /no-store/.test(page.headers.get("cache-control") ?? "");
  if (stored || !KEEPABLE.test(url.pathname)) return;
  const html = await page.text();
  const headers = new Headers(page.headers);
  for (const spent of ["content-encoding", "content-length", "set-cookie"]) headers.delete(spent);
  headers.set("x-kept-at", String(Date.now()));
  headers.set("x-kept-shell", VERSION);
  headers.set("x-kept-title", encodeURIComponent(/<title>([^<]*)/.exec(html)?.[1] ?? ""));
  await keepFilesOf(html);
  const cache = await caches.open(name);
  await cache.delete(url, { ignoreVary: true });
  // Its files came over the network: meanwhile the person may have changed.
  if (then !== era) return;
  await cache.put(url, new Response(html, { headers }));
  const eldest = (await cache.keys()).slice(0, -MOST);
  await Promise.all(eldest.map((request) => cache.delete(request, { ignoreVary: true })));
}

/**
 * The page of last time: this address, or the same day of it under other filters (they are
 * applied in the page).
 * @param {URL} url
 */
async function keptPage(url) {
  const name = (await caches.keys()).find((one) => one.startsWith(PAGES));
  if (!name) return undefined;
  const cache = await caches.open(name);
  const exact = await cache.match(url, { ignoreVary: true });
  if (exact) return exact;
  const day = url.searchParams.get("day");
  const near = (await cache.keys()).find((request) => {
    const other = new URL(request.url);
    return other.pathname === url.pathname && other.searchParams.get("day") === day;
  });
  return near && cache.match(near, { ignoreVary: true });
}

/** Tells the page that it is not of now, and when it was. @param {Response} kept */
async function marked(kept) {
  const html = await kept.text();
  const told = html.replace("<html ", `<html data-kept="${kept.headers.get("x-kept-at")}" `);
  return new Response(told, { headers: kept.headers });
}

/** @param {URL} url */
async function drop(url) {
  for (const name of await caches.keys()) {
    if (name.startsWith(PAGES)) await (await caches.open(name)).delete(url, { ignoreVary: true });
  }
}

/** Every page that is not in the cache `but`. @param {string} [but] */
async function dropPages(but) {
  const names = (await caches.keys()).filter((name) => name.startsWith(PAGES) && name !== but);
  await Promise.all(names.map((name) => caches.delete(name)));
}

/** Somebody signs in or out, or goes: what was seen until now is theirs alone. @param {FetchEvent} event @param {URL} url */
export function dropWherePersonChanges(event, url) {
  const { method } = event.request;
  const goes = method === "DELETE" && url.pathname === "/api/me";
  if (!goes && !(method === "POST" && PERSON_CHANGES.test(url.pathname))) return;
  era += 1;
  event.waitUntil(dropPages());
  if (goes || LEAVES.test(url.pathname)) event.waitUntil(forgetWhatWasSeen().catch(() => undefined));
}
