// @ts-check
/** The active filters as chips; tapping one takes that filter away. */

/** @param {HTMLFormElement} form @param {string} text  what is searched for */
export function paintActive(form, text) {
  const chips = [...form.querySelectorAll("input:checked")].map((box) => {
    const input = /** @type {HTMLInputElement} */ (box);
    return chip(input.name, input.value, input.nextElementSibling?.textContent ?? "");
  });
  if (text) chips.push(chip("q", text, `“${text}”`));
  document.querySelector("#active")?.replaceChildren(...chips);
}

/** @param {string} kind @param {string} value @param {string} name */
function chip(kind, value, name) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.className = "chip on";
  link.href = "#";
  Object.assign(link.dataset, { kind, value });
  const cross = Object.assign(document.createElement("span"), { className: "x", textContent: "×", ariaHidden: "true" });
  const words = Object.assign(document.createElement("span"), { className: "unseen", textContent: ", remove this filter" });
  link.append(`${name} `, cross, words);
  item.append(link);
  return item;
}
