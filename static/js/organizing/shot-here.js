// @ts-check
/**
 * A photographer has scanned the court's code: "Shot it" for the match that is on there. For the
 * media persona, and for anyone who has a plan of this event; kept on the phone first.
 */
import { change, onPlan, planOf } from "../coverage/plan.js";

const place = /** @type {HTMLElement | null} */ (document.querySelector("#shot-here"));
const eventId = place?.dataset.event ?? "";
const matchId = Number(place?.dataset.match);

async function paint() {
  const plan = await planOf(eventId);
  const shot = plan.shot.includes(matchId);
  if (!place) return;
  place.hidden = place.dataset.persona !== "media" && !plan.selectedMatches.length;
  const button = place.querySelector("button");
  button?.setAttribute("aria-pressed", String(shot));
  const word = place.querySelector("[data-word]");
  if (word) word.textContent = shot ? "Shot" : "Shot it";
  const note = place.querySelector("[data-note]");
  if (note) note.textContent = plan.selectedMatches.includes(matchId) ? "It is in your plan." : "It is not in your plan yet; a tick puts it there.";
}

export function startShotHere() {
  if (!place) return;
  place.querySelector("button")?.addEventListener("click", async () => {
    const shot = (await planOf(eventId)).shot.includes(matchId);
    await change(eventId, shot ? { unshot: [matchId] } : { shot: [matchId] });
  });
  onPlan((changed) => changed === eventId && void paint());
  // A browser that keeps nothing has no plan either.
  paint().catch(() => undefined);
}
