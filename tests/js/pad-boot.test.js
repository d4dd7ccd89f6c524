// @ts-check
import "fake-indexeddb/auto";
import "./one-tab.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { matchOf } from "../../static/js/scoring/boot.js";
import { knownMatch, knownMatches, rememberEvent } from "../../static/js/storage/known.js";
import { BEST_OF_3 } from "./pad-world.js";

test("the shell knows its match by the address it stands in for, or by its own", () => {
  assert.deepEqual(matchOf({ pathname: "/events/lakeside/matches/-7/score", hash: "" }), { eventId: "lakeside", matchId: -7 });
  assert.deepEqual(matchOf({ pathname: "/pad", hash: "#lakeside/-7" }), { eventId: "lakeside", matchId: -7 });
  assert.equal(matchOf({ pathname: "/pad", hash: "#lake side/7" }), null);
});

test("an event that was looked at once is known whole, and not asked for again within the hour", async () => {
  let asked = 0;
  const matches = [
    { matchId: -7, team1: { name: "Harbor" }, team2: null, team2Text: "Winner of Match 6", courtName: "West 12", divisionName: "15 Open", format: BEST_OF_3, start: null },
    { matchId: -8, team1: null, team1Text: "", team2: null, team2Text: "", courtName: null, divisionName: null, format: BEST_OF_3, start: null },
  ];
  globalThis.fetch = async () => {
    asked += 1;
    return new Response(JSON.stringify(matches), { headers: { "content-type": "application/json" } });
  };
  await rememberEvent("lakeside", "Lakeside");
  await rememberEvent("lakeside", "");
  assert.equal(asked, 1);
  await rememberEvent("lakeside", "", { changed: true });
  assert.equal(asked, 2);
  const known = await knownMatch("lakeside", -7);
  assert.deepEqual([known?.names, known?.place], [["Harbor", "Winner of Match 6"], "West 12 · 15 Open"]);
  assert.deepEqual((await knownMatches("lakeside")).map(({ names }) => names), [["Team 1", "Team 2"], ["Harbor", "Winner of Match 6"]]);
});
