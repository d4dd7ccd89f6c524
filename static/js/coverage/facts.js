// @ts-check
/**
 * What the Coverage page brings along of its event (courtsync_web/coverage/facts.py).
 *
 * @typedef {object} Match
 * @property {number} id
 * @property {import("./route.js").Place} place
 * @property {string} where  "West 12"
 * @property {number | null} courtId
 * @property {string} division
 * @property {number[]} teams
 * @property {[string, string]} sides
 * @property {string} day
 * @property {number | null} printed
 * @property {number | null} start  expected, like the three below
 * @property {number} earliest
 * @property {number} latest
 * @property {number} end
 * @property {"upcoming" | "live" | "over"} status
 *
 * @typedef {object} Facts
 * @property {Map<number, Match>} matches
 * @property {Map<number, Match[]>} byTeam
 * @property {import("./route.js").Walks} walks
 * @property {number[]} followed  teams I follow, as the server knew when it made the page
 * @property {Map<number, {name: string, club: number | null, division: string}>} teams
 */
import { between } from "./route.js";

/** @param {any} told @returns {Facts} */
export function factsFrom(told) {
  const matches = told.matches.map((/** @type {any[]} */ line) => matchFrom(line, told));
  const teams = Object.entries(told.teams).map(([id, [name, club, division]]) => {
    return /** @type {const} */ ([Number(id), { name, club, division: told.divisions[division]?.[0] ?? "" }]);
  });
  return {
    matches: new Map(matches.map((/** @type {Match} */ match) => [match.id, match])),
    byTeam: byTeam(matches),
    walks: new Map(told.walks.map((/** @type {[string, string, number]} */ [one, other, minutes]) => [between(one, other), minutes])),
    teams: new Map(teams),
    followed: told.followed,
  };
}

/** @param {Match[]} matches */
function byTeam(matches) {
  /** @type {Map<number, Match[]>} */
  const found = new Map();
  for (const match of matches) {
    for (const team of match.teams) found.set(team, [...(found.get(team) ?? []), match]);
  }
  return found;
}

/** @param {any[]} line @param {any} told @returns {Match} */
function matchFrom([id, courtId, division, pair, sides, day, printed, expected, end, status], { courts, divisions, teams }) {
  const [name, hall, label, number] = courts[courtId] ?? ["", "", "–", null];
  const [start, earliest, latest] = expected ?? [printed, printed, printed];
  return {
    id,
    place: { name, hall, number },
    where: `${hall} ${label}`.trim(),
    courtId,
    division: divisions[division]?.[0] ?? "",
    teams: pair.filter((/** @type {number | null} */ team) => team !== null),
    sides: sides ?? pair.map((/** @type {number} */ team) => teams[team]?.[0] ?? "To be decided"),
    day,
    printed,
    start,
    earliest,
    latest,
    end,
    status,
  };
}

/** The facts in this page. */
export function factsOfPage(root = document) {
  return factsFrom(JSON.parse(root.querySelector("#facts")?.textContent ?? "{}"));
}
