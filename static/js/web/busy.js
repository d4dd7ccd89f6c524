// @ts-check
/** Whether somebody would be interrupted: a set is being scored, points are on their way, a form is open. */

export function isBusy() {
  if (document.querySelector('#pad[data-phase="play"], #pad[data-phase="set-end"], #pad[data-phase="opening"]')) return true;
  if (document.querySelector('[data-pending]:not([data-pending="0"])')) return true;
  if (document.querySelector("dialog[open]")) return true;
  return [...document.querySelectorAll("input, textarea")].some((field) => {
    const { value, defaultValue, type } = /** @type {HTMLInputElement} */ (field);
    return !["checkbox", "radio", "hidden", "submit"].includes(type) && value !== defaultValue;
  });
}
