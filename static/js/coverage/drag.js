// @ts-check
/**
 * A planned match under the finger: held (or pulled with a mouse) it comes along; dropped on
 * another it gives way to that one, dropped below it leaves the plan. A short tap only chooses it.
 */

const HOLD_MS = 350;
const STILL = 8; // pixels that a resting finger may move
const EDGE = 40;

/**
 * @typedef {object} Hands
 * @property {(id: number, block: Element) => void} choose  tapped
 * @property {(id: number) => void} lift  begins to be dragged: show where it may go
 * @property {(id: number, onto: number | "bin" | null) => void} drop
 */

/** @param {HTMLElement} timeline @param {Hands} hands */
export function startDragging(timeline, hands) {
  /** @type {{id: number, block: Element, x: number, y: number, lifted: HTMLElement | null, timer: number} | null} */
  let held = null;

  const lift = () => {
    if (!held) return;
    held.lifted = liftedFrom(held.block);
    move(held.lifted, held.x, held.y);
    hands.lift(held.id);
    navigator.vibrate?.(10);
  };
  const end = (/** @type {PointerEvent | null} */ event) => {
    if (!held) return;
    clearTimeout(held.timer);
    const { id, block, lifted } = held;
    held = null;
    lifted?.remove();
    block.classList.remove("lifting");
    mark(null);
    if (lifted) hands.drop(id, event ? under(event) : null);
    else if (event) hands.choose(id, block);
  };

  timeline.addEventListener("pointerdown", (event) => {
    const block = /** @type {Element} */ (event.target).closest(".block");
    if (!block || event.button) return;
    const id = Number(block.getAttribute("data-match"));
    const mine = block.classList.contains("mine");
    held = { id, block, x: event.clientX, y: event.clientY, lifted: null, timer: 0 };
    if (mine && event.pointerType !== "mouse") held.timer = window.setTimeout(lift, HOLD_MS);
  });
  addEventListener("pointermove", (event) => {
    if (!held) return;
    const far = Math.hypot(event.clientX - held.x, event.clientY - held.y) > STILL;
    if (!held.lifted && far) {
      if (event.pointerType === "mouse" && held.block.classList.contains("mine")) lift();
      else return forget();
    }
    if (!held?.lifted) return;
    move(held.lifted, event.clientX, event.clientY);
    mark(targetAt(event));
    panAlong(timeline.querySelector(".pan"), event.clientX);
  });
  const forget = () => {
    if (held) clearTimeout(held.timer);
    held = null;
  };
  addEventListener("pointerup", end);
  addEventListener("pointercancel", () => (held?.lifted ? end(null) : forget()));
  // While a match is under the finger the page must not scroll away beneath it.
  timeline.addEventListener("touchmove", (event) => held?.lifted && event.preventDefault(), { passive: false });
  timeline.addEventListener("contextmenu", (event) => held && event.preventDefault());
  timeline.addEventListener("keydown", (event) => {
    const block = /** @type {Element} */ (event.target).closest(".block");
    if (!block || !["Enter", " "].includes(event.key)) return;
    event.preventDefault();
    hands.choose(Number(block.getAttribute("data-match")), block);
  });
  addEventListener("keydown", ({ key }) => key === "Escape" && held?.lifted && end(null));
}

/** @param {Element} block */
function liftedFrom(block) {
  const lifted = Object.assign(document.createElement("div"), { className: "lifted", ariaHidden: "true" });
  lifted.textContent = block.querySelector(".first")?.textContent ?? "";
  lifted.append(Object.assign(document.createElement("small"), { textContent: block.querySelector(".second")?.textContent ?? "" }));
  block.classList.add("lifting");
  document.body.append(lifted);
  return lifted;
}

/** @param {HTMLElement} lifted @param {number} x @param {number} y */
function move(lifted, x, y) {
  lifted.style.transform = `translate(${x}px, ${y}px)`;
}

/** What could take it, at this place. @param {PointerEvent} event */
function targetAt({ clientX, clientY }) {
  return document.elementFromPoint(clientX, clientY)?.closest("#timeline .block.other, #bin") ?? null;
}

/** @param {PointerEvent} event */
function under(event) {
  const target = targetAt(event);
  if (!target) return null;
  return target.id === "bin" ? "bin" : Number(target.getAttribute("data-match"));
}

/** @param {Element | null} target */
function mark(target) {
  for (const former of document.querySelectorAll(".drop-here")) if (former !== target) former.classList.remove("drop-here");
  target?.classList.add("drop-here");
}

/** @param {Element | null} pan @param {number} x */
function panAlong(pan, x) {
  if (!pan) return;
  const { left, right } = pan.getBoundingClientRect();
  if (x < left + EDGE) pan.scrollLeft -= 10;
  else if (x > right - EDGE) pan.scrollLeft += 10;
}
