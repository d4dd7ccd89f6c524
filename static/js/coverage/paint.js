// @ts-check
/** The Coverage page's words and lists, of a day as day.js has it. */
import { chancesOf } from "./day.js";
import { MINUTE } from "./route.js";
import { expected, fill, part, printedTime, timeOf, titleOf } from "./words.js";
import { clockTime } from "../web/clock-time.js";

/** @typedef {import("./day.js").Day} Day @typedef {import("./facts.js").Facts} Facts @typedef {import("./facts.js").Match} Match @typedef {import("./merge.js").Plan} Plan */

const MOST_MISSING = 60;
const CHANCES = 3;
/** To begin with; settling one often settles others. */
const CLASHES = 4;
const STATES = { upcoming: "", live: "live", over: "over" };

/** What to do now. @param {Facts} facts @param {Day} day @param {number} now */
export function paintNow({ matches }, { stops, advice }, now) {
  const place = /** @type {HTMLElement} */ (document.getElementById("now"));
  const at = matches.get(advice.at?.stop.id ?? NaN);
  const to = matches.get(advice.to?.stop.id ?? NaN);
  const word = stops.length ? advice.word : "empty";
  place.dataset.word = word;
  place.dataset.match = String((word === "stay" ? at : to)?.id ?? "");
  fill(place, nowWords(word, at, to, advice));
  const left = advice.to && word === "go" ? Math.floor((advice.to.last - advice.walk * MINUTE - now) / MINUTE) : -1;
  fill(place, { count: String(Math.max(0, left)) });
  show(place.querySelector(".countdown"), left >= 0);
  show(place.querySelector(".tick-now"), word === "stay");
}

/** @param {string} word @param {Match | undefined} at @param {Match | undefined} to @param {import("./route.js").Advice} advice @returns {Record<string, string>} */
function nowWords(word, at, to, { leaveAt, walk }) {
  if (word === "empty") return { head: "Nothing planned on this day", what: "Tap the camera on any match, or let the autopilot propose a day.", way: "" };
  const leave = leaveAt === null ? "" : `leave at ${clockTime(leaveAt)}`;
  if (word === "stay" && at) {
    const then = walk ? ", " + leave : "";
    return { head: `Now: ${at.where}`, what: `${at.division} · ${titleOf(at)}`, way: to ? `Then ${timeOf(to)} ${to.where}${then}` : "" };
  }
  if (!to) return { head: "Done for this day", what: "Nothing is left to shoot.", way: "" };
  const way = walk ? `${walk} min walk` : "";
  if (word === "go") return { head: `Leave now for ${to.where}`, what: `${to.division} · ${titleOf(to)}`, way: [way, `starts about ${clockTime(to.start ?? 0)}`].filter(Boolean).join(" · ") };
  return { head: `Next: ${timeOf(to)} ${to.where}`, what: `${to.division} · ${titleOf(to)}`, way: walk ? `${way}, ${leave}` : "" };
}

/** The figures, everywhere they stand. @param {Day} day @param {Plan} plan */
export function paintFigures({ stops, ahead, clashes, covered, wanted }, plan) {
  const shot = stops.filter(({ id }) => plan.shot.includes(id)).length;
  const sure = clashes.filter((clash) => clash.sure).length;
  const tight = clashes.length - sure;
  const figures = { matches: stops.length, done: stops.length - ahead.size, shot: shot ? `${shot} shot` : "", clashes: sure, tight: tight ? `${tight} tight` : "", "more-clashes": Math.max(0, clashes.length - CLASHES), covered: covered.length, wanted: wanted.size };
  for (const [name, figure] of Object.entries(figures)) {
    for (const place of document.querySelectorAll(`[data-figure="${name}"]`)) place.textContent = String(figure);
  }
  document.querySelector('.figure[href="#clashes"]')?.toggleAttribute("data-bad", sure > 0);
}

/** @param {Facts} facts @param {Day} day */
export function paintClashes({ matches }, { clashes }) {
  document.getElementById("clash-list")?.replaceChildren(...clashes.slice(0, CLASHES).map(({ first, second, sure }) => {
    const item = part("clash");
    Object.assign(item.dataset, { sure: String(sure), first, second });
    fill(item, { word: sure ? "Clash, choose" : "Tight, if one runs late" });
    for (const [slot, id] of Object.entries({ first, second })) {
      const side = /** @type {HTMLElement} */ (item.querySelector(`[data-side="${slot}"]`));
      side.dataset.match = String(id);
      const match = /** @type {Match} */ (matches.get(id));
      fill(side, { time: timeOf(match), place: match.where, title: titleOf(match) });
      side.querySelector("button")?.setAttribute("aria-label", `Keep ${titleOf(match)}`);
    }
    return item;
  }));
  show(document.getElementById("clashes"), clashes.length > 0);
  show(document.getElementById("clashes-more"), clashes.length > CLASHES);
}

