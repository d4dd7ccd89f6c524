// @ts-check
/** Whose pad this is. A newcomer becomes somebody once the server knows of them (`sync/newcomer.js`). */
import { becameOf, isNewcomer } from "../sync/newcomer.js";
import { drainOf } from "../sync/drain.js";
import { waitingByPerson } from "../sync/outbox.js";
import { keyOf } from "./match-store.js";

/** @typedef {import("./pad.js").Pad} Pad */

/** A newcomer may be somebody by now, whichever tab has told the server of them. @param {Pad} pad */
export async function identify(pad) {
  const { id } = pad.storage.person;
  const person = isNewcomer(id) && (await becameOf(id));
  if (person) become(pad, person);
}

/** This pad is theirs from now on. @param {Pad} pad @param {import("../sync/session.js").Person} person */
export function become(pad, person) {
  const { boot, game, link, sending, storage } = pad;
  boot.person = person;
  Object.assign(storage.person, person);
  game.key = keyOf(person.id, boot.eventId, boot.matchId);
  link.lease.person = person.id;
  sending.listen(person.id);
}

/** The server made this page for nobody, and a newcomer of this phone is about to be somebody. */
export async function awaitNewcomer() {
  for (const id of [...(await waitingByPerson()).keys()].filter(isNewcomer)) {
    drainOf(id).hear(async () => (await becameOf(id)) && location.reload());
  }
}
