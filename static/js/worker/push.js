// @ts-check
/**
 * Pushes: shown, tapped, and subscribed to anew.
 *
 * Every push is shown, whatever is in it: a browser that gets one and shows nothing takes the
 * permission away. `waitUntil` is called before anything is awaited.
 */
import { ask } from "../sync/ask.js";

/**
 * @typedef {object} Pushed
 * @property {string} title
 * @property {string} body
 * @property {string} tag  replaces what is shown with the same
 * @property {string} url  a path of ours
 * @property {string} kind
 * @property {string} [token]  comes back as proof
 * @property {boolean} [silent]
 */

const worker = /** @type {ServiceWorkerGlobalScope & {SHELL: {icon?: string}}} */ (/** @type {unknown} */ (self));
const PAD = /\/score$/;

/** @param {PushEvent} event */
export function pushed(event) {
  const told = read(event.data);
  event.waitUntil(Promise.all([show(told), told.token ? prove(told.token) : undefined]));
}

/** @param {NotificationEvent} event */
export function tapped(event) {
  event.notification.close();
  event.waitUntil(Promise.all([open(event.notification.data?.url), count()]));
}

/** @param {any} event  a PushSubscriptionChangeEvent */
export function changed(event) {
  event.waitUntil(renew(event.oldSubscription, event.newSubscription));
}

/** What came; where it cannot be read, that something came. @param {PushMessageData | null} data @returns {Pushed} */
export function read(data) {
  const news = { title: "CourtSync", body: "There is news. Tap to look.", tag: "news", url: "/", kind: "news" };
  try {
    const told = data?.json();
    return typeof told?.title === "string" ? { ...news, ...told } : news;
  } catch {
    return news;
  }
}

/** @param {Pushed} told */
async function show({ title, body, tag, url, kind, silent = false }) {
  const options = { body, tag, silent, icon: worker.SHELL.icon, data: { url, kind } };
  // The same tag says something new: that may buzz again, unless it is meant to be quiet.
  await worker.registration.showNotification(title, /** @type {any} */ ({ ...options, renotify: !silent }));
  await count();
}

/** The number on the app's icon, where there is one. */
async function count() {
  const badge = /** @type {any} */ (worker.navigator);
  if (!badge.setAppBadge) return;
  const shown = await worker.registration.getNotifications();
  await (shown.length ? badge.setAppBadge(shown.length) : badge.clearAppBadge()).catch(() => undefined);
}

/** @param {string} token */
async function prove(token) {
  await ask("POST", "/api/push/subscriptions/activate", { token });
  for (const client of await worker.clients.matchAll({ type: "window" })) client.postMessage({ type: "PUSH_PROVEN" });
}

/** Our page with this path, whatever else was sent. @param {unknown} path */
export function ours(path) {
  const home = new URL("/", worker.location.origin);
  if (typeof path !== "string" || !path.startsWith("/")) return home;
  const url = new URL(path, home);
  return url.origin === home.origin ? url : home;
}

/**
 * The page is brought to the front if it is open; else an open page goes there, but never one
 * that keeps score; else it is opened.
 * @param {unknown} path
 */
async function open(path) {
  const url = ours(path);
  const pages = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  const there = pages.find((page) => new URL(page.url).pathname === url.pathname);
  if (there) return there.focus().catch(() => there);
  for (const page of pages.filter((one) => !PAD.test(new URL(one.url).pathname))) {
    // Null or refused: another worker has that page.
    const moved = await page.navigate(url.href).catch(() => null);
    if (moved) return moved.focus().catch(() => moved);
  }
  return worker.clients.openWindow(url.href);
}

/**
 * The browser has thrown a subscription away: tell the server the new one.
 * @param {PushSubscription | null | undefined} former
 * @param {PushSubscription | null | undefined} given
 */
async function renew(former, given) {
  const { status, body } = await ask("GET", "/api/push/key");
  if (status !== 200) return;
  const options = { userVisibleOnly: true, applicationServerKey: body.publicKey };
  const fresh = given ?? (await worker.registration.pushManager.subscribe(options));
  if (former && former.endpoint !== fresh.endpoint) {
    await ask("DELETE", "/api/push/subscriptions", { endpoint: former.endpoint });
  }
  await ask("POST", "/api/push/subscriptions", fresh.toJSON());
}
