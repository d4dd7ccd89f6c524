// @ts-check
/**
 * One day of a plan: what is on it, what clashes, what to do now, whom it misses, what could be
 * taken instead. Pure; as the server has it in courtsync_web/coverage/view.py.
 *
 * @typedef {import("./facts.js").Facts} Facts
 * @typedef {import("./facts.js").Match} Match
 * @typedef {import("./merge.js").Plan} Plan
 *
 * @typedef {object} Day
 * @property {Match[]} stops  planned, by expected start
 * @property {Set<number>} ahead  those there is still something to shoot of
 * @property {import("./route.js").Call[]} calls
 * @property {import("./route.js").Clash[]} clashes  the sure ones first
 * @property {Map<number, "sure" | "tight">} inTheWay  planned matches that clash
 * @property {import("./route.js").Advice} advice
 * @property {number[]} covered  wanted teams that play in the plan
 * @property {number[]} missing
 * @property {Set<number>} wanted
 */
import { adviceOf, routeOf } from "./route.js";

const LATELY = 2 * 3_600_000;
const FAR = Number.MAX_SAFE_INTEGER;

/** @param {Facts} facts @param {Plan} plan @param {Set<number> | null} wanted @param {string} day @param {string} lastDay @param {number} now @returns {Day} */
export function dayOf(facts, plan, wanted, day, lastDay, now) {
  const planned = plan.selectedMatches.map((id) => facts.matches.get(id)).filter((match) => match !== undefined);
  const stops = planned.filter((match) => match.day === day || (!match.day && day === lastDay)).sort(byStart);
  const { calls, clashes } = routeOf(stops.filter((match) => isAhead(match, plan, now)).map(stopOf), plan.stay, facts.walks, now);
  const all = wanted ?? new Set(facts.teams.keys());
  const playing = new Set(planned.flatMap(({ teams }) => teams));
  return {
    stops,
    ahead: new Set(stops.filter((match) => match.start === null || isAhead(match, plan, now)).map(({ id }) => id)),
    calls,
    clashes: [...clashes].sort((one, other) => Number(other.sure) - Number(one.sure)),
    inTheWay: inTheWay(clashes),
    advice: adviceOf(calls, placeLately(stops, plan, now), facts.walks, now),
    covered: [...all].filter((team) => playing.has(team)),
    missing: [...all].filter((team) => !playing.has(team)),
    wanted: all,
  };
}

/** By expected start; what has none comes last. @param {Match} one @param {Match} other */
export function byStart(one, other) {
  return (one.start ?? FAR) - (other.start ?? FAR) || one.id - other.id;
}

/** Whether there is still something to shoot, at a time that is known. @param {Match} match @param {Plan} plan @param {number} now */
export function isAhead({ id, start, end, status }, plan, now) {
  return start !== null && status !== "over" && end > now && !plan.shot.includes(id);
}

/** @param {Match} match @returns {import("./route.js").Stop} */
export function stopOf({ id, place, start, earliest, latest, end }) {
  return { id, place, start: start ?? 0, earliest, latest, end };
}

/** @param {import("./route.js").Clash[]} clashes */
function inTheWay(clashes) {
  /** @type {Map<number, "sure" | "tight">} */
  const found = new Map();
  for (const { first, second, sure } of clashes) {
    for (const id of [first, second]) if (sure || !found.has(id)) found.set(id, sure ? "sure" : "tight");
  }
  return found;
}

/** The court one was at last, unless that is long ago. @param {Match[]} stops @param {Plan} plan @param {number} now */
function placeLately(stops, plan, now) {
  const been = stops.filter((match) => match.start !== null && now - LATELY < match.start && match.start <= now && !isAhead(match, plan, now));
  return been.at(-1)?.place ?? null;
}

/** Matches that could still be taken for a team. @param {Facts} facts @param {Plan} plan @param {number} team @param {number} now */
export function chancesOf({ byTeam }, plan, team, now) {
  return (byTeam.get(team) ?? []).filter((match) => !plan.selectedMatches.includes(match.id) && isAhead(match, plan, now)).sort(byStart);
}

/**
 * What could be taken in place of a planned match: of its own wanted teams at another time, or of
 * whom the plan misses at about the same; first what makes no clash, then what covers more.
 * @param {Facts} facts @param {Plan} plan @param {Day} day @param {Match} match @param {number} now @param {number} [most]
 */
export function instead(facts, plan, day, match, now, most = 5) {
  const own = new Set(match.teams.filter((team) => day.wanted.has(team)));
  const missing = new Set(day.missing);
  const open = [...facts.matches.values()].filter((other) => {
    if (other.day !== match.day || plan.selectedMatches.includes(other.id) || !isAhead(other, plan, now)) return false;
    const near = Math.abs((other.start ?? 0) - (match.start ?? 0)) < match.end - (match.start ?? 0);
    return other.teams.some((team) => own.has(team)) || (near && other.teams.some((team) => missing.has(team)));
  });
  const rest = day.stops.filter((one) => one.id !== match.id && isAhead(one, plan, now));
  const rated = open.map((other) => ({
    match: other,
    clashes: routeOf([...rest, other].map(stopOf), plan.stay, facts.walks, now).clashes.filter(({ sure, first, second }) => sure && [first, second].includes(other.id)).length,
    covers: other.teams.filter((team) => own.has(team) || missing.has(team)).length,
  }));
  rated.sort((one, other) => one.clashes - other.clashes || other.covers - one.covers || byStart(one.match, other.match));
  return rated.slice(0, most);
}
