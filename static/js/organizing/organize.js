// @ts-check
/** Comforts for the organizer's pages; without this module they work all the same. */

for (const button of document.querySelectorAll("[data-print]")) {
  /** @type {HTMLElement} */ (button).hidden = false;
  button.addEventListener("click", () => print());
}

for (const field of document.querySelectorAll("input[data-copy]")) {
  const input = /** @type {HTMLInputElement} */ (field);
  input.addEventListener("focus", () => input.select());
}

// A second tap while the first is on its way would do it twice.
for (const form of document.forms) {
  form.addEventListener("submit", (event) => {
    if (form.getAttribute("aria-busy") === "true") event.preventDefault();
    form.setAttribute("aria-busy", "true");
  });
}
addEventListener("pageshow", () => {
  for (const form of document.forms) form.removeAttribute("aria-busy");
});