/** @param {Day} day @param {Plan} plan */
export function paintStops({ stops, ahead, calls, inTheWay }, plan) {
  const walks = new Map(calls.map(({ stop, walk }) => [stop.id, walk]));
  const item = (/** @type {Match} */ match) => stopItem(match, { shot: plan.shot.includes(match.id), clash: inTheWay.get(match.id), walk: walks.get(match.id) });
  document.getElementById("stops")?.replaceChildren(...stops.filter(({ id }) => ahead.has(id)).map(item));
  document.getElementById("stops-done")?.replaceChildren(...stops.filter(({ id }) => !ahead.has(id)).map(item));
  show(document.getElementById("stops"), ahead.size > 0);
  show(document.getElementById("earlier"), stops.length > ahead.size);
  show(document.getElementById("no-stops"), !stops.length);
}

/** @param {Match} match @param {{shot: boolean, clash: string | undefined, walk: number | undefined}} about */
function stopItem(match, { shot, clash, walk }) {
  const item = part("stop");
  Object.assign(item.dataset, { match: match.id, status: match.status });
  item.toggleAttribute("data-shot", shot);
  if (clash) item.dataset.clash = clash;
  fill(item, { walk: walk ? `${walk} min walk` : "", time: printedTime(match), est: expected(match), place: match.where, title: titleOf(match), division: match.division, state: shot ? "shot" : STATES[match.status] });
  leadTo(item, match.id);
  item.querySelector(".tick")?.setAttribute("aria-pressed", String(shot));
  item.querySelector(".tick")?.setAttribute("aria-label", `Shot it: ${titleOf(match)}`);
  item.querySelector('[data-do="more"]')?.setAttribute("aria-label", `Change ${titleOf(match)}`);
  return item;
}

/** The part's link ends in the id of what it shows. @param {Element} item @param {number} id */
function leadTo(item, id) {
  const link = /** @type {HTMLAnchorElement} */ (item.querySelector("a"));
  link.href = link.getAttribute("href")?.replace(/[^/]*$/, String(id)) ?? "";
}

/** Who is in the plan and who is not, with the next chances of each. @param {Facts} facts @param {Day} day @param {Plan} plan @param {number} now */
export function paintTeams(facts, { covered, missing }, plan, now) {
  const name = (/** @type {number} */ team) => facts.teams.get(team)?.name ?? "";
  const byName = (/** @type {number} */ one, /** @type {number} */ other) => name(one).localeCompare(name(other));
  const open = missing.map((team) => ({ team, chances: chancesOf(facts, plan, team, now).slice(0, CHANCES) }));
  open.sort((one, other) => Number(!one.chances.length) - Number(!other.chances.length) || byName(one.team, other.team));
  document.getElementById("missing")?.replaceChildren(...open.slice(0, MOST_MISSING).map(({ team, chances }) => missingTeam(team, name(team), facts, chances)));
  document.getElementById("covered")?.replaceChildren(...[...covered].sort(byName).map((team) => Object.assign(document.createElement("li"), { textContent: name(team) })));
  show(document.querySelector('[data-slot="missing-title"]'), missing.length > 0);
  show(document.querySelector('[data-slot="covered-title"]'), covered.length > 0);
  show(document.getElementById("missing-more"), missing.length > MOST_MISSING);
}

/** @param {number} team @param {string} name @param {Facts} facts @param {Match[]} chances */
function missingTeam(team, name, { teams }, chances) {
  const item = part("missing");
  item.dataset.missing = String(team);
  fill(item, { name, division: teams.get(team)?.division ?? "" });
  leadTo(item, team);
  item.querySelector(".chances")?.replaceChildren(...chances.map(chance));
  show(item.querySelector('[data-slot="none"]'), !chances.length);
  return item;
}

/** @param {Match} match */
function chance(match) {
  const item = part("chance");
  item.dataset.match = String(match.id);
  fill(item, { time: timeOf(match), place: match.where, title: titleOf(match) });
  item.querySelector("button")?.setAttribute("aria-label", `Plan ${titleOf(match)}`);
  return item;
}

/** @param {Element | null} element @param {boolean} shown */
export function show(element, shown) {
  if (element) /** @type {HTMLElement} */ (element).hidden = !shown;
}
