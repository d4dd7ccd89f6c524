// @ts-check
/** What is wished of the autopilot, and what becomes of its answer. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { changesOf, wishesFrom } from "../../static/js/coverage/autopilot-wishes.js";
import { instantAt } from "../../static/js/web/instant.js";

const PLAN = { selectedMatches: [-1, 2], shot: [2], stay: /** @type {const} */ ("short"), aim: "followed", aimTeams: [] };

test("a clock on the wall is an instant in the hall's zone, in winter and in summer", () => {
  assert.equal(instantAt("2026-01-31", "12:30", "America/Chicago"), Date.parse("2026-01-31T18:30:00Z"));
  assert.equal(instantAt("2026-07-04", "12:30", "America/Chicago"), Date.parse("2026-07-04T17:30:00Z"));
  assert.equal(instantAt("2026-03-08", "03:30", "America/Chicago"), Date.parse("2026-03-08T08:30:00Z"));
  assert.equal(instantAt("2026-03-29", "12:00", "Europe/Berlin"), Date.parse("2026-03-29T10:00:00Z"));
});

test("wishes say what the phone knows, and only breaks that were asked for", () => {
  const form = new FormData();
  const known = { day: "2026-01-31", zone: "UTC", wanted: new Set([7, 8]), plan: PLAN };
  form.set("rest", "45");
  assert.deepEqual(wishesFrom(form, known), {
    day: "2026-01-31", stay: "short", teams: [7, 8], planned: [-1, 2], shot: [2], mustTeams: [], breaks: [], mostPerHour: null, keep: false, crew: false,
  });
  for (const [name, value] of [["from", "12:00"], ["hourly", "2"], ["keep", "on"], ["must", "7"]]) form.set(name, value);
  const noon = Date.parse("2026-01-31T12:00:00Z");
  const wishes = wishesFrom(form, known);
  assert.deepEqual(wishes.breaks, [{ from: noon, to: noon + 45 * 60_000 }]);
  assert.deepEqual([wishes.mostPerHour, wishes.keep, wishes.mustTeams], [2, true, [7]]);
});

test("using a proposal adds and drops what it says", () => {
  assert.deepEqual(changesOf({ added: [3], dropped: [{ matchId: -1, title: "", reason: "" }] }), { added: [3], removed: [-1] });
});
