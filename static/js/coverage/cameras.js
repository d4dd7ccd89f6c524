// @ts-check
/**
 * A camera on every match card: one tap takes the match into the plan or out of it, on this phone
 * first. For whoever photographs (the media persona), and for anyone who has a plan.
 */
import { dressCards, eventOf } from "../events/seen-cards.js";
import { announce } from "../web/announce.js";
import { bringPlan } from "./bring.js";
import { planFrom } from "./merge.js";
import { change, onPlan, planOf, takeAlong } from "./plan.js";
import { tellPage } from "./tell-page.js";
import { coveredTeams, teamsOn, wantedTeams } from "./wanted.js";

/** @typedef {{plan: import("./merge.js").Plan, covered: Set<number>, wanted: Set<number> | null}} Standing */

/** By event, as this page last read it. @type {Map<string, Standing>} */
const standings = new Map();
/** @type {string | undefined} The sprite's address, as the page names it. */
const sprite = document.querySelector("use")?.getAttribute("href")?.split("#")[0];

/** Called once by each page that shows matches. */
export function startCameras() {
  dressCards(addCamera, paintCameras);
  document.addEventListener("click", tapped);
  onPlan((eventId) => void load(eventId));
  addEventListener("storage", () => void loadAll());
  addEventListener("follow-changed", () => void loadAll());
  void begin();
}

async function begin() {
  await takeAlong().catch(() => undefined);
  await loadAll();
  const fresh = () => [...events()].forEach((eventId) => void bringPlan(eventId).catch(() => false));
  addEventListener("online", fresh);
  document.addEventListener("visibilitychange", () => document.hidden || fresh());
  fresh();
}

/** The events whose matches are on this page. */
function events() {
  const places = [document.body, .../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("main [data-event]"))];
  return new Set(places.map((place) => place.dataset.event ?? "").filter(Boolean));
}

/** Read again what is planned, for cards that came later too. */
export async function loadAll() {
  await Promise.all([...events()].map((eventId) => load(eventId)));
}

/** @param {string} eventId */
async function load(eventId) {
  const plan = await planOf(eventId).catch(() => planFrom(null));
  tellPage(eventId, plan);
  standings.set(eventId, { plan, covered: await coveredTeams(eventId, plan), wanted: wantedTeams(eventId, plan) });
  paintCameras();
  dispatchEvent(new CustomEvent("plan-painted"));
}

/** Also for cards that came later. @param {HTMLElement} card */
export function addCamera(card) {
  if (card.querySelector(".camera")) return;
  const button = Object.assign(document.createElement("button"), { className: "camera", type: "button" });
  button.dataset.plan = card.dataset.match;
  const names = [...card.querySelectorAll(".side > :is(a, .open)")].map((side) => side.textContent?.trim());
  button.setAttribute("aria-label", `Plan to shoot ${names.join(" against ")}`);
  button.innerHTML = `<svg class="icon" aria-hidden="true"><use href="${sprite}#camera"/></svg>`;
  card.querySelector(".court")?.after(button);
}

/** @param {ParentNode} [within] */
export function paintCameras(within = document) {
  const planning = document.querySelector('[data-persona="media"]') || [...standings.values()].some(({ plan }) => plan.selectedMatches.length);
  document.body.toggleAttribute("data-plans", Boolean(planning));
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (within.querySelectorAll("[data-plan]"))) {
    const plan = standings.get(eventOf(button))?.plan;
    const matchId = Number(button.dataset.plan);
    const planned = plan?.selectedMatches.includes(matchId) ?? false;
    button.setAttribute("aria-pressed", String(planned));
    button.toggleAttribute("data-shot", planned && (plan?.shot.includes(matchId) ?? false));
    const word = button.querySelector("[data-word]");
    if (word) word.textContent = planned ? "In my plan" : "Plan";
  }
  for (const card of /** @type {NodeListOf<HTMLElement>} */ (within.querySelectorAll("article.match"))) card.toggleAttribute("data-uncovered", marks(card));
}

/** Whether a card says "not yet in plan": only where not nearly every card would. @param {HTMLElement} card */
function marks(card) {
  return Boolean(standings.get(eventOf(card))?.wanted) && isGap(card);
}

/** Whether a team that I mean to cover plays here and is not in my plan yet. @param {HTMLElement} card */
export function isGap(card) {
  const { covered, wanted } = standings.get(eventOf(card)) ?? {};
  return teamsOn(card).some((team) => !covered?.has(team) && (!wanted || wanted.has(team)));
}

/** @param {Event} event */
async function tapped(event) {
  const button = /** @type {Element} */ (event.target).closest("[data-plan]");
  if (!(button instanceof HTMLElement)) return;
  event.preventDefault();
  const planned = button.getAttribute("aria-pressed") !== "true";
  button.setAttribute("aria-pressed", String(planned));
  const matchId = Number(button.dataset.plan);
  await change(eventOf(button), planned ? { added: [matchId] } : { removed: [matchId] });
  announce(planned ? "In my plan" : "No longer in my plan");
}
