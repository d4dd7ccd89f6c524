// @ts-check
/** A word in passing, for eyes and ears. */

/** @param {string} text */
export function toast(text) {
  document.querySelector(".toast")?.remove();
  const place = Object.assign(document.createElement("p"), { className: "toast", textContent: text, role: "status" });
  document.body.append(place);
  setTimeout(() => place.remove(), 4000);
}
