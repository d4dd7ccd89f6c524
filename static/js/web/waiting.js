// @ts-check
/** One quiet line on every page but the pad and the settings, which tell it themselves: "14 points wait on this phone". */

/**
 * @typedef {object} Held  what this phone holds
 * @property {number} waiting
 * @property {number} refused
 * @property {boolean} parked  it needs a sign-in
 */

/** @param {Held} held @returns {{words: string, way: string, kind: string} | null} */
export function lineFor({ waiting, refused, parked }) {
  const points = (/** @type {number} */ count) => (count === 1 ? "1 point" : `${count} points`);
  if (waiting && parked) return { words: `Sign in to send ${points(waiting)}`, way: "sign-in", kind: "attention" };
  if (waiting) return { words: `${points(waiting)} ${waiting === 1 ? "waits" : "wait"} on this phone`, way: "settings", kind: "pending" };
  if (refused) return { words: `${points(refused)} not accepted`, way: "settings", kind: "attention" };
  return null;
}

/** @param {Held} held */
export function paintWaiting(held) {
  const line = document.querySelector("#strip, #phone-held") ? null : lineFor(held);
  const place = document.getElementById("outgoing") ?? (line && made());
  if (!place) return;
  place.hidden = !line;
  if (!line) return;
  place.dataset.sync = line.kind;
  place.dataset.pending = String(held.waiting);
  const link = /** @type {HTMLAnchorElement} */ (place.firstElementChild);
  link.href = line.way === "settings" ? "/settings#this-phone" : `/sign-in?next=${encodeURIComponent(location.pathname)}`;
  if (link.textContent !== line.words) link.textContent = line.words;
}

function made() {
  const place = Object.assign(document.createElement("p"), { id: "outgoing", className: "waiting" });
  place.setAttribute("role", "status");
  place.append(document.createElement("a"));
  document.body.append(place);
  return place;
}
