import assert from "node:assert/strict";
import test from "node:test";
import { instantOf } from "../../static/js/photos/camera-time.js";
import { caption, fileName, lines, sidecar, sidecars, table } from "../../static/js/photos/captions.js";
import { bursts, followed, ralliesOf, standing } from "../../static/js/photos/matching.js";

const ZONE = "America/Chicago";
const EVENT = { name: "Lakeside Winter Classic", zone: ZONE };
const MINUTE = 60_000;
const TEN = Date.UTC(2026, 0, 31, 16);

/** @param {number} at @param {...[number, number]} sets */
function state(at, ...sets) {
  return { at, sets: sets.map(([team1Score, team2Score], index) => ({ setNumber: index + 1, team1Score, team2Score })) };
}

/** @param {number} id @param {number} begins @param {Partial<import("../../static/js/photos/matching.js").Match>} [more] */
function match(id, begins, more = {}) {
  const history = Array.from({ length: 40 }, (_, index) => state(begins + index * MINUTE, [Math.ceil(index / 2), Math.floor(index / 2)]));
  return { id, court: "Court 12", division: "15 Open", one: "Harbor 15 Gold", two: "Falcon 15 Blue", start: null, end: null, rallies: ralliesOf(history), ...more };
}

/** @param {number} at @param {string} [name] */
const photo = (at, name = `IMG_${at}.JPG`) => ({ name, at });

test("a camera's clock is the hall's, unless it says where it is", () => {
  assert.equal(instantOf({ taken: "2026:01:31 10:05:33", fraction: "42" }, ZONE), Date.UTC(2026, 0, 31, 16, 5, 33, 420));
  assert.equal(instantOf({ taken: "2026:01:31 10:05:33", offset: "+09:00" }, ZONE), Date.UTC(2026, 0, 31, 1, 5, 33));
  assert.equal(instantOf({ taken: "2026:07:31 10:05:33" }, ZONE), Date.UTC(2026, 6, 31, 15, 5, 33));
  assert.equal(instantOf({ taken: "2026:07:31 10:05:33" }, "Asia/Kolkata"), Date.UTC(2026, 6, 31, 4, 35, 33));
  for (const taken of [undefined, "", "0000:00:00 00:00:00", "    :  :     :  :  "]) assert.equal(instantOf({ taken }, ZONE), null);
});

test("on the morning of a clock change the hour is the right one", () => {
  assert.equal(instantOf({ taken: "2026:03:08 01:59:59" }, ZONE), Date.UTC(2026, 2, 8, 7, 59, 59));
  assert.equal(instantOf({ taken: "2026:03:08 03:00:00" }, ZONE), Date.UTC(2026, 2, 8, 8));
});

test("an undone point was never played, and a set begins anew", () => {
  const history = [state(1, [1, 0]), state(2, [2, 0]), state(3, [1, 0]), state(4, [1, 1]), state(5, [25, 1], [0, 0]), state(6, [25, 1], [0, 1])];
  assert.deepEqual(ralliesOf(history).map(({ at, set, one, two }) => [at, set, one, two]), [[3, 1, 1, 0], [4, 1, 1, 1], [5, 2, 0, 0], [6, 2, 0, 1]]);
});

test("a picture has the score that stood when it was taken", () => {
  const one = match(1, TEN);
  assert.deepEqual(standing(one, TEN + 3 * MINUTE + 1)?.rally, { at: TEN + 3 * MINUTE, set: 1, one: 2, two: 1 });
  assert.equal(standing(one, TEN - 5 * MINUTE)?.when, "before");
  assert.equal(standing(one, TEN + 45 * MINUTE)?.when, "after");
  assert.equal(standing(one, TEN - 25 * MINUTE), null);
  assert.equal(standing({ ...one, rallies: [] }, TEN), null);
});

test("pictures in one go belong to one match, and walk over to the next with their owner", () => {
  const matches = [match(1, TEN), match(2, TEN + 55 * MINUTE, { court: "Court 3" })];
  const taken = [3, 4, 41, 44, 46, 48, 52, 56, 58].map((minute) => photo(TEN + minute * MINUTE));
  const found = bursts(taken, matches, 0);
  assert.deepEqual(found.map(({ match: shown, shots }) => [shown?.id, shots.length]), [[1, 2], [2, 7]]);
});

