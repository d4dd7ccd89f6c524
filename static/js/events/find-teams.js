// @ts-check
/**
 * Teams and clubs of the whole event, found as one types: a team leads to its page, a club
 * narrows the day. The list is kept on the device, so it is there without network too.
 *
 * @typedef {{teamId: number, name: string, clubId: number | null, clubName: string | null, divisionName: string | null}} Team
 */

const eventId = document.body.dataset.event ?? "";
const KEPT = `teams:${eventId}`;
const MOST = 6;
const FEWEST_LETTERS = 2;

/** @type {Promise<Team[]> | undefined} */
let teams;

export function startFindingTeams() {
  const field = document.querySelector("#filters input[name=q]");
  if (!(field instanceof HTMLInputElement)) return;
  field.addEventListener("focus", () => (teams ??= everyTeam()), { once: true });
  field.addEventListener("input", () => void show(field.value));
  void show(field.value);
}

/** The newest list, or the one that is kept. @returns {Promise<Team[]>} */
async function everyTeam() {
  const answer = await fetch(`/api/events/${eventId}/teams`).catch(() => undefined);
  if (answer?.ok) {
    const text = await answer.text();
    try {
      localStorage.setItem(KEPT, text);
    } catch {
      // A browser that keeps nothing still finds while the network is there.
    }
    return JSON.parse(text);
  }
  try {
    return JSON.parse(localStorage.getItem(KEPT) ?? "[]");
  } catch {
    return [];
  }
}

/** @param {string} text */
async function show(text) {
  const place = document.querySelector("#found-teams");
  if (!place) return;
  const asked = plain(text);
  if (asked.length < FEWEST_LETTERS) return place.replaceChildren();
  const found = matching(await (teams ??= everyTeam()), asked);
  const field = document.querySelector("#filters input[name=q]");
  if (field instanceof HTMLInputElement && plain(field.value) === asked) place.replaceChildren(...found);
}

/** Clubs first, for they are few. @param {Team[]} all @param {string} asked */
function matching(all, asked) {
  const words = asked.split(" ");
  const fits = (/** @type {string | null} */ name) => name !== null && words.every((word) => plain(name).includes(word));
  const clubs = new Map(all.filter((team) => team.clubId !== null && fits(team.clubName)).map((team) => [team.clubId, team.clubName]));
  const named = all.filter((team) => fits(team.name));
  return [
    ...[...clubs].slice(0, 2).map(([id, name]) => line(`/events/${eventId}?club=${id}`, name ?? "", "Club")),
    ...named.slice(0, MOST).map((team) => line(`/events/${eventId}/teams/${team.teamId}`, team.name, team.divisionName ?? "Team")),
  ];
}

/** Small letters without accents: "Peñaluz" is found by "penaluz". @param {string} text */
function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim().replace(/\s+/g, " ");
}

/** @param {string} href @param {string} name @param {string} kind */
function line(href, name, kind) {
  const item = document.createElement("li");
  const link = Object.assign(document.createElement("a"), { href });
  link.append(Object.assign(document.createElement("b"), { textContent: name }), Object.assign(document.createElement("small"), { textContent: kind, className: "quiet" }));
  item.append(link);
  return item;
}
