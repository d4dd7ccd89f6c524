// @ts-check
/** How far the camera's clock was off: whole hours for a wrong zone, the rest by a slider. */

/** @param {() => void} changed @returns {() => number} milliseconds to add to the camera's clock */
export function startClock(changed) {
  const hours = /** @type {HTMLSelectElement | null} */ (document.querySelector("#hours"));
  const seconds = /** @type {HTMLInputElement | null} */ (document.querySelector("#seconds"));
  const output = document.querySelector("#shift");
  const shift = () => Number(hours?.value ?? 0) * 3_600_000 + Number(seconds?.value ?? 0) * 1000;
  let painting = 0;

  function moved() {
    if (output) output.textContent = inWords(Number(seconds?.value ?? 0));
    cancelAnimationFrame(painting);
    painting = requestAnimationFrame(changed); // a finger moves faster than a screen
  }
  hours?.addEventListener("change", moved);
  seconds?.addEventListener("input", moved);
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-step]"))) {
    button.addEventListener("click", () => {
      if (seconds) seconds.valueAsNumber += Number(button.dataset.step);
      moved();
    });
  }
  return shift;
}

/** @param {number} seconds */
function inWords(seconds) {
  if (!seconds) return "exact";
  const rest = String(Math.abs(seconds) % 60).padStart(2, "0");
  return `${seconds < 0 ? "−" : "+"}${Math.floor(Math.abs(seconds) / 60)}:${rest}`;
}
