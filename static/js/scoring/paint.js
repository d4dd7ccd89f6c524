// @ts-check
/**
 * Paints a score wherever it is shown: the one function behind lists, the match page and
 * boards. It changes what templates/partials/score.html made, and the two belong together.
 *
 * @typedef {{setNumber: number, team1Score: number, team2Score: number, completedAt: number | null}} SetScore
 * @typedef {object} Score
 * @property {number} matchId
 * @property {"not-started" | "in-progress" | "completed"} status
 * @property {SetScore[]} sets
 * @property {number} revision
 * @property {number} lastUpdated
 * @property {string | null} [lastUpdatedBy]
 * @property {string} provenance
 * @property {import("../volleyball/sets.js").Format} format
 * @property {[number, number]} setsWon
 * @property {1 | 2 | null} winner
 * @property {1 | 2 | null} [serving]
 * @property {[number, number]} [timeouts]
 * @property {string} [outcome]
 * @property {boolean} [own]  scored on this phone and not yet at the server: it has no revision
 */

/**
 * Bring every `[data-match]` of this score up to date.
 * @param {Score} score
 * @param {ParentNode} [root]
 * @returns {HTMLElement[]} the elements that show the match
 */
export function paint(score, root = document) {
  const places = /** @type {HTMLElement[]} */ ([...root.querySelectorAll(`[data-match="${score.matchId}"]`)]);
  for (const place of places) {
    // A healing stream may bring a state that was already painted; an older one never counts.
    if (Number(place.dataset.revision ?? 0) > score.revision) continue;
    if (!score.own) place.dataset.revision = String(score.revision);
    paintPlace(place, score);
  }
  return places;
}

/** @param {HTMLElement} place @param {Score} score */
function paintPlace(place, score) {
  const live = score.status === "in-progress";
  place.dataset.status = statusOf(score);
  if (live && score.serving) place.dataset.serving = String(score.serving);
  else delete place.dataset.serving;
  const running = runningSet(score);
  for (const team of /** @type {const} */ ([1, 2])) {
    const side = place.querySelector(`[data-side="${team}"]`);
    if (side) paintSide(side, team, score, running);
  }
  setText(place.querySelector(".tag"), tagOf(score, running));
  const from = place.querySelector(".from");
  if (from) paintFrom(from, score);
}

/** @param {Element} side @param {1 | 2} team @param {Score} score @param {number} running */
function paintSide(side, team, score, running) {
  side.classList.toggle("won", score.winner === team);
  const cells = side.querySelector(".sets");
  if (!cells) return;
  const sets = score.status === "not-started" ? [] : score.sets;
  sets.forEach((set, index) => {
    const [mine, theirs] = team === 1 ? [set.team1Score, set.team2Score] : [set.team2Score, set.team1Score];
    const cell = cells.children[index] ?? cells.appendChild(newCell(index + 1, team));
    const kind = index + 1 === running ? "now" : mine > theirs ? "won" : "";
    if (cell.className.replace(" flash", "") !== kind) cell.className = kind;
    if (setText(cell, String(mine)) && kind === "now") flash(cell);
  });
  while (cells.children.length > sets.length) cells.lastElementChild?.remove();
}

/** @param {number} number @param {1 | 2} team */
function newCell(number, team) {
  const cell = document.createElement("span");
  cell.dataset.set = String(number);
  cell.dataset.team = String(team);
  return cell;
}

/** @param {Element} from @param {Score} score */
function paintFrom(from, score) {
  let age = /** @type {HTMLElement | null} */ (from.querySelector(".age"));
  if (!age) {
    age = document.createElement("span");
    age.className = "age";
    from.replaceChildren("", age);
  }
  age.dataset.at = String(score.lastUpdated);
  const before = from.firstChild;
  if (before) before.textContent = `${score.provenance} · `;
}

/** Upcoming, live, final, or a result nobody followed; as events/views.py has it. @param {Score} score */
export function statusOf(score) {
  if (score.status === "in-progress") return "live";
  if (score.status !== "completed") return "upcoming";
  const followed = score.provenance === "official" || score.revision > 1;
  return score.sets.length && followed ? "final" : "result";
}

/** Number of the set that is being played; 0 when none is. @param {Score} score */
export function runningSet(score) {
  const last = score.sets.at(-1);
  return score.status === "in-progress" && last && last.completedAt == null ? score.sets.length : 0;
}

/** @param {Score} score @param {number} running */
function tagOf(score, running) {
  if (score.status === "in-progress") return `Set ${running || Math.max(1, score.sets.length)}`;
  const status = statusOf(score);
  return status === "final" ? "Final" : status === "result" ? "Result only" : "";
}

/** @param {Element | null} element @param {string} text @returns {boolean} whether it changed */
export function setText(element, text) {
  if (!element || element.textContent === text) return false;
  element.textContent = text;
  return true;
}

/** Once, quietly. @param {Element} element */
export function flash(element) {
  element.classList.remove("flash");
  void (/** @type {HTMLElement} */ (element).offsetWidth); // begins the animation anew
  element.classList.add("flash");
  element.addEventListener("animationend", () => element.classList.remove("flash"), { once: true });
}
