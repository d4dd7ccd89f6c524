// @ts-check
/** This device and pushes: whether it can, whether it does, switching it on and off. */
import { ask } from "../sync/ask.js";
import { forget, keep, kept } from "./kept.js";
import { whyNot } from "./why-not.js";

/** Some browsers never answer (no push service behind them): after this it is said so. */
const PATIENCE_MS = 10_000;
const SUBSCRIPTIONS = "/api/push/subscriptions";
const NO_ANSWER = "The server does not answer. Try again when the network is back.";

/** `waiting`: turned on, and no notification has arrived yet. @typedef {"on" | "waiting" | "off" | "denied" | "install" | "unsupported"} State */

/** @returns {Promise<State>} */
export async function state() {
  if (!("serviceWorker" in navigator) || !("PushManager" in window) || !("Notification" in window)) {
    return isApple() && !isInstalled() ? "install" : "unsupported";
  }
  if (Notification.permission === "denied") return "denied";
  const own = kept();
  if (!own || !(await subscription())) return "off";
  return own.active ? "on" : "waiting";
}

/** An iPhone or iPad, also one that calls itself a Mac. */
export function isApple() {
  return /iPhone|iPad|iPod/.test(navigator.userAgent) || (/Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints > 1);
}

export function isInstalled() {
  return matchMedia("(display-mode: standalone)").matches || /** @type {any} */ (navigator).standalone === true;
}

/** Call it from a tap, or the browser does not ask. Throws an Error whose message says why not. */
export async function turnOn() {
  try {
    await subscribeHere();
  } catch (error) {
    throw new Error(whyNot(error));
  }
}

async function subscribeHere() {
  const permission = await Notification.requestPermission();
  if (permission !== "granted") throw new Error("You have not allowed notifications. You can change that in the browser's settings for this site.");
  const fresh = await subscribed();
  const { status, body } = await offer(fresh);
  if (status !== 200 && status !== 201) throw new Error(body?.detail ?? NO_ANSWER);
  keep({ endpoint: fresh.endpoint, id: body.id, active: body.active });
}

/** Also removes it on the server. */
export async function turnOff() {
  const own = kept();
  forget();
  const current = await subscription();
  const endpoint = current?.endpoint ?? own?.endpoint;
  if (endpoint) await ask("DELETE", SUBSCRIPTIONS, { endpoint });
  // The server has forgotten it already: what the browser is slow to do changes nothing.
  if (current) await inTime(current.unsubscribe(), "").catch(() => undefined);
}

/**
 * On every open, for who turned it on here: browsers lose subscriptions in silence, and servers
 * forget dead ones. What was removed elsewhere meanwhile is off here too.
 */
export async function resync() {
  const own = kept();
  if (!own || Notification.permission !== "granted") return;
  const fresh = await subscribed();
  const replaces = own.endpoint === fresh.endpoint ? undefined : own.endpoint;
  const { status, body } = await offer(fresh, { renew: true, replaces });
  // Turned off in the meantime: that stands. A first notification that has arrived counts, too.
  const now = kept();
  if (!now) return;
  if (status === 410) forget();
  const arrived = !own.active && now.active;
  if (status === 200 || status === 201) keep({ endpoint: fresh.endpoint, id: body.id, active: body.active || arrived });
}

/** The server's list says that this very sign-in is told: so it was turned on here. @param {{id: string, active: boolean}} listed */
export async function recognise({ id, active }) {
  const current = kept() ? null : await subscription();
  if (current && Notification.permission === "granted") keep({ endpoint: current.endpoint, id, active });
}

/** A first notification has arrived. */
export function proven() {
  const own = kept();
  if (own) keep({ ...own, active: true });
  return own;
}

/** The browser's subscription under our key, a new one where it has none. */
async function subscribed() {
  const worker = await inTime(navigator.serviceWorker.ready, "The app is not ready yet. Reload the page and try again.");
  const key = await publicKey();
  const current = await inTime(worker.pushManager.getSubscription(), "This browser does not answer. Close it, open it again and try once more.");
  if (current && sameKey(current, key)) return current;
  if (current) await inTime(current.unsubscribe(), "This browser does not let go of an older subscription. Close it, open it again and try once more.");
  return inTime(
    worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key }),
    "This browser's push service does not answer. Browsers without Google's or Mozilla's services (Brave, some Android phones) cannot take notifications until that is switched on in their settings.",
  );
}

/** None where the browser does not say in time: then a person may try. */
async function subscription() {
  const asked = navigator.serviceWorker.getRegistration().then((worker) => worker?.pushManager.getSubscription());
  return (await inTime(asked, "").catch(() => null)) ?? null;
}

async function publicKey() {
  const { status, body } = await ask("GET", "/api/push/key");
  if (status !== 200) throw new Error(NO_ANSWER);
  return /** @type {string} */ (body.publicKey);
}

/** Without a tap it says so. @param {PushSubscription} fresh @param {{renew: true, replaces?: string}} [untapped] */
function offer(fresh, untapped) {
  const { endpoint, keys } = fresh.toJSON();
  return ask("POST", SUBSCRIPTIONS, { endpoint, keys, ...untapped });
}

/** @param {PushSubscription} one @param {string} key */
function sameKey(one, key) {
  const bytes = new Uint8Array(one.options.applicationServerKey ?? new ArrayBuffer(0));
  const text = btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  return text === key;
}

/** @template T @param {Promise<T>} work @param {string} why @returns {Promise<T>} */
function inTime(work, why) {
  /** @type {ReturnType<typeof setTimeout>} */
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(why)), PATIENCE_MS);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
