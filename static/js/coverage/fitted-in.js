// @ts-check
/** An order of stops in which more of them are possible than in that of the latest arrival. Pure. */

/** @typedef {import("./route.js").Call} Call @typedef {{stop: import("./route.js").Stop, visit: import("./route.js").Visit}} Planned */
/** @typedef {(before: Call | undefined, planned: Planned) => Call} CallAt */

/** Each put in where it costs the shortest way and makes no other one late. @param {Planned[]} visits @param {CallAt} callAt @returns {Call[]} */
export function fittedIn(visits, callAt) {
  /** @type {Planned[]} */
  let way = [];
  for (const one of [...visits].sort((a, b) => middle(a) - middle(b) || a.stop.id - b.stop.id)) {
    const ways = way.map((_, at) => [...way.slice(0, at), one, ...way.slice(at)]);
    const possible = [...ways, [...way, one]].reverse().filter((longer) => through(longer, callAt).length);
    if (possible.length) way = possible.reduce((best, other) => (walked(other, callAt) < walked(best, callAt) ? other : best));
  }
  return through(way, callAt);
}

/** @param {Planned} planned */
function middle({ visit }) {
  return visit.earliest + visit.latest;
}

/** All in this order; nothing where one would be late. @param {Planned[]} way @param {CallAt} callAt @returns {Call[]} */
function through(way, callAt) {
  /** @type {Call[]} */
  const calls = [];
  for (const planned of way) {
    const call = callAt(calls.at(-1), planned);
    if (call.arrive > call.last) return [];
    calls.push(call);
  }
  return calls;
}

/** @param {Planned[]} way @param {CallAt} callAt */
function walked(way, callAt) {
  return through(way, callAt).reduce((sum, { walk }) => sum + walk, 0);
}
