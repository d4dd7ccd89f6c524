// @ts-check
/** The page of notifications: this device on and off, a test, and the person's own zone. */
import { ask } from "../sync/ask.js";
import { newest } from "../web/newest.js";
import { proven, recognise, state, turnOff, turnOn } from "./device.js";
import { whyNot } from "./why-not.js";

const device = /** @type {HTMLElement} */ (document.querySelector("#this-device"));
const said = /** @type {HTMLElement} */ (document.querySelector("#push-said"));
/** A look that began before a tap is no news after it. */
const show = newest(state, (now) => (device.dataset.state = now));
const zone = /** @type {HTMLInputElement | null} */ (document.querySelector("[name=timezone]"));

if (zone && !zone.value) zone.value = Intl.DateTimeFormat().resolvedOptions().timeZone;

if (device) {
  for (const [name, act] of Object.entries({ on: turnOn, off: turnOff, test })) {
    device.querySelector(`[data-push="${name}"]`)?.addEventListener("click", (event) => run(event, act));
  }
  navigator.serviceWorker?.addEventListener("message", (event) => {
    if (event.data?.type === "PUSH_PROVEN") arrived();
  });
  // The offer of every page may be answered late, and another tab may have turned it off.
  for (const change of ["push-changed", "storage"]) addEventListener(change, () => void show());
  void begin();
}

async function begin() {
  const current = /** @type {HTMLElement | null} */ (document.querySelector("[data-device][data-current]"));
  if (current) await recognise({ id: current.dataset.device ?? "", active: current.dataset.current === "active" });
  await show();
}

function arrived() {
  say("Proven: a first notification has arrived.");
  proven();
  void listAnew();
}

/** The devices as the server lists them by now. */
const listAnew = newest(listed, (list) => {
  const here = document.querySelector("#devices");
  if (list && !here?.querySelector(":focus-visible")) here?.replaceWith(document.adoptNode(list));
});

/** @returns {Promise<Element | null>} */
async function listed() {
  const answer = await fetch(location.pathname, { headers: { Accept: "text/html" } }).catch(() => null);
  return answer?.ok ? new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("#devices") : null;
}

/** @param {Event} event @param {() => Promise<unknown>} act */
async function run(event, act) {
  const button = /** @type {HTMLButtonElement} */ (event.currentTarget);
  button.disabled = true;
  say("One moment…");
  try {
    say(String((await act()) ?? "Done."));
    void listAnew();
  } catch (error) {
    say(whyNot(error));
  }
  button.disabled = false;
  await show();
}

async function test() {
  const { status, body } = await ask("POST", "/api/push/test");
  if (status !== 202) throw new Error(body?.detail ?? "The server does not answer.");
  return `On its way to ${body.devices} device${body.devices === 1 ? "" : "s"}.`;
}

/** @param {string} words */
function say(words) {
  said.textContent = words;
  said.hidden = false;
}
