// @ts-check
/**
 * Which match a picture shows, and how it stood. Pure; times are instants in milliseconds.
 *
 * @typedef {{at: number, set: number, one: number, two: number}} Rally  the score from `at` on
 * @typedef {{id: number, court: string, division: string, one: string, two: string, start: number | null, end: number | null, rallies: Rally[]}} Match
 *   `start` and `end` by the schedule, for a match that nobody scored point by point
 * @typedef {{name: string, at: number | null}} Photo  `at` by the camera's clock
 * @typedef {{photo: Photo, at: number | null, match: Match | null, rally: Rally | null, when: "" | "before" | "play" | "after"}} Shot
 * @typedef {{key: string, shots: Shot[], match: Match | null, others: Match[]}} Burst  pictures of one go
 */

const MINUTE = 60_000;
/** So long before the first ball teams warm up, and after the last one they cheer. */
const BEFORE = 20 * MINUTE;
const AFTER = 10 * MINUTE;
/** How long a match takes that the schedule gives no end. */
const USUAL = 60 * MINUTE;
/** Fewer steps than this make a result, not a course of play. */
const FOLLOWED = 6;
/** Who takes no picture for so long may have gone elsewhere. */
const PAUSE = 4 * MINUTE;

/**
 * The score rally by rally, from a match's history: an undo takes back what it undoes, and a
 * repeated state changes nothing.
 * @param {{at: number, sets: {setNumber: number, team1Score: number, team2Score: number}[]}[]} history  newest last
 * @returns {Rally[]}
 */
export function ralliesOf(history) {
  /** @type {Rally[]} */
  const rallies = [];
  for (const { at, sets } of history) {
    const last = sets.at(-1);
    if (!last) continue;
    const now = { at, set: last.setNumber, one: last.team1Score, two: last.team2Score };
    while (rallies.length && !isBefore(/** @type {Rally} */ (rallies.at(-1)), now)) rallies.pop();
    rallies.push(now);
  }
  return rallies;
}

/** A result that was typed in says nothing about when its rallies were. @param {Rally[]} rallies @param {string} status */
export function followed(rallies, status) {
  return status === "over" && rallies.length < FOLLOWED ? [] : rallies;
}

/** @param {Rally} one @param {Rally} other */
function isBefore(one, other) {
  return one.set < other.set || (one.set === other.set && one.one + one.two < other.one + other.two);
}

/** How a match stood at an instant; null where it is too far away. @param {Match} match @param {number} at @returns {Pick<Shot, "rally" | "when"> | null} */
export function standing({ rallies, start, end }, at) {
  const first = rallies[0];
  const last = rallies.at(-1);
  if (!first || !last) return start !== null && at >= start && at <= (end ?? start + USUAL) ? { rally: null, when: "play" } : null;
  if (at < first.at - BEFORE || at > last.at + AFTER) return null;
  if (at < first.at) return { rally: null, when: "before" };
  const rally = rallies.findLast((one) => one.at <= at) ?? first;
  return { rally, when: rally === last && at > last.at + MINUTE ? "after" : "play" };
}

/** How well a match fits a picture; 0: not at all. @param {Match} match @param {number} at */
function fit(match, at) {
  const found = standing(match, at);
  if (!found) return 0;
  if (!found.rally && found.when === "play") return 2;
  return { before: 1, after: 1, play: 3, "": 0 }[found.when];
}

/**
 * Pictures in the order they were taken, in bursts, each with the match that fits most of them;
 * of two that fit alike the one that began later, for one walks on. `chosen` says otherwise for
 * a burst, by its key.
 * @param {Photo[]} photos @param {Match[]} matches @param {number} offset  added to the camera's clock
 * @param {Map<string, number>} [chosen]
 * @returns {Burst[]}
 */
export function bursts(photos, matches, offset, chosen = new Map()) {
  const timed = photos.filter(({ at }) => at !== null).sort((one, other) => (one.at ?? 0) - (other.at ?? 0));
  /** @type {Photo[][]} */
  const groups = [];
  for (const photo of timed) {
    const before = groups.at(-1)?.at(-1);
    if (before && (photo.at ?? 0) - (before.at ?? 0) <= PAUSE) groups.at(-1)?.push(photo);
    else groups.push([photo]);
  }
  const found = groups.flatMap((group) => split(group, matches, offset, chosen));
  const without = photos.filter(({ at }) => at === null).map((photo) => shotOf(photo, null, offset));
  return without.length ? [...found, { key: "timeless", shots: without, match: null, others: [] }] : found;
}

/** A group may go over from one match to the next. @param {Photo[]} group @param {Match[]} matches @param {number} offset @param {Map<string, number>} chosen @returns {Burst[]} */
function split(group, matches, offset, chosen) {
  /** @type {Burst[]} */
  const found = [];
  for (let rest = group; rest.length;) {
    const burst = begin(rest, matches, offset, chosen);
    found.push(burst);
    rest = rest.slice(burst.shots.length);
  }
  return found;
}

/** @param {Match} match */
function beganAt({ rallies, start }) {
  return rallies[0]?.at ?? start ?? 0;
}

/** @param {Photo[]} rest @param {Match[]} matches @param {number} offset @param {Map<string, number>} chosen @returns {Burst} */
function begin(rest, matches, offset, chosen) {
  const at = (/** @type {Photo} */ photo) => (photo.at ?? 0) + offset;
  const key = rest[0].name;
  const fitting = matches.filter((match) => fit(match, at(rest[0])));
  const sums = new Map(fitting.map((match) => [match, rest.reduce((sum, photo) => sum + fit(match, at(photo)), 0)]));
  fitting.sort((one, other) => (sums.get(other) ?? 0) - (sums.get(one) ?? 0) || beganAt(other) - beganAt(one));
  const match = fitting.find(({ id }) => id === chosen.get(key)) ?? fitting[0] ?? null;
  const end = rest.findIndex((photo) => (match ? !fit(match, at(photo)) : matches.some((one) => fit(one, at(photo)))));
  const shots = (end < 0 ? rest : rest.slice(0, end)).map((photo) => shotOf(photo, match, offset));
  return { key, shots, match, others: fitting.filter((one) => one !== match) };
}

/** @param {Photo} photo @param {Match | null} match @param {number} offset @returns {Shot} */
function shotOf(photo, match, offset) {
  const at = photo.at === null ? null : photo.at + offset;
  const found = match && at !== null ? standing(match, at) : null;
  return { photo, at, match: found ? match : null, rally: found?.rally ?? null, when: found?.when ?? "" };
}
