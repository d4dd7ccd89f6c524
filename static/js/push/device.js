// @ts-check
/** This device and pushes: whether it can, whether it does, switching it on and off. */
import { ask } from "../sync/ask.js";

/** Some browsers never answer (no push service behind them): after this it is said so. */
const PATIENCE_MS = 10_000;
const ON = "courtsync-push";

/** @typedef {"on" | "off" | "denied" | "install" | "unsupported"} State */

/** @returns {Promise<State>} */
export async function state() {
  if (!("serviceWorker" in navigator) || !("PushManager" in window) || !("Notification" in window)) {
    return isApple() && !isInstalled() ? "install" : "unsupported";
  }
  if (Notification.permission === "denied") return "denied";
  return (await subscription()) ? "on" : "off";
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
  const permission = await Notification.requestPermission();
  if (permission !== "granted") throw new Error("You have not allowed notifications. You can change that in the browser's settings for this site.");
  const worker = await inTime(navigator.serviceWorker.ready, "The app is not ready yet. Reload the page and try again.");
  const key = await publicKey();
  const former = await worker.pushManager.getSubscription();
  if (former && !sameKey(former, key)) await former.unsubscribe();
  const fresh = await inTime(
    worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key }),
    "This browser's push service does not answer. Browsers without Google's or Mozilla's services (Brave, some Android phones) cannot take notifications until that is switched on in their settings.",
  );
  await offer(fresh);
  localStorage.setItem(ON, "on");
}

/** Also forgets it on the server. */
export async function turnOff() {
  localStorage.removeItem(ON);
  const current = await subscription();
  if (!current) return;
  await ask("DELETE", "/api/push/subscriptions", { endpoint: current.endpoint });
  // The server has forgotten it already: what the browser is slow to do changes nothing.
  await inTime(current.unsubscribe(), "").catch(() => undefined);
}

/** On every open: browsers lose subscriptions in silence, and servers forget dead ones. */
export async function resync() {
  if (localStorage.getItem(ON) !== "on" || Notification.permission !== "granted") return;
  const worker = await navigator.serviceWorker.ready;
  const key = await publicKey();
  const current = await worker.pushManager.getSubscription();
  if (current && sameKey(current, key)) return offer(current);
  await current?.unsubscribe();
  await offer(await inTime(worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key }), ""));
}

/** None where the browser does not say in time: then a person may try. */
async function subscription() {
  const asked = navigator.serviceWorker.getRegistration().then((worker) => worker?.pushManager.getSubscription());
  return (await inTime(asked, "").catch(() => null)) ?? null;
}

async function publicKey() {
  const { status, body } = await ask("GET", "/api/push/key");
  if (status !== 200) throw new Error("The server does not answer. Try again when the network is back.");
  return /** @type {string} */ (body.publicKey);
}

/** @param {PushSubscription} fresh */
async function offer(fresh) {
  const { endpoint, keys } = fresh.toJSON();
  const { status, body } = await ask("POST", "/api/push/subscriptions", { endpoint, keys });
  if (status !== 200 && status !== 201) throw new Error(body?.detail ?? "The server does not answer. Try again when the network is back.");
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
