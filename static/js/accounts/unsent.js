// @ts-check
/**
 * Before somebody signs out, goes, or becomes somebody else: what this phone still holds of theirs
 * is sent now, and as long as anything waits the page says so. Afterwards nobody could send it.
 */
import { drainOf } from "../sync/drain.js";
import { peek } from "../sync/outbox.js";
import { onRing } from "../sync/tabs.js";

const banner = /** @type {HTMLElement | null} */ (document.querySelector("[data-unsent-of]"));

/** @param {HTMLElement} banner */
async function sendFirst(banner) {
  const person = banner.dataset.unsentOf ?? "";
  const look = async () => {
    banner.hidden = !(await peek(person, 1)).entries.length;
  };
  await look();
  if (banner.hidden) return;
  const drain = drainOf(person);
  drain.hear(look);
  // Another tab or the worker may be the one that sends them, even while this page waits its turn.
  onRing(look);
  await drain.run({ eager: true });
  await look();
}

if (banner) {
  // A browser that keeps nothing holds nothing back.
  sendFirst(banner).catch(() => (banner.hidden = true));
}
