// @ts-check
/**
 * The teams this device follows, kept here first: no network and no account is needed. What has
 * not reached the account yet is marked, and goes when it can (send.js).
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

/** Whether any team of this event is followed. @param {string} eventId */
export function anyFollowed(eventId) {
  return Object.entries(choices()).some(([key, choice]) => choice.following && key.startsWith(`${eventId}~`));
}

/** @param {string} eventId @param {string | number} teamId @param {boolean} following */
export function choose(eventId, teamId, following) {
  const all = choices();
  all[`${eventId}~${teamId}`] = { following, at: Date.now(), sent: false };
  keep(all);
}

/** The account has it now, unless it was chosen otherwise meanwhile. @param {string} key @param {number} at */
export function settle(key, at) {
  const all = choices();
  if (all[key]?.at === at) all[key].sent = true;
  keep(all);
}

/** What the account says, where this device has nothing newer to tell. @param {{eventId: string, teamId: number}[]} teams */
export function absorb(teams) {
  const all = choices();
  for (const [key, choice] of Object.entries(all)) if (choice.sent) delete all[key];
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
