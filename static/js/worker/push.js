// @ts-check
/**
 * Pushes: shown, tapped, and subscribed to anew.
 *
 * Every push is shown, whatever is in it: a browser that gets one and shows nothing takes the
 * permission away. `waitUntil` is called before anything is awaited.
 */
import { copied, copy } from "../push/copied.js";
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

const SUBSCRIPTIONS = "/api/push/subscriptions";
const worker = /** @type {ServiceWorkerGlobalScope & {SHELL: {icon?: string}}} */ (/** @type {unknown} */ (self));
const PAD = /\/score$/;
/** @type {Pushed} */
const NEWS = { title: "CourtSync", body: "There is news. Tap to look.", tag: "news", url: "/", kind: "news" };

/** @param {PushEvent} event */
export function pushed(event) {
  const told = read(event.data);
  event.waitUntil(Promise.all([show(told).catch(() => show(NEWS)).finally(count), told.token ? prove(told.token) : undefined]));
}

/** @param {NotificationEvent} event */
export function tapped(event) {
  event.notification.close();
  event.waitUntil(Promise.all([open(event.notification.data?.url), count()]));
}

/** Wiped away without a look. @param {NotificationEvent} event */
export function closed(event) {
  event.waitUntil(count());
}

/** @param {any} event  a PushSubscriptionChangeEvent */
export function changed(event) {
  event.waitUntil(renew(event.oldSubscription, event.newSubscription));
}

/**
 * What came, each part only if it is what it should be: an empty tag, say, makes a browser refuse
 * to show anything. Where it cannot be read, that something came.
 * @param {PushMessageData | null} data
 * @returns {Pushed}
 */
export function read(data) {
  const told = parsed(data);
  if (!isText(told?.title)) return NEWS;
  const texts = ["title", "body", "tag", "url", "kind", "token"].filter((name) => isText(told[name]));
  return { ...NEWS, ...Object.fromEntries(texts.map((name) => [name, told[name]])), silent: told.silent === true };
}

/** @param {PushMessageData | null} data */
function parsed(data) {
  try {
    return data?.json();
  } catch {
    return null;
  }
}

/** @param {unknown} one */
function isText(one) {
  return typeof one === "string" && one !== "";
}

/** @param {Pushed} told */
function show({ title, body, tag, url, kind, silent = false }) {
  const options = { body, tag, silent, icon: worker.SHELL.icon, data: { url, kind } };
  // The same tag says something new: that may buzz again, unless it is meant to be quiet.
  return worker.registration.showNotification(title, /** @type {any} */ ({ ...options, renotify: !silent }));
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
  const { status } = await ask("POST", `${SUBSCRIPTIONS}/activate`, { token });
  if (status !== 204) return;
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
 * The browser has thrown a subscription away: tell the server the new one, if whoever turned it
 * on here is signed in. Where that is not known, the next page that opens sees to it.
 * @param {PushSubscription | null | undefined} former
 * @param {PushSubscription | null | undefined} given
 */
async function renew(former, given) {
  const own = await copied().catch(() => null);
  if (!own || !(await isSignedIn(own.person))) return;
  const fresh = given ?? (await subscribeAnew());
  if (!fresh) return;
  const { endpoint = "", keys } = fresh.toJSON();
  const before = former?.endpoint ?? own.endpoint;
  const replaces = before === endpoint ? undefined : before;
  const { status } = await ask("POST", SUBSCRIPTIONS, { endpoint, keys, renew: true, replaces });
  if (status === 200 || status === 201) await copy({ ...own, endpoint });
  if (status === 410) await copy(null);
}

/** @param {string} person */
async function isSignedIn(person) {
  const { status, body } = await ask("GET", "/api/me");
  return status === 200 && body.id === person;
}

async function subscribeAnew() {
  const { status, body } = await ask("GET", "/api/push/key");
  if (status !== 200) return null;
  return worker.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: body.publicKey });
}
