// @ts-check
/** The offline page: what waits to be sent, what was kept and still opens, and the way back. */

import { inWords } from "../sync/amount.js";
import { knownMatch } from "../storage/known.js";
import { waiting } from "../sync/waiting.js";
import { ageInWords } from "./ages.js";
import { clockTime } from "./clock-time.js";

const LOOK_EVERY_MS = 10_000;
/** @type {[string, RegExp][]} what a kept page is, by its address; the first that fits */
const KINDS = [
  ["Score a match", /\/score$|^\/practice$/],
  ["Matches", /\/matches\//],
  ["Events", /^\/events\/[^/]+$/],
  ["More", /^/],
];

const A_MATCH = /^\/events\/([A-Za-z0-9_-]{1,64})\/matches\/(-?\d+)\/?$/;

/** @typedef {{path: string, title: string, at: number}} Kept */

paintWaiting();
paintMatch().catch(() => undefined);
paintKept();
if (location.pathname !== "/offline") setInterval(look, LOOK_EVERY_MS);
addEventListener("online", look);

async function paintWaiting() {
  const { count, amount, since } = await waiting().catch(() => ({ count: 0, amount: { points: 0, changes: 0 }, since: null }));
  const place = document.querySelector("#waiting");
  if (!place || !count) return;
  const first = since ? `, the first since ${clockTime(since)}` : "";
  place.textContent = `${inWords(amount, "wait")} on this phone${first}. Sent as soon as there is a network.`;
}

/** A match whose page was never opened: this phone may know enough of it to keep its score. */
async function paintMatch() {
  const asked = A_MATCH.exec(location.pathname);
  const known = asked && (await knownMatch(asked[1], Number(asked[2])));
  const place = document.querySelector("#this-match");
  if (!known || !(place instanceof HTMLElement)) return;
  for (const [part, words] of Object.entries({ names: known.names.join(" – "), place: known.place })) {
    const found = place.querySelector(`[data-${part}]`);
    if (found) found.textContent = words;
  }
  place.querySelector("a")?.setAttribute("href", `${location.pathname.replace(/\/$/, "")}/score`);
  place.hidden = false;
}

async function paintKept() {
  const pages = await keptPages().catch(() => []);
  for (const [name, fits] of KINDS) {
    const these = pages.filter(({ path }) => kindOf(path) === name && fits.test(path.split("?")[0]));
    if (these.length) document.querySelector("#kept-pages")?.append(section(name, these));
  }
}

/** @param {string} path */
function kindOf(path) {
  return KINDS.find(([, fits]) => fits.test(path.split("?")[0]))?.[0];
}

/** @returns {Promise<Kept[]>} newest first */
async function keptPages() {
  const name = (await caches.keys()).find((one) => one.startsWith("pages-of-"));
  if (!name) return [];
  const cache = await caches.open(name);
  const found = await Promise.all((await cache.keys()).map(async ({ url }) => described(url, await cache.match(url, { ignoreVary: true }))));
  return found.sort((one, other) => other.at - one.at);
}

/** @param {string} url @param {Response | undefined} page @returns {Kept} */
function described(url, page) {
  const { pathname, search } = new URL(url);
  const told = decodeURIComponent(page?.headers.get("x-kept-title") ?? "");
  // A title is HTML: its entities are read by a document that nobody sees.
  const words = new DOMParser().parseFromString(told, "text/html").body.textContent ?? "";
  const title = words.replace(/ · CourtSync$/, "").replace(/^Keep score · /, "") || pathname;
  return { path: pathname + search, title, at: Number(page?.headers.get("x-kept-at")) };
}

/** @param {string} name @param {Kept[]} pages */
function section(name, pages) {
  const place = Object.assign(document.createElement("section"), { className: "section" });
  const list = document.createElement("ul");
  list.className = "stack";
  for (const { path, title, at } of pages) {
    const link = Object.assign(document.createElement("a"), { className: "card row spread", href: path });
    const age = ageInWords(Date.now() - at);
    const words = Object.assign(document.createElement("b"), { textContent: title });
    const seen = Object.assign(document.createElement("small"), { className: "quiet nowrap", textContent: age === "now" ? "just now" : `${age} ago` });
    link.append(words, seen);
    list.append(document.createElement("li"));
    list.lastElementChild?.append(link);
  }
  place.append(Object.assign(document.createElement("h2"), { className: "label", textContent: name }), list);
  return place;
}

/** Back to what was asked for, as soon as the server answers. */
async function look() {
  if (document.hidden) return;
  const answer = await fetch("/healthz", { cache: "no-store" }).catch(() => undefined);
  if (answer?.ok) location.reload();
}
