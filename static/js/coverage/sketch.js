// @ts-check
/** The page's one state, and painting it: a plan over the facts of its event, on one day, now. */
import { serverNow } from "../web/clock.js";
import { followedAt } from "../following/store.js";
import { paintChosen } from "./chosen.js";
import { byStart, dayOf, instead, isAhead } from "./day.js";
import { factsOfPage } from "./facts.js";
import { paintClashes, paintFigures, paintNow, paintStops, paintTeams } from "./paint.js";
import { draw } from "./timeline.js";
import { wantedTeams } from "./wanted.js";

/** @typedef {import("./facts.js").Match} Match @typedef {import("./merge.js").Plan} Plan @typedef {import("./day.js").Day} Day */

/** Drawn at once; more is a schedule. */
const MOST_OTHERS = 120;

/** @param {string} eventId */
export function startSketch(eventId) {
  return new Sketch(eventId);
}

export class Sketch {
  /** @type {Plan | null} */ plan = null;
  /** @type {Day | null} */ day = null;
  /** Chosen or under the finger. @type {number | null} */ chosen = null;
  facts = factsOfPage();
  #place = /** @type {HTMLElement} */ (document.getElementById("plan"));
  #timeline = /** @type {HTMLElement} */ (document.getElementById("timeline"));
  #panel = /** @type {HTMLElement} */ (document.getElementById("chosen"));
  /** @type {Record<string, string>} */ #painted = {};
  #underFinger = false;

  /** @param {string} eventId */
  constructor(eventId) {
    this.eventId = eventId;
    this.base = `/events/${eventId}`;
    this.name = this.#place.dataset.day ?? "";
    this.last = [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".tab[data-day]"))].at(-1)?.dataset.day ?? this.name;
  }

  /** @param {Plan} plan */
  take(plan) {
    this.plan = plan;
    this.paint();
  }

  paint() {
    const { plan, facts } = this;
    if (!plan) return;
    const now = serverNow();
    const day = (this.day = dayOf(facts, plan, this.wanted(plan), this.name, this.last, now));
    this.#place.dataset.planned = String(day.stops.length);
    this.#nameMine();
    paintNow(facts, day, now);
    paintFigures(day, plan);
    this.#once("clashes", day.clashes, () => paintClashes(facts, day));
    const stops = day.stops.map(({ id, status, start, earliest, latest }) => [id, status, start, earliest, latest, plan.shot.includes(id), day.ahead.has(id), day.inTheWay.get(id)]);
    this.#once("stops", [stops, day.calls.map(({ walk }) => walk)], () => paintStops(day, plan));
    this.#once("teams", [day.missing, plan.selectedMatches, Math.floor(now / 300_000)], () => paintTeams(facts, day, plan, now));
    this.sketch();
    dispatchEvent(new CustomEvent("coverage-painted", { detail: this }));
  }

  /** Who is followed only this device knows, before somebody signs in. */
  #nameMine() {
    const followed = followedAt(this.eventId).length || this.facts.followed.length;
    const option = document.querySelector('#aim option[value="followed"]');
    if (option) option.textContent = followed ? `Teams I follow (${followed})` : "Teams I follow (none yet: all)";
    const aim = /** @type {HTMLSelectElement | null} */ (document.getElementById("aim"));
    if (aim && this.plan && aim !== document.activeElement) aim.value = this.plan.aim;
    const stay = /** @type {HTMLInputElement | null} */ (document.querySelector(`#stay [value="${this.plan?.stay}"]`));
    if (stay) stay.checked = true;
  }

  /** A club's teams are told by the page itself. @param {Plan} plan */
  wanted(plan) {
    const club = ["followed", "all"].includes(plan.aim) ? [] : this.clubTeams(plan.aim);
    return wantedTeams(this.eventId, { ...plan, aimTeams: club }, this.facts.followed);
  }

  /** @param {string} club */
  clubTeams(club) {
    return [...this.facts.teams].filter(([, team]) => String(team.club) === club).map(([id]) => id);
  }

  /** The timeline, and the panel of what is chosen. */
  sketch() {
    const { plan, day } = this;
    if (!plan || !day) return;
    const match = this.chosen === null ? undefined : this.facts.matches.get(this.chosen);
    const options = match && day.ahead.has(match.id) ? instead(this.facts, plan, day, match, serverNow()) : [];
    draw(this.#timeline, { mine: day.stops, others: this.#others(options.map((one) => one.match), match), inTheWay: day.inTheWay, shot: plan.shot, chosen: this.chosen, now: serverNow() });
    if (!match || this.#underFinger) this.#panel.hidden = true;
    else this.#once("chosen", [match.id, match.status, plan, options.map((one) => [one.match.id, one.clashes])], () => this.#choose(match, options));
  }

  /** @param {Match} match @param {ReturnType<typeof instead>} options */
  #choose(match, options) {
    const { selectedMatches = [], shot = [] } = this.plan ?? {};
    paintChosen(this.#panel, match, { planned: selectedMatches.includes(match.id), shot: shot.includes(match.id), base: this.base, instead: options });
  }

  /** What could be taken instead: of what is chosen, and of all that I want if I asked to see it. @param {Match[]} options @param {Match | undefined} chosen */
  #others(options, chosen) {
    const { plan, day, facts } = this;
    if (!plan || !day) return [];
    const wish = /** @type {HTMLInputElement | null} */ (document.getElementById("show-others"));
    const all = wish?.checked ? [...day.wanted].flatMap((team) => facts.byTeam.get(team) ?? []) : [];
    const found = new Set([...options, ...(chosen ? [chosen] : []), ...all.sort(byStart)]);
    const open = [...found].filter((match) => match.day === this.name && !plan.selectedMatches.includes(match.id) && isAhead(match, plan, serverNow()));
    return open.slice(0, MOST_OTHERS);
  }

  /** @param {number | null} id @param {{underFinger?: boolean}} [how]  underFinger: it has no need of buttons */
  choose(id, { underFinger = false } = {}) {
    this.chosen = id;
    this.#underFinger = underFinger;
    delete this.#painted.chosen;
    this.sketch();
  }

  /** Paint only what changed, and leave the focus where it was. @param {string} name @param {unknown} what @param {() => void} paint */
  #once(name, what, paint) {
    const words = JSON.stringify(what);
    if (this.#painted[name] === words) return;
    this.#painted[name] = words;
    const focused = /** @type {HTMLElement | null} */ (document.activeElement);
    const deed = focused?.dataset.do;
    const match = /** @type {HTMLElement | undefined} */ (focused?.closest("[data-match]"))?.dataset.match;
    paint();
    if (deed && !focused?.isConnected) /** @type {HTMLElement | null} */ (document.querySelector(`[data-match="${match}"] [data-do="${deed}"]`))?.focus({ preventScroll: true });
  }
}
