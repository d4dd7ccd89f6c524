// @ts-check
/** Comforts for the sign-in forms; without this module they work all the same. */

/**
 * Puts a "Show" button beside a password field: on a phone in a hall one sees what one types.
 * @param {HTMLInputElement} input
 */
function makeRevealable(input) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button plain";
  const label = () => {
    const hidden = input.type === "password";
    button.textContent = hidden ? "Show" : "Hide";
    button.setAttribute("aria-label", hidden ? "Show password" : "Hide password");
  };
  button.addEventListener("click", () => {
    input.type = input.type === "password" ? "text" : "password";
    label();
    input.focus();
  });
  label();
  // The input stays where it is: moved, it would lose the keyboard of somebody who was quicker.
  input.after(button);
  input.form?.addEventListener("submit", () => (input.type = "password"));
}

/**
 * A second tap while the first is on its way would make a second guest or a second sign-in.
 * @param {HTMLFormElement} form
 */
function sendOnce(form) {
  form.addEventListener("submit", (event) => {
    if (form.getAttribute("aria-busy") === "true") event.preventDefault();
    form.setAttribute("aria-busy", "true");
  });
}

for (const input of document.querySelectorAll("input[data-reveal]")) {
  makeRevealable(/** @type {HTMLInputElement} */ (input));
}
for (const form of document.forms) sendOnce(form);

// Back from the next page: a form kept by the browser's memory may be sent again.
addEventListener("pageshow", () => {
  for (const form of document.forms) form.removeAttribute("aria-busy");
});
