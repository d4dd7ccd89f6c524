// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { draw } from "../../static/js/scoring/digits.js";
import { Guard } from "../../static/js/scoring/taps.js";

test("the same control rests 400 ms; the other one does not", () => {
  const guard = new Guard();
  assert.equal(guard.judge("point-1", 1000), "go");
  assert.equal(guard.judge("point-1", 1399), "resting");
  assert.equal(guard.judge("point-2", 1399), "go");
  assert.equal(guard.judge("point-1", 1400), "go");
});

test("a touch while resting does not prolong the rest", () => {
  const guard = new Guard(1000);
  guard.judge("undo", 0);
  assert.equal(guard.judge("undo", 900), "resting");
  assert.equal(guard.judge("undo", 1000), "go");
});

test("the rest can be set from 400 to 1,500 ms and no further", () => {
  assert.equal(new Guard(50).rest, 400);
  assert.equal(new Guard(900).rest, 900);
  assert.equal(new Guard(9000).rest, 1500);
});

test("the first touch after sleep only wakes; the next one counts", () => {
  const guard = new Guard();
  guard.asleep = true;
  assert.equal(guard.judge("point-1", 10), "woken");
  assert.equal(guard.judge("point-1", 20), "go");
});

test("a locked pad takes nothing, however often it is touched", () => {
  const guard = new Guard();
  guard.locked = true;
  assert.equal(guard.judge("point-1", 10), "locked");
  assert.equal(guard.judge("undo", 5000), "locked");
});

test("numerals fill a tall half higher than wide, and keep their room from 9 to 10", () => {
  const created = { setAttribute(/** @type {string} */ name, /** @type {string} */ value) {
    Object.assign(this, { [name]: value });
  } };
  // @ts-expect-error only what draw() needs of a document
  globalThis.document = { createElementNS: () => ({ ...created }) };
  /** @param {number} points */
  const box = (points) => {
    const svg = /** @type {any} */ ({ ...created, replaceChildren(/** @type {any[]} */ ...parts) {
      this.parts = parts;
    } });
    draw(svg, points, { width: 170, height: 400 });
    return { parts: svg.parts.length, size: svg.viewBox.split(" ").slice(2).map(Number) };
  };
  const [nine, ten] = [box(9), box(10)];
  assert.deepEqual([nine.parts, ten.parts], [1, 2]);
  assert.deepEqual(nine.size, ten.size);
  assert.ok(ten.size[1] > ten.size[0]);
});
