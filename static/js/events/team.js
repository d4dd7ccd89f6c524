// @ts-check
/** The team page: its matches' scores as they happen. */

import { startCameras } from "../coverage/cameras.js";
import { startStars } from "../following/stars.js";
import { paint } from "../scoring/paint.js";
import { startCalendar } from "../sharing/calendar.js";
import { rememberEvent } from "../storage/known.js";
import { watchEvent } from "../storage/watch.js";
import { paintAges, startAges } from "../web/ages.js";
import { setServerNow } from "../web/clock.js";
import { seen, showState, startConnection } from "../web/connection.js";
import { startBell } from "../push/bell.js";
import { startShare } from "../web/share.js";

const cards = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-match]"));

startConnection();
startCalendar();
startShare();
startBell();
rememberEvent(document.body.dataset.event ?? "", document.body.dataset.eventName ?? "").catch(() => undefined);
startStars();
startCameras();
startAges(() => document.querySelectorAll('[data-status="live"]'));

if (cards.length) {
  watchEvent(document.body.dataset.event ?? "", {
    since: Number(document.body.dataset.seq),
    person: document.body.dataset.viewer ?? "",
    matches: [...cards].map((card) => Number(card.dataset.match)),
    onScore(/** @type {import("../scoring/paint.js").Score} */ score) {
      seen(score.lastUpdated);
      for (const card of paint(score)) paintAges(card);
    },
    onTime: setServerNow,
    onState: showState,
  });
}
