// @ts-check
/** Whoever opens the app, or comes back to it, has seen that there is news: its icon says so no more. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { startBadge } from "../../static/js/push/badge.js";

test("the badge goes when a page is opened or brought back, not when it opens unseen", () => {
  let cleared = 0;
  let changes = () => {};
  const page = { hidden: true, addEventListener: (/** @type {string} */ _, /** @type {() => void} */ heard) => (changes = heard) };
  Object.assign(globalThis, { document: page });
  Object.defineProperty(globalThis, "navigator", { value: { clearAppBadge: async () => void (cleared += 1) }, configurable: true });
  startBadge();
  assert.equal(cleared, 0);
  page.hidden = false;
  changes();
  assert.equal(cleared, 1);
  startBadge();
  assert.equal(cleared, 2);
  Object.defineProperty(globalThis, "navigator", { value: {}, configurable: true });
  startBadge();
});
