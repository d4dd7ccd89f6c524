// @ts-check
/** The page that names pictures: chosen, read, matched, shown, saved. All of it on this device. */

import { histories } from "./histories.js";
import { instantOf } from "./camera-time.js";
import { bursts, followed } from "./matching.js";
import { paintBursts } from "./paint.js";
import { cameraTimeOf } from "./read.js";
import { offerSaving } from "./save.js";
import { startClock } from "./shift.js";

/** @typedef {import("./matching.js").Match} Match @typedef {import("./matching.js").Photo} Photo */

const { event: eventId = "", eventName = "", zone = "UTC" } = document.body.dataset;
/** @type {(Match & {status: string})[]} */
const matches = JSON.parse(document.querySelector("#facts")?.textContent ?? "[]").map((/** @type {any} */ match) => ({ ...match, rallies: [] }));
/** @type {(Photo & {file: File})[]} */
let photos = [];
/** Where one says one was, by burst. @type {Map<string, number>} */
const chosen = new Map();
let reading = 0;

const shift = startClock(show);
offerSaving(() => found().flatMap(({ shots }) => shots), { name: eventName, zone });
document.querySelector("#photos")?.addEventListener("change", choose);
void fetchScores();

async function fetchScores() {
  const place = document.querySelector('[data-slot="ready"]');
  const { rallies, missing } = await histories(eventId, matches, (done) => {
    if (place) place.textContent = `Fetching how they went: ${done} of ${matches.length} …`;
  });
  for (const match of matches) match.rallies = followed(rallies.get(match.id) ?? [], match.status);
  const scored = matches.filter((match) => match.rallies.length).length;
  const told = scored ? scored + " with every rally" : "None was scored point by point: pictures get their match, not its score";
  const words = [told, missing ? missing + " could not be had without a network" : ""].filter(Boolean);
  if (place) place.textContent = `${words.join(", ")}.`;
  show();
}

/** @param {Event} event */
async function choose(event) {
  const files = [.../** @type {HTMLInputElement} */ (event.target).files ?? []];
  const mine = (reading += 1);
  photos = [];
  for (const file of files) {
    const at = instantOf(await cameraTimeOf(file), zone);
    if (mine !== reading) return; // others were chosen meanwhile
    photos.push({ name: file.name, at, file });
    if (photos.length % 20 === 0) tell(`Reading times: ${photos.length} of ${files.length}`);
  }
  tell("");
  show();
}

/** @param {string} words */
function tell(words) {
  const place = document.querySelector("#progress");
  if (!(place instanceof HTMLElement)) return;
  place.textContent = words;
  place.hidden = !words;
}

function found() {
  return bursts(photos, matches, shift(), chosen);
}

function show() {
  if (!photos.length) return;
  paintBursts(found(), { zone, choose: (key, id) => { chosen.set(key, id); show(); } });
}
