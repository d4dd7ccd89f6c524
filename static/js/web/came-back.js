// @ts-check
/**
 * Back may bring a page as it was, made for whoever one was then: another persona's ways at its
 * bottom, or another person's name, plan and bells. It is asked for anew.
 */
import { rememberedPerson } from "../sync/session.js";

export function startCameBack() {
  addEventListener("pageshow", async ({ persisted }) => {
    const [visit] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType("navigation"));
    if ((persisted || visit?.type === "back_forward") && wasForAnotherPersona()) location.reload();
    else if (persisted && (await wasForAnotherPerson())) location.reload();
  });
}

function wasForAnotherPersona() {
  const shown = /** @type {HTMLElement | null} */ (document.querySelector("nav[data-persona]"))?.dataset.persona;
  const chosen = /(?:^|;\s*)persona=(\w+)/.exec(document.cookie)?.[1];
  return Boolean(shown && chosen && shown !== chosen);
}

/** Every page remembers whom it was made for (outgoing.js); this one is behind the latest of them. */
async function wasForAnotherPerson() {
  const { person, kept } = document.documentElement.dataset;
  if (kept || document.querySelector("#pad, #kept-pages")) return false;
  const latest = await rememberedPerson().catch(() => undefined);
  return latest !== undefined && latest?.id !== person;
}
