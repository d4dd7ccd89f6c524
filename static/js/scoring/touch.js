// @ts-check
/** Which control was meant: touches on the pad, buttons and forms of sheets and panels, keys. */
import { STAYS } from "./acts.js";
import { listenToKeys } from "./keys.js";
import { listen } from "./taps.js";

/** @typedef {import("./pad.js").Pad} Pad */

/** A serious act asks once more for this long. */
const SURE_MS = 4000;

/** @param {Pad} pad */
export function wire(pad) {
  const guarded = (/** @type {string} */ action, /** @type {HTMLElement} */ control) => pad.act(action, {}, control);
  for (const root of [pad.view.root, pad.sheets.dialog]) {
    listen(root, pad.guard, guarded, () => {});
    root.addEventListener("click", (event) => onClick(pad, /** @type {Element} */ (event.target)));
    root.addEventListener("submit", (event) => onSubmit(pad, event));
    root.addEventListener("input", (event) => onInput(pad, /** @type {Element} */ (event.target)));
  }
  listenToKeys(
    {
      press: (side) => key(pad, `point-${(side === "left") === (pad.left === 1) ? 1 : 2}`),
      undo: () => key(pad, "undo"),
      flip: () => pad.act("flip"),
    },
    () => pad.sheets.isOpen,
  );
}

/** A key is a touch on the control it stands for. @param {Pad} pad @param {string} action */
function key(pad, action) {
  const control = /** @type {HTMLButtonElement | null} */ (pad.view.root.querySelector(`[data-action="${action}"]`));
  if (!control || control.disabled || control.closest("[inert]")) return;
  if (pad.guard.judge(action, performance.now()) === "go") pad.act(action, {}, control);
  else pad.veil.show();
}

/** @param {Pad} pad @param {Element} target */
function onClick(pad, target) {
  const opener = /** @type {HTMLElement | null} */ (target.closest("[data-go]"));
  if (opener) return pad.sheets.open(opener.dataset.go ?? "", Number(opener.dataset.subject));
  const button = /** @type {HTMLElement | null} */ (target.closest("button[data-do]"));
  if (!button || !sure(button)) return;
  const team = /** @type {1 | 2} */ (Number(button.dataset.team));
  send(pad, button.dataset.do ?? "", { team, form: fieldsAround(button) }, button);
}

/** Fields of a panel that is no form. @param {HTMLElement} button */
function fieldsAround(button) {
  const form = new FormData();
  for (const field of button.parentElement?.querySelectorAll("input:checked") ?? []) {
    form.set(/** @type {HTMLInputElement} */ (field).name, /** @type {HTMLInputElement} */ (field).value);
  }
  return form;
}

/** @param {Pad} pad @param {Event} event */
function onSubmit(pad, event) {
  const form = /** @type {HTMLFormElement} */ (event.target);
  event.preventDefault();
  send(pad, form.dataset.do ?? "", { form: new FormData(form) }, form);
}

/** @param {Pad} pad @param {Element} field */
function onInput(pad, field) {
  const slider = /** @type {HTMLInputElement} */ (field);
  if (slider.dataset.do !== "rest") return;
  const form = new FormData();
  form.set("rest", slider.value);
  send(pad, "rest", { form }, slider);
  /** @type {HTMLElement} */ (pad.sheets.dialog.querySelector("[data-text=rest]")).textContent = `${Number(slider.value) / 1000} s`;
}

/** @param {Pad} pad @param {string} act @param {Partial<import("./acts.js").Meant>} meant @param {HTMLElement} control */
async function send(pad, act, meant, control) {
  const fromSheet = pad.sheets.dialog.contains(control);
  const done = await pad.act(act, { subject: pad.sheets.subject, ...meant }, control);
  if (done && fromSheet && !STAYS.has(act)) pad.sheets.close();
}

/** The second touch of a `data-sure` button is meant. @param {HTMLElement} button */
function sure(button) {
  if (!("sure" in button.dataset) || "armed" in button.dataset) return true;
  button.dataset.armed = "";
  setTimeout(() => delete button.dataset.armed, SURE_MS);
  return false;
}
