// @ts-check
/** On every page: the service worker and its updates, what waits here, and what a page of last time has to say. */

import { startBadge } from "../push/badge.js";
import { resync } from "../push/device.js";
import { askForSync } from "../sync/background.js";
import { startCameBack } from "./came-back.js";
import { startKept } from "./kept.js";
import { keepSending } from "./outgoing.js";
import { letGo, wantsNoWorker } from "./no-worker.js";
import { startUpdates } from "./updates.js";

startKept();
startCameBack();
if ("serviceWorker" in navigator) {
  if (wantsNoWorker()) letGo();
  else register();
}

async function register() {
  // A browser may refuse (private window, no https): everything else works without it.
  const registration = await navigator.serviceWorker.register("/service-worker.js", { updateViaCache: "none" }).catch(() => undefined);
  if (!registration) return;
  startUpdates(registration);
  askForSync();
  // This page may have come before the worker was there to see it.
  const { active } = await navigator.serviceWorker.ready;
  active?.postMessage({ type: "KEEP", url: location.href });
}

// A browser loses subscriptions in silence: offer this one again, and never mind if that fails.
if ("Notification" in window) void resync().catch(() => undefined);
startBadge();
keepSending();
