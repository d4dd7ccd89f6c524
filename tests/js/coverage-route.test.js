// @ts-check
/** A photographer's way through the day, by the vectors that the server keeps to as well. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { adviceOf, between, MINUTE, routeOf } from "../../static/js/coverage/route.js";

const { walks, cases } = JSON.parse(readFileSync(new URL("../vectors/coverage.json", import.meta.url), "utf8"));
const WALKS = new Map(walks.map((/** @type {[string, string, number]} */ [one, other, minutes]) => [between(one, other), minutes]));

/** @param {string} name */
function placeOf(name) {
  const [hall, number] = name.split(" ");
  return { name, hall, number: Number(number) };
}

for (const one of cases) {
  test(one.name, () => {
    const now = one.now * MINUTE;
    const stops = one.stops.map((/** @type {any[]} */ [id, court, ...minutes]) => {
      const [start, earliest, latest, end] = minutes.map((minute) => minute * MINUTE);
      return { id, place: placeOf(court), start, earliest, latest, end };
    });
    const { calls, clashes } = routeOf(stops, one.stay, WALKS, now);
    assert.deepEqual(calls.map(({ stop, arrive, leave, walk }) => [stop.id, arrive / MINUTE, leave / MINUTE, walk]), one.calls);
    assert.deepEqual(clashes.map(({ first, second, sure }) => [first, second, sure]), one.clashes);
    const { word, at, to, leaveAt, walk } = adviceOf(calls, one.here && placeOf(one.here), WALKS, now);
    assert.deepEqual([word, at?.stop.id ?? null, to?.stop.id ?? null, leaveAt === null ? null : leaveAt / MINUTE, walk], one.advice);
  });
}
