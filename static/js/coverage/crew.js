// @ts-check
/** The crew's panel: who is in it, who has what; joining by a link whose code only browsers see. */
import { ask } from "../sync/ask.js";
import { shareLink } from "../web/share.js";
import { paintCrew, paintMatches } from "./crew-paint.js";
import { change, onPlan } from "./plan.js";
import { fill } from "./words.js";

/** @typedef {import("./crew-paint.js").Crew} Crew @typedef {import("./sketch.js").Sketch} Sketch */

const OTHERS = 30_000; // a plan is changed by people
const SENT = 2_000; // until a choice has reached the server
const KEPT = "crew-code";
const { event: eventId = "", viewer = "" } = document.body.dataset;
const place = /** @type {HTMLElement} */ (document.getElementById("crew"));
const path = `/api/events/${encodeURIComponent(eventId)}/crew`;
/** @type {Crew | undefined} */
let crew;
/** @type {Sketch | undefined} */
let sketch;

keepCode();
if (viewer) start();

/** The code does not stay in the address, where it would be shared by accident. */
function keepCode() {
  const code = /^#crew=([0-9a-z-]{1,64})$/.exec(location.hash)?.[1];
  if (!code) return;
  sessionStorage.setItem(KEPT, `${eventId}/${code}`);
  history.replaceState(history.state, "", location.pathname + location.search);
}

/** The code of a link to a crew of this event, until it was used. */
function codeOfLink() {
  const [event, code] = (sessionStorage.getItem(KEPT) ?? "").split("/");
  return event === eventId ? code : undefined;
}

function start() {
  addEventListener("coverage-painted", (painted) => {
    sketch = /** @type {CustomEvent<Sketch>} */ (painted).detail;
    paint();
  });
  onPlan((changed) => changed === eventId && setTimeout(refresh, SENT));
  setInterval(() => !document.hidden && crew?.name && void refresh(), OTHERS);
  addEventListener("online", () => void refresh());
  document.addEventListener("visibilitychange", () => !document.hidden && crew?.name && void refresh());
  place.addEventListener("submit", sent);
  place.addEventListener("click", tapped);
  void refresh().then(() => codeOfLink() && !crew?.name && place.scrollIntoView({ block: "center" }));
}

async function refresh() {
  took(await ask("GET", path));
}

/** @param {import("../sync/ask.js").Answer} answer */
function took({ status, body }) {
  if (status === 0) return say("The crew needs the network; what it said last stands here.");
  if (status === 204) return void refresh();
  if (status !== 200) return say(body?.detail ?? "That did not work. Try again.");
  crew = body;
  say("");
  paint();
}

function paint() {
  if (!crew) return;
  paintCrew(place, crew, codeOfLink() !== undefined);
  if (sketch) paintMatches(place, crew, sketch);
}

/** @param {Event} event */
async function sent(event) {
  event.preventDefault();
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (form.id === "make-crew") return took(await ask("POST", path, { name: new FormData(form).get("name") }));
  const answer = await ask("POST", `${path}/join`, { code: codeOfLink() });
  if (answer.status !== 0) sessionStorage.removeItem(KEPT);
  took(answer.status === 404 ? { status: 404, body: { detail: "This link leads nowhere any more. Ask for a new one." } } : answer);
  paint();
}

/** @type {Record<string, (matchId: number) => Promise<unknown> | void>} */
const deeds = {
  share: () => crew?.link ? shareLink(crew.link, `Crew ${crew.name}`) : undefined,
  renew: async () => took(await ask("POST", `${path}/link`)),
  withdraw: async () => took(await ask("DELETE", `${path}/link`)),
  leave: async () => took(await ask("DELETE", path)),
  over: async (matchId) => took(await ask("PUT", `${path}/matches/${matchId}`, { takeOver: true })),
  yield: (matchId) => change(eventId, { removed: [matchId] }),
};

/** @param {Event} event */
function tapped({ target }) {
  const button = /** @type {HTMLElement} */ (target).closest("[data-crew]");
  const match = /** @type {HTMLElement | null | undefined} */ (button?.closest("[data-match]"));
  void deeds[button?.getAttribute("data-crew") ?? ""]?.(Number(match?.dataset.match));
}

/** @param {string} words */
function say(words) {
  fill(place, { said: words });
}
