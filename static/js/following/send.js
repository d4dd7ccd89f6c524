// @ts-check
/** What this device follows, brought together with the account, for whoever is signed in. */

import { ask } from "../sync/ask.js";
import { absorb, choices, settle } from "./store.js";

/** Send what is not there yet, then take over what other devices chose. True if something changed here. */
export async function bringTogether() {
  if (!("signedIn" in document.documentElement.dataset)) return false;
  for (const [key, { following, at, sent }] of Object.entries(choices())) {
    if (sent) continue;
    const [eventId, teamId] = key.split("~");
    const answer = await ask(following ? "PUT" : "DELETE", `/api/me/follows/${eventId}/${teamId}`);
    // 404: the team or the event is gone, and no later attempt brings it back.
    if (answer.status !== 204 && answer.status !== 404) return false;
    settle(key, at);
  }
  const list = await ask("GET", "/api/me/follows");
  if (list.status !== 200) return false;
  const before = followed();
  absorb(list.body.teams);
  return followed() !== before;
}

function followed() {
  return Object.entries(choices()).filter(([, choice]) => choice.following).map(([key]) => key).sort().join(".");
}
