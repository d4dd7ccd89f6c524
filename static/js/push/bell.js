// @ts-check
/** The bell of a team or a match: a tap tells the server, and the icon says how it is. */
import { ask } from "../sync/ask.js";
import { toast } from "../web/toast.js";
import { state } from "./device.js";

/** In the address of the way back from signing in, and in this tab's memory. */
const RING = "ring";

export function startBell() {
  const bell = /** @type {HTMLButtonElement | null} */ (document.querySelector("[data-bell]"));
  if (!bell) return;
  bell.hidden = false;
  if (bell.dataset.person) void show(bell);
  bell.addEventListener("click", () => ring(bell));
  if (isBack(bell)) void ring(bell);
  addEventListener("pageshow", ({ persisted }) => persisted && lookAgain(bell));
}

/** Back has brought this page as it was; the bell may have been rung elsewhere. @param {HTMLButtonElement} bell */
function lookAgain(bell) {
  delete bell.dataset.tapped;
  if (bell.dataset.person) void show(bell);
  globalThis.dispatchEvent?.(new Event("bell-rung"));
}

/**
 * Somebody without a name has tapped it here, said who they are, and is back: once. A link with
 * the same address rings nothing.
 * @param {HTMLButtonElement} bell
 */
function isBack(bell) {
  if (!new URLSearchParams(location.search).has(RING)) return false;
  history.replaceState(history.state, "", location.pathname + location.hash);
  const tapped = sessionStorage.getItem(RING);
  sessionStorage.removeItem(RING);
  return Boolean(bell.dataset.person) && tapped === bell.dataset.bell;
}

/** @param {HTMLButtonElement} bell */
function sayWhoFirst(bell) {
  sessionStorage.setItem(RING, bell.dataset.bell ?? "");
  const back = encodeURIComponent(`${location.pathname}?${RING}=1`);
  location.assign(`/sign-in?next=${back}`);
}

/** Once somebody has tapped, what was asked before is no news. @param {HTMLButtonElement} bell */
async function show(bell) {
  const { status, body } = await ask("GET", bell.dataset.bell ?? "");
  if (status === 200 && !bell.dataset.tapped) bell.setAttribute("aria-pressed", String(body.on));
}

/** @param {HTMLButtonElement} bell */
async function ring(bell) {
  const on = bell.getAttribute("aria-pressed") !== "true";
  if (!bell.dataset.person) return sayWhoFirst(bell);
  bell.dataset.tapped = "yes";
  bell.disabled = true;
  const { status, body } = await ask(on ? "PUT" : "DELETE", bell.dataset.bell ?? "");
  bell.disabled = false;
  if (status !== 204) {
    delete bell.dataset.tapped;
    toast(body?.detail ?? "The server does not answer. Try again when the network is back.");
    return;
  }
  bell.setAttribute("aria-pressed", String(on));
  // Whose team's bell is rung follows it.
  globalThis.dispatchEvent?.(new Event("bell-rung"));
  if (!on) toast("No longer told.");
  else if (!["on", "waiting"].includes(await state())) await turnOnFirst();
  else await promise(bell);
}

/** Of a muted tournament nothing comes, whichever bells are on. @param {HTMLButtonElement} bell */
async function promise(bell) {
  const { body } = await ask("GET", bell.dataset.bell ?? "");
  if (bell.getAttribute("aria-pressed") !== "true") return;
  toast(body?.muted ? "This tournament is muted: nothing comes until you unmute it in Settings." : "You will be told.");
}

/** A page that leaves while it still loads is left out of the way back: Back would lead to signing in. */
async function turnOnFirst() {
  if (document.readyState !== "complete") await new Promise((loaded) => addEventListener("load", () => setTimeout(loaded), { once: true }));
  location.assign("/settings/notifications");
}
