// @ts-check
/**
 * Carries the charts of a match on while the page is open. The drawing and the rule that a
 * state replaces whatever stood at its sum or beyond are those of scoring/story.py.
 */

import { clockTime } from "../web/connection.js";

const WIDTH = 320;
const MIDDLE = 48;
const FEWEST_RALLIES = 30;
const SMALLEST_LEAD = 5;

/** @typedef {import("../scoring/paint.js").Score} Score */

/**
 * Add a score to the running set's chart.
 * @param {Score} score
 * @returns {boolean} whether the charts now tell everything; if not, they must be fetched again
 */
export function carryOn(score) {
  if (score.status === "not-started" || !score.sets.length) return true;
  return score.sets.every((set, index) => {
    const chart = /** @type {HTMLElement | null} */ (document.querySelector(`[data-story="${set.setNumber}"]`));
    const running = index === score.sets.length - 1;
    if (!chart) return !running;
    return add(chart, [set.team1Score, set.team2Score], score, running);
  });
}

/** @param {HTMLElement} chart @param {[number, number]} now @param {Score} score @param {boolean} running */
function add(chart, now, score, running) {
  const start = Number(chart.dataset.start);
  const points = pairs(chart.dataset.points ?? "");
  const sum = now[0] + now[1];
  const latest = points.at(-1) ?? [start, start];
  const marks = (chart.dataset.marks ?? "").split(" ").filter(Boolean);
  const told = !running || markTimeouts(marks, score.timeouts ?? [0, 0], latest);
  if (now[0] === latest[0] && now[1] === latest[1] && marks.join(" ") === chart.dataset.marks) return told;
  if (now[0] !== latest[0] || now[1] !== latest[1]) {
    while (points.length && sumOf(points[points.length - 1]) >= sum) points.pop();
    const before = points.at(-1) ?? [start, start];
    if (sum > sumOf(before) + 1) return false;
    if (sum > sumOf(before)) points.push(now);
    listRally(chart, now, before, score.lastUpdated);
  }
  chart.dataset.points = points.map((point) => point.join("-")).join(" ");
  chart.dataset.marks = marks.join(" ");
  draw(chart, points, start, marks);
  return told;
}

/**
 * Time-outs come as counts; one more of a team is a mark at the present sum.
 * @param {string[]} marks @param {[number, number]} counts @param {number[]} latest
 * @returns {boolean} whether the marks agree with the counts now
 */
function markTimeouts(marks, counts, latest) {
  for (const team of [1, 2]) {
    const known = marks.filter((mark) => mark.startsWith(`${team}@`));
    if (counts[team - 1] < known.length) marks.splice(marks.lastIndexOf(known[known.length - 1]), 1);
    else if (counts[team - 1] > known.length) marks.push(`${team}@${sumOf(latest)}`);
  }
  return counts[0] + counts[1] === marks.length;
}

/** @param {HTMLElement} chart @param {number[][]} points @param {number} start @param {string[]} marks */
function draw(chart, points, start, marks) {
  const first = start * 2;
  const total = Math.max(points.length ? sumOf(points[points.length - 1]) : 0, FEWEST_RALLIES);
  const lead = Math.max(SMALLEST_LEAD, ...points.map(([one, two]) => Math.abs(one - two)));
  const across = WIDTH / Math.max(1, total - first);
  const up = (MIDDLE - 6) / lead;
  const dots = [[0, MIDDLE], ...points.map(([one, two]) => [(one + two - first) * across, MIDDLE - (one - two) * up])];
  const line = dots.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ");
  const area = `${line} ${dots[dots.length - 1][0].toFixed(1)},${MIDDLE}`;
  chart.querySelector(".lead")?.setAttribute("points", line);
  for (const polygon of chart.querySelectorAll("polygon")) polygon.setAttribute("points", area);
  const flags = marks.map((mark) => {
    const [team, at] = mark.split("@").map(Number);
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("class", `t${team}`);
    path.setAttribute("d", `M${((at - first) * across).toFixed(1)} ${team === 1 ? 2 : 94}v${team === 1 ? 10 : -10}`);
    return path;
  });
  chart.querySelector(".timeouts")?.replaceChildren(...flags);
  const score = chart.querySelector(".score");
  if (score) score.textContent = (points.at(-1) ?? [start, start]).join("–");
}

/** @param {HTMLElement} chart @param {number[]} now @param {number[]} before @param {number} at */
function listRally(chart, now, before, at) {
  const list = chart.querySelector(".rallies ol");
  if (!list) return;
  const sum = sumOf(now);
  for (const item of /** @type {HTMLElement[]} */ ([...list.children])) {
    if (Number(item.dataset.sum) >= sum) item.remove();
  }
  if (sum <= sumOf(before)) return;
  const item = document.createElement("li");
  item.dataset.sum = String(sum);
  const score = document.createElement("b");
  score.textContent = now.join("–");
  const team = document.createElement("span");
  team.textContent = document.querySelector(`[data-face="${now[0] > before[0] ? 1 : 2}"] h2`)?.textContent ?? "";
  const time = document.createElement("time");
  time.textContent = clockTime(at);
  item.append(score, " ", team, " ", time);
  list.prepend(item);
}

/** `1-0 1-1` → `[[1, 0], [1, 1]]`. @param {string} text @returns {number[][]} */
function pairs(text) {
  return text.split(" ").filter(Boolean).map((pair) => pair.split("-").map(Number));
}

/** @param {number[]} point */
function sumOf(point) {
  return point[0] + point[1];
}
