// @ts-check
/** Teams followed on this device: kept, told to the page, and brought together with the account. */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

const kept = new Map();
Object.assign(globalThis, {
  localStorage: { getItem: (/** @type {string} */ key) => kept.get(key) ?? null, setItem: (/** @type {string} */ key, /** @type {string} */ value) => kept.set(key, value) },
  document: { cookie: "" },
  location: { protocol: "http:" },
});
const { absorb, choices, choose, isFollowed, settle } = await import("../../static/js/following/store.js");

beforeEach(() => {
  kept.clear();
  document.cookie = "";
});

test("a team is followed, and let go of", () => {
  choose("cup", 12, true);
  assert.ok(isFollowed("cup", 12));
  assert.match(document.cookie, /^follows=cup~12; Path=\/my-teams; /);
  choose("cup", 12, false);
  assert.ok(!isFollowed("cup", 12));
  assert.match(document.cookie, /^follows=; .*Max-Age=0/);
});

test("what the account has is taken over; what it has not heard of yet stays", () => {
  choose("cup", 1, true);
  choose("cup", 2, false);
  absorb([{ eventId: "cup", teamId: 2 }, { eventId: "cup", teamId: 3 }]);
  assert.deepEqual([1, 2, 3].map((team) => isFollowed("cup", team)), [true, false, true]);
});

test("what another device let go of is gone here once ours was told", () => {
  choose("cup", 1, true);
  settle("cup~1", choices()["cup~1"].at);
  absorb([]);
  assert.ok(!isFollowed("cup", 1));
});

test("an answer from before a star was tapped and told does not take it off", () => {
  const asked = Date.now();
  choose("cup", 1, true);
  choose("cup", 2, false);
  for (const key of ["cup~1", "cup~2"]) settle(key, choices()[key].at);
  absorb([{ eventId: "cup", teamId: 2 }], new Set(), asked);
  assert.deepEqual([1, 2].map((team) => isFollowed("cup", team)), [true, false]);
});

test("a choice made while an older one was on its way is still to be told", () => {
  choose("cup", 1, true);
  settle("cup~1", choices()["cup~1"].at - 5);
  assert.equal(choices()["cup~1"].sent, false);
});

test("a list too long for a cookie is cut there, not here", () => {
  for (let team = 0; team < 400; team += 1) choose("a-rather-long-event-id", team, true);
  assert.ok(document.cookie.length < 4000);
  assert.ok(isFollowed("a-rather-long-event-id", 399));
});

test("a store that cannot be read is an empty one", () => {
  kept.set("follows", "{");
  assert.deepEqual(choices(), {});
});
