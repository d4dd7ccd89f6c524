// @ts-check
/** The bell of a team or a match: a tap tells the server, and the icon says how it is. */
import { ask } from "../sync/ask.js";
import { toast } from "../web/toast.js";
import { state } from "./device.js";

export function startBell() {
  const bell = /** @type {HTMLButtonElement | null} */ (document.querySelector("[data-bell]"));
  if (!bell) return;
  bell.hidden = false;
  if (bell.dataset.person) void show(bell);
  bell.addEventListener("click", () => ring(bell));
  addEventListener("pageshow", ({ persisted }) => persisted && lookAgain(bell));
}

/** Back has brought this page as it was; the bell may have been rung elsewhere. @param {HTMLButtonElement} bell */
function lookAgain(bell) {
  delete bell.dataset.tapped;
  if (bell.dataset.person) void show(bell);
}

/** Once somebody has tapped, what was asked before is no news. @param {HTMLButtonElement} bell */
async function show(bell) {
  const { status, body } = await ask("GET", bell.dataset.bell ?? "");
  if (status === 200 && !bell.dataset.tapped) bell.setAttribute("aria-pressed", String(body.on));
}

/** @param {HTMLButtonElement} bell */
async function ring(bell) {
  const on = bell.getAttribute("aria-pressed") !== "true";
  if (!bell.dataset.person) {
    location.assign(`/sign-in?next=${encodeURIComponent(location.pathname)}`);
    return;
  }
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
  if (!on) toast("No longer told.");
  else if ((await state()) !== "on") location.assign("/settings/notifications");
  else await promise(bell);
}

/** Of a muted tournament nothing comes, whichever bells are on. @param {HTMLButtonElement} bell */
async function promise(bell) {
  const { body } = await ask("GET", bell.dataset.bell ?? "");
  if (bell.getAttribute("aria-pressed") !== "true") return;
  toast(body?.muted ? "This tournament is muted: nothing comes until you unmute it in Settings." : "You will be told.");
}
