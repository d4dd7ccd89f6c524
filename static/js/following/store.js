// @ts-check
/**
 * The teams this device follows, kept here first: no network and no account is needed. What is
 * not in an account's outbox yet is marked, and goes there when somebody is signed in (send.js).
 *
 * @typedef {{following: boolean, at: number, sent: boolean}} Choice
 */

const KEY = "follows";
const A_YEAR = 31_536_000;
/** Browsers refuse a cookie beyond 4,096 bytes, its name and attributes included. */
const LONGEST = 3_800;

/** Every choice by `event~team`, also those to follow no longer. @returns {Record<string, Choice>} */
export function choices() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    return kept && typeof kept === "object" ? kept : {};
  } catch {
    return {};
  }
}

/** @param {string} eventId @param {string | number} teamId */
export function isFollowed(eventId, teamId) {
  return choices()[`${eventId}~${teamId}`]?.following ?? false;
}

/** Ids of the teams of this event that are followed. @param {string} eventId */
export function followedAt(eventId) {
  const own = Object.entries(choices()).filter(([key, choice]) => choice.following && key.startsWith(`${eventId}~`));
  return own.map(([key]) => Number(key.slice(eventId.length + 1)));
}

/** @param {string} eventId @param {string | number} teamId @param {boolean} following */
export function choose(eventId, teamId, following) {
  const all = choices();
  all[`${eventId}~${teamId}`] = { following, at: Date.now(), sent: false };
  keep(all);
  globalThis.dispatchEvent?.(new Event("follow-changed"));
}

/** It is in the outbox now, unless it was chosen otherwise meanwhile. @param {string} key @param {number} at */
export function settle(key, at) {
  const all = choices();
  if (all[key]?.at === at) all[key].sent = true;
  keep(all);
}

/**
 * What the account says, where this device has nothing newer to tell: `waiting` lies in the outbox, and
 * what was chosen since it was asked may be told already without being in the answer.
 * @param {{eventId: string, teamId: number}[]} teams
 * @param {Set<string>} [waiting]
 * @param {number} [asked]  when
 */
export function absorb(teams, waiting = new Set(), asked = Infinity) {
  const all = choices();
  for (const [key, choice] of Object.entries(all)) if (choice.sent && choice.at < asked && !waiting.has(key)) delete all[key];
  for (const { eventId, teamId } of teams) {
    all[`${eventId}~${teamId}`] ??= { following: true, at: 0, sent: true };
  }
  keep(all);
}

/** Kept here, and told to the one page that the server makes of it. @param {Record<string, Choice>} all */
function keep(all) {
  try {
    localStorage.setItem(KEY, JSON.stringify(all));
  } catch {
    // A browser that keeps nothing still has the cookie.
  }
  const followed = Object.keys(all).filter((key) => all[key].following);
  while (followed.join(".").length > LONGEST) followed.pop();
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `follows=${followed.join(".")}; Path=/my-teams; Max-Age=${followed.length ? A_YEAR : 0}; SameSite=Lax${secure}`;
}
