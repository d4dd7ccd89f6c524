// @ts-check
/**
 * A photographer's way through the day: when they come where, what clashes, when to leave. Pure.
 * The server knows the same rules (courtsync_web/coverage/route.py, stays.py, events/walking.py);
 * tests/vectors/coverage.json holds the two together. Times in milliseconds, walks in minutes.
 *
 * @typedef {{name: string, hall: string, number: number | null}} Place
 * @typedef {Map<string, number>} Walks  minutes by {@link between}
 * @typedef {"whole" | "set" | "short"} Stay
 * @typedef {{id: number, place: Place, start: number, earliest: number, latest: number, end: number}} Stop
 * @typedef {{stop: Stop, arrive: number, leave: number, walk: number, last: number}} Call
 * @typedef {{first: number, second: number, sure: boolean}} Clash
 * @typedef {{earliest: number, latest: number, lasts: number}} Visit
 * @typedef {{word: "go" | "stay" | "free" | "done", at: Call | null, to: Call | null, leaveAt: number | null, walk: number}} Advice
 */

import { fittedIn } from "./fitted-in.js";

export const MINUTE = 60_000;
const ONE_SET = 25 * MINUTE;
const SHORT = 10 * MINUTE;
const MAY_MISS = 5 * MINUTE;
const ABOUT_NOW = MINUTE;
const NEXT_DOOR = 1;
const COURTS_A_MINUTE = 12;
const ELSEWHERE = 3;

/** @param {string} one @param {string} other  two halls */
export function between(one, other) {
  return [one, other].sort().join("\n");
}

/** Minutes on foot, the same either way. @param {Place} one @param {Place} other @param {Walks} walks */
export function minutesBetween(one, other, walks) {
  if (one.name === other.name) return 0;
  if (one.hall !== other.hall) return walks.get(between(one.hall, other.hall)) ?? ELSEWHERE;
  if (one.number === null || other.number === null) return NEXT_DOOR;
  return NEXT_DOOR + Math.floor(Math.abs(one.number - other.number) / COURTS_A_MINUTE);
}

/** When to come to a match. @param {Stop} stop @param {Stay} stay @param {number} now @returns {Visit} */
export function visitFrom({ start, end }, stay, now) {
  const whole = Math.max(end - start, MINUTE);
  if (stay === "whole") {
    const late = Math.min(MAY_MISS, Math.floor(whole / 4));
    return { earliest: start, latest: start + late, lasts: whole - late };
  }
  const lasts = Math.min(stay === "set" ? ONE_SET : SHORT, whole);
  const latest = start + whole - lasts;
  return { earliest: Math.max(start, Math.min(now, latest)), latest, lasts };
}

/**
 * The way through stops that are still to come or under way, in the order of the latest arrival,
 * or in another where that makes more of them possible. Where two clash, the first stays.
 * @param {Stop[]} stops @param {Stay} stay @param {Walks} walks @param {number} now
 * @returns {{calls: Call[], clashes: Clash[]}}
 */
export function routeOf(stops, stay, walks, now) {
  const visits = stops
    .map((stop) => ({ stop, visit: visitFrom(stop, stay, now) }))
    .sort((one, other) => one.visit.latest - other.visit.latest || one.stop.start - other.stop.start || one.stop.id - other.stop.id);
  const clashes = pairs(visits).filter(([one, other]) => !inTurn(one.stop, other.stop) && !reachable(one, other, walks) && !reachable(other, one, walks))
    .map(([one, other]) => ({ first: one.stop.id, second: other.stop.id, sure: true }));
  const found = new Set(clashes.map(({ second }) => second));
  /** @type {Call[]} */
  let calls = [];
  /** @type {Clash[]} */
  let late = [];
  for (const { stop, visit } of visits) {
    const before = calls.at(-1);
    const call = callAt(before, visit, stop, walks);
    if (call.arrive <= call.last || !before) calls.push(call);
    else if (!found.has(stop.id)) late.push({ first: before.stop.id, second: stop.id, sure: true });
  }
  const better = late.length ? fittedIn(visits, (before, { visit, stop }) => callAt(before, visit, stop, walks)) : [];
  if (better.length > calls.length) {
    calls = better;
    late = late.filter(({ second }) => !better.some(({ stop }) => stop.id === second));
  }
  return { calls, clashes: [...clashes, ...late, ...tight(calls)] };
}

/** @template T @param {T[]} all @returns {[T, T][]} */
function pairs(all) {
  return all.flatMap((one, index) => all.slice(index + 1).map((other) => /** @type {[T, T]} */ ([one, other])));
}

/** @param {{stop: Stop, visit: Visit}} one @param {{stop: Stop, visit: Visit}} other @param {Walks} walks */
function reachable(one, other, walks) {
  const walk = minutesBetween(one.stop.place, other.stop.place, walks);
  return one.visit.earliest + one.visit.lasts + walk * MINUTE <= other.visit.latest;
}

/** Whether they follow each other on one court, which makes the second wait for the first. @param {Stop} one @param {Stop} other */
function inTurn(one, other) {
  return one.place.name === other.place.name && one.start < other.start;
}

/** @param {Call | undefined} before @param {Visit} visit @param {Stop} stop @param {Walks} walks @returns {Call} */
function callAt(before, visit, stop, walks) {
  const walk = before ? minutesBetween(before.stop.place, stop.place, walks) : 0;
  const arrive = before && !inTurn(before.stop, stop) ? Math.max(visit.earliest, before.leave + walk * MINUTE) : visit.earliest;
  return { stop, arrive, leave: arrive + visit.lasts, walk, last: visit.latest };
}

/** Where the first at its latest and the second at its earliest leave no way. @param {Call[]} calls @returns {Clash[]} */
function tight(calls) {
  return calls.slice(1).flatMap((other, index) => {
    const one = calls[index];
    const free = one.leave + (one.stop.latest - one.stop.start) + other.walk * MINUTE;
    const last = other.last - (other.stop.start - other.stop.earliest);
    return free > last && !inTurn(one.stop, other.stop) ? [{ first: one.stop.id, second: other.stop.id, sure: false }] : [];
  });
}

/** What to do now, seen from the court one was at last. @param {Call[]} calls @param {Place | null} here @param {Walks} walks @param {number} now @returns {Advice} */
export function adviceOf(calls, here, walks, now) {
  const at = calls.find((call) => call.arrive <= now && now < call.leave) ?? null;
  const to = calls.find((call) => call.arrive > now) ?? null;
  if (!to) return { word: at ? "stay" : "done", at, to, leaveAt: null, walk: 0 };
  const place = at?.stop.place ?? here;
  const walk = place ? minutesBetween(place, to.stop.place, walks) : 0;
  const leaveAt = to.arrive - walk * MINUTE;
  return { word: leaveAt - ABOUT_NOW <= now ? "go" : at ? "stay" : "free", at, to, leaveAt, walk };
}
