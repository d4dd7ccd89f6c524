// @ts-check
/** The day sheet: the button that prints it. */

const button = document.querySelector("[data-print]");
if (button instanceof HTMLElement) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
