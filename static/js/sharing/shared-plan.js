// @ts-check
/**
 * Somebody's plan, to read: its scores as they happen where the event is open to whoever looks,
 * and the whole of it anew once a minute, for plans change too.
 */

import { paint } from "../scoring/paint.js";
import { watchEvent } from "../storage/watch.js";
import { paintAges, startAges } from "../web/ages.js";
import { setServerNow } from "../web/clock.js";
import { seen, showState, startConnection } from "../web/connection.js";
import { startShare } from "../web/share.js";

const CALM = 60_000;
const WITHOUT_STREAM = 20_000;

const { event = "", code = "", seq = "0", viewer = "", live } = document.body.dataset;
const isLive = live !== undefined;

startConnection();
startShare();
beginAtNow();
startAges(() => document.querySelectorAll('[data-status="live"]'));
setInterval(() => void refresh(), isLive ? CALM : WITHOUT_STREAM);
if (isLive) {
  watchEvent(event, {
    since: Number(seq),
    person: viewer,
    onScore(/** @type {import("../scoring/paint.js").Score} */ score) {
      seen(score.lastUpdated);
      for (const card of paint(score)) paintAges(card);
    },
    onSchedule: () => void refresh(),
    onTime: setServerNow,
    onState: showState,
  });
}

/** Timelines begin with the morning; who looks now wants to see now. */
function beginAtNow() {
  for (const drawing of document.querySelectorAll(".drawn")) {
    const now = Number(drawing.querySelector(".present")?.getAttribute("x1"));
    if (now) drawing.scrollTo({ left: now - drawing.clientWidth / 2 });
  }
}

async function refresh() {
  if (document.hidden) return;
  const answer = await fetch(`/f/p/${code}`).catch(() => undefined);
  // Withdrawn: what it showed is nobody's business any more.
  if (answer?.status === 404) return location.reload();
  const days = document.querySelector("#days");
  if (!answer?.ok || !days || days.querySelector(":focus-visible")) return;
  const stood = new Map([...days.querySelectorAll("details")].map((day) => [day.dataset.day, { open: day.open, left: day.querySelector(".drawn")?.scrollLeft ?? 0 }]));
  days.outerHTML = await answer.text();
  for (const day of document.querySelectorAll("details")) {
    const before = stood.get(day.dataset.day);
    if (!before) continue;
    day.open = before.open;
    day.querySelector(".drawn")?.scrollTo({ left: before.left });
  }
}
