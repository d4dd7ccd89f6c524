// @ts-check
/**
 * What this browser remembers of notifications: who turned them on here, and at which endpoint.
 * Another person on the same browser has turned on nothing. The worker has a copy.
 */
import { copy } from "./copied.js";

const NAME = "courtsync-push";

/** @typedef {import("./copied.js").Kept} Kept */

/** Only where whoever is signed in on this page turned it on. @returns {Kept | null} */
export function kept() {
  const person = signedIn();
  const found = read();
  return found && found.endpoint && found.person === person ? found : null;
}

/** It is on here, for whoever is signed in on this page. @param {Omit<Kept, "person">} what */
export function keep({ endpoint, id, active }) {
  const person = signedIn();
  if (!person) return;
  const all = { person, endpoint, id, active };
  write(() => localStorage.setItem(NAME, JSON.stringify(all)));
  void copy(all).catch(() => undefined);
}

export function forget() {
  write(() => localStorage.removeItem(NAME));
  void copy(null).catch(() => undefined);
}

function signedIn() {
  return document.documentElement.dataset.person;
}

/** Former versions kept a word without a person: that is nobody's. @returns {Kept | null} */
function read() {
  try {
    return JSON.parse(localStorage.getItem(NAME) ?? "null");
  } catch {
    return null;
  }
}

/** A browser that keeps nothing can be told all the same. @param {() => void} work */
function write(work) {
  try {
    work();
  } catch {
    // It has to be turned on anew when the browser loses it.
  }
  globalThis.dispatchEvent?.(new Event("push-changed"));
}
