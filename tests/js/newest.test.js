// @ts-check
/** What is looked at twice at once is shown as it was seen last. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { newest } from "../../static/js/web/newest.js";

/** @type {((seen: string) => void)[]} */
const open = [];
/** @type {string[]} */
const shown = [];
const look = newest(
  () => new Promise((/** @type {(seen: string) => void} */ done) => open.push(done)),
  (seen) => shown.push(seen),
);

test("an answer that comes late does not stand over a newer one", async () => {
  const both = [look(), look()];
  open[1]("new");
  open[0]("old");
  await Promise.all(both);
  assert.deepEqual(shown, ["new"]);
});
