// @ts-check
/**
 * A coverage plan and what is done to it. Pure.
 *
 * @typedef {"whole" | "set" | "short"} Stay
 * @typedef {object} Plan
 * @property {number[]} selectedMatches
 * @property {number[]} shot
 * @property {Stay} stay  how long at each match
 * @property {string} aim  whom to cover: `followed`, `all`, or a club's id
 * @property {number[]} aimTeams  the teams of that club
 *
 * @typedef {object} Changes  what one device does to a plan; the fields of a `plan` op
 * @property {number[]} [added]
 * @property {number[]} [removed]
 * @property {number[]} [shot]
 * @property {number[]} [unshot]
 * @property {Stay} [stay]
 * @property {string} [aim]
 * @property {number[]} [selectedMatches]  all of the matches
 * @property {number[]} [aimTeams]  not sent: the server knows a club's teams
 */

/** @type {Plan} */
const EMPTY = { selectedMatches: [], shot: [], stay: "whole", aim: "followed", aimTeams: [] };

/** A plan as it was kept or answered, by whatever version. @param {any} kept @returns {Plan} */
export function planFrom(kept) {
  const fields = Object.entries(EMPTY).map(([name, usual]) => [name, kept?.[name] ?? usual]);
  return /** @type {Plan} */ (Object.fromEntries(fields));
}

/** What is added and removed at once is removed; what was shot is planned. @param {Plan} plan @param {Changes} changes @returns {Plan} */
export function changed(plan, { selectedMatches, added = [], removed = [], shot = [], unshot = [], stay, aim, aimTeams }) {
  const chosen = [...(selectedMatches ?? plan.selectedMatches), ...added, ...shot];
  return {
    selectedMatches: distinct(chosen).filter((id) => !removed.includes(id)),
    shot: distinct([...plan.shot, ...shot]).filter((id) => !unshot.includes(id)),
    stay: stay ?? plan.stay,
    aim: aim ?? plan.aim,
    aimTeams: aimTeams ?? (aim === undefined || aim === plan.aim ? plan.aimTeams : []),
  };
}

/** What the server knows, and after it what this phone has still to tell it. @param {any} known @param {{body: Changes}[]} waiting  in order */
export function withWaiting(known, waiting) {
  return waiting.reduce((plan, { body }) => changed(plan, body), planFrom(known));
}

/** More than this at once is no tapping: it is sent as one change. */
const FEW = 6;

/**
 * What is to be told, one change for each thing it is about, so that a later one takes the place
 * of what still waits; many at once stay together, under no such name.
 * @param {Changes} changes
 * @returns {[string, Changes][]}
 */
export function told({ added = [], removed = [], shot = [], unshot = [], stay, aim }) {
  const single = [
    ...added.map((id) => about(`plan/${id}`, { added: [id] })),
    ...removed.map((id) => about(`plan/${id}`, { removed: [id] })),
    ...shot.map((id) => about(`shot/${id}`, { shot: [id] })),
    ...unshot.map((id) => about(`shot/${id}`, { unshot: [id] })),
    ...(stay ? [about("stay", { stay })] : []),
    ...(aim ? [about("aim", { aim })] : []),
  ];
  if (single.length <= FEW) return single;
  return [about("", { added, removed, shot, unshot, ...(stay && { stay }), ...(aim && { aim }) })];
}

/** @param {string} subject @param {Changes} body @returns {[string, Changes]} */
function about(subject, body) {
  return [subject, body];
}

/** @param {number[]} ids */
function distinct(ids) {
  return [...new Set(ids)];
}
