// @ts-check
/**
 * A new version waits until somebody says yes, and never in the middle of a rally.
 *
 * The tab that said yes loads again, once; the others are told and load when asked to.
 */
import { isBusy } from "./busy.js";

const LOOK_AGAIN_MS = 3000;
/** A page can stay open for a whole day of play. */
const CHECK_EVERY_MS = 60 * 60_000;

let accepted = false;
let checkedAt = Date.now();
/** @type {ReturnType<typeof setTimeout> | undefined} */
let later;

/** @param {ServiceWorkerRegistration} registration */
export function startUpdates(registration) {
  let governed = Boolean(navigator.serviceWorker.controller);
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (governed) tookOver();
    governed = true;
  });
  const look = () => governed && registration.waiting && offer("Update ready", "Update", () => accept(registration));
  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", look));
  document.addEventListener("visibilitychange", () => {
    if (document.hidden || Date.now() - checkedAt < CHECK_EVERY_MS) return;
    checkedAt = Date.now();
    registration.update().catch(() => undefined);
  });
  look();
}

/** @param {ServiceWorkerRegistration} registration */
function accept(registration) {
  accepted = true;
  registration.waiting?.postMessage({ type: "SKIP_WAITING" });
}

function tookOver() {
  if (accepted && !isBusy()) location.reload();
  else offer("CourtSync was updated in another tab", "Reload", () => location.reload());
}

/** Say it as soon as nobody is scoring, sending or typing here. @param {string} words @param {string} way @param {() => void} act */
function offer(words, way, act) {
  clearTimeout(later);
  const banner = document.querySelector("#update");
  banner?.remove();
  if (isBusy()) {
    later = setTimeout(offer, LOOK_AGAIN_MS, words, way, act);
    return;
  }
  document.body.append(made(words, way, act));
  // A rally may begin while it stands there.
  later = setTimeout(offer, LOOK_AGAIN_MS, words, way, act);
}

/** @param {string} words @param {string} way @param {() => void} act */
function made(words, way, act) {
  const banner = Object.assign(document.createElement("div"), { id: "update", className: "update banner" });
  const text = Object.assign(document.createElement("p"), { textContent: words });
  text.setAttribute("role", "status");
  const yes = Object.assign(document.createElement("button"), { className: "button primary", type: "button", textContent: way });
  const no = Object.assign(document.createElement("button"), { className: "button plain", type: "button", textContent: "Later" });
  const end = () => {
    clearTimeout(later);
    banner.remove();
  };
  yes.addEventListener("click", () => {
    end();
    act();
  });
  no.addEventListener("click", end);
  banner.append(text, no, yes);
  return banner;
}