test("where two matches fit alike the later one is meant, the other can be chosen", () => {
  const matches = [match(1, TEN), match(2, TEN + 10 * MINUTE, { court: "Court 3" })];
  const taken = [photo(TEN + 15 * MINUTE, "a"), photo(TEN + 16 * MINUTE, "b")];
  const [burst] = bursts(taken, matches, 0);
  assert.equal(burst.match?.id, 2);
  assert.deepEqual(burst.others.map(({ id }) => id), [1]);
  assert.equal(bursts(taken, matches, 0, new Map([["a", 1]]))[0].match?.id, 1);
});

test("a camera that runs an hour ahead is set right for all its pictures", () => {
  const taken = [photo(TEN + 63 * MINUTE)];
  const [wrong] = bursts(taken, [match(1, TEN)], 0);
  assert.equal(wrong.match, null);
  const [right] = bursts(taken, [match(1, TEN)], -60 * MINUTE);
  assert.deepEqual([right.shots[0].rally?.one, right.shots[0].rally?.two], [2, 1]);
});

test("of a match that nobody scored at least the match is known", () => {
  const unscored = match(1, TEN, { rallies: [], start: TEN, end: TEN + 50 * MINUTE });
  const [{ shots: [shot, late] }] = bursts([photo(TEN + 10 * MINUTE)], [unscored], 0);
  assert.equal(caption(shot), "15 Open, Court 12: Harbor 15 Gold – Falcon 15 Blue");
  assert.equal(late, undefined);
  assert.equal(bursts([photo(TEN + 51 * MINUTE)], [unscored], 0)[0].match, null);
});

test("a result that was typed in is no course of play, a match that has just begun is", () => {
  const few = ralliesOf([state(TEN, [25, 20]), state(TEN, [25, 20], [25, 18])]);
  assert.deepEqual(followed(few, "over"), []);
  assert.deepEqual(followed(few, "live"), few);
});

test("a picture without a time is kept, and says nothing", () => {
  const found = bursts([{ name: "scan.jpg", at: null }], [match(1, TEN)], 0);
  assert.equal(found[0].shots[0].match, null);
  assert.equal(caption(found[0].shots[0]), "");
  assert.equal(fileName(found[0].shots[0], EVENT), "scan.jpg");
});

test("captions and names say division, court, set, score and teams", () => {
  const [{ shots: [shot] }] = bursts([photo(TEN + 3 * MINUTE + 33_000, "IMG_1234.JPG")], [match(1, TEN)], 0);
  assert.equal(caption(shot), "15 Open, Court 12, set 1, 2–1: Harbor 15 Gold – Falcon 15 Blue");
  assert.equal(fileName(shot, EVENT), "2026-01-31_100333_15-open_court-12_set-1_2-1_harbor-15-gold_falcon-15-blue_IMG_1234.JPG");
  const [{ shots: [early] }] = bursts([photo(TEN - MINUTE)], [match(1, TEN, { court: "12" })], 0);
  assert.equal(caption(early), "15 Open, Court 12, warming up: Harbor 15 Gold – Falcon 15 Blue");
});

test("no name writes a path, a formula, a cell or a tag of its own", () => {
  const evil = match(1, TEN, { one: '=HYPERLINK("x")', two: '../..\\\u0000<a b="c">&\u0007', court: "-1+1" });
  const [{ shots: [shot] }] = bursts([photo(TEN + MINUTE, "a/b:c.JPG")], [evil], 0);
  assert.doesNotMatch(fileName(shot, EVENT), /[\\/:*?"<>|]/);
  const [, row] = table([shot], EVENT).split("\r\n");
  assert.match(row, /,'-1\+1,"'=HYPERLINK\(""x""\)",/);
  const xmp = sidecar(shot, EVENT);
  assert.match(xmp, /&lt;a b=&quot;c&quot;&gt;&amp;/);
  assert.doesNotMatch(xmp, /<a |[\u0000-\u0008]/);
});

test("sidecars lie beside their pictures, and only beside those that show a match", () => {
  const shots = bursts([photo(TEN + MINUTE, "IMG_1.CR3"), photo(0, "old.jpg")], [match(1, TEN)], 0).flatMap((burst) => burst.shots);
  assert.deepEqual(Object.keys(sidecars(shots, EVENT)), ["IMG_1.xmp"]);
  assert.equal(lines(shots).split("\n").length, 3);
});
