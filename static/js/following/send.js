// @ts-check
/** What this device follows, brought together with the account, for whoever is signed in. */

import { ask } from "../sync/ask.js";
import { askForSync } from "../sync/background.js";
import { drainOf } from "../sync/drain.js";
import { put, waitingOf } from "../sync/outbox.js";
import { rememberPerson } from "../sync/session.js";
import { absorb, choices, settle } from "./store.js";

/** Put into the outbox what is not there yet, then take over what other devices chose. True if something changed here. */
export async function bringTogether() {
  const { person, personName = "" } = document.documentElement.dataset;
  if (!person) return false;
  await handOver({ id: person, name: personName });
  const waiting = new Set((await waitingOf(person, "follow")).map(({ eventId, body }) => `${eventId}~${body.teamId}`));
  const asked = Date.now();
  const list = await ask("GET", "/api/me/follows");
  if (list.status !== 200) return false;
  const before = followed();
  absorb(list.body.teams, waiting, asked);
  return followed() !== before;
}

/** Of each team the newest choice waits; it is told when there is a way, like points are. @param {import("../sync/session.js").Person} person */
async function handOver(person) {
  const fresh = Object.entries(choices()).filter(([, { sent }]) => !sent);
  if (fresh.length) await rememberPerson(person);
  for (const [key, { following, at }] of fresh) {
    const [eventId, teamId] = key.split("~");
    await put("follow", eventId, { teamId: Number(teamId), following, lastUpdated: at }, { subject: `${person.id}/${eventId}/follow/${teamId}` });
    settle(key, at);
  }
  const drained = drainOf(person.id).run();
  if (fresh.length) {
    askForSync();
    await drained;
  }
}

function followed() {
  return Object.entries(choices()).filter(([, choice]) => choice.following).map(([key]) => key).sort().join(".");
}
