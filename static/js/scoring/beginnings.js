// @ts-check
/** How a match begins on this phone: new, from the server's history, or as practice. */
import { welcome } from "../sync/newcomer.js";
import { become } from "./identity.js";

/** @typedef {import("./pad.js").Pad} Pad */

const PAGE = 1000;

/** Take the server's match where it is not the one this phone last heard acknowledged. @param {Pad} pad */
export async function catchUp(pad) {
  const { head } = pad.game;
  const { status, body } = await pad.storage.history(pad.boot.matchId, { limit: 1 });
  const differs = status === 200 && body.total !== head?.revision;
  if (!head || differs) await fromServer(pad);
}

/** Begin here with the server's history. @param {Pad} pad */
export async function fromServer(pad) {
  const items = [];
  let total = 1;
  while (items.length < total) {
    const { status, body } = await pad.storage.history(pad.boot.matchId, { limit: PAGE, offset: items.length });
    if (status !== 200) break;
    total = body.items.length ? body.total : 0;
    items.push(...body.items);
  }
  await begin(pad, items);
  await pad.sending.dismissRefused();
}

/** Nobody could be asked: score on this phone, and claim when there is a network. @param {Pad} pad */
export async function scoreAnyway(pad) {
  pad.link.lease.held = true;
  await begin(pad, []);
}

/** Nobody has ever signed in on this phone, and now nobody can: a name is enough. @param {Pad} pad @param {string} name */
export async function beginAs(pad, name) {
  become(pad, await welcome(name));
  await pad.link.open();
  if (pad.link.lease.holder !== "other") await scoreAnyway(pad);
}

/** @param {Pad} pad @param {string} id  of a preset */
export async function practise(pad, id) {
  const preset = pad.boot.presets.find((one) => one.id === id);
  if (preset) pad.game.openingFormat = preset.format;
  await begin(pad, []);
}

/**
 * @param {Pad} pad
 * @param {any[]} history
 */
async function begin({ boot, game, link, storage }, history) {
  const { claim, holder } = link.lease;
  const head = {
    key: game.key,
    person: storage.person.id,
    eventId: boot.eventId,
    matchId: boot.matchId,
    format: boot.practice ? game.openingFormat : game.format,
    revision: history.at(-1)?.revision ?? 0,
    fence: claim?.claimed && holder === "mine" ? claim.fence : null,
    claimedAt: claim?.claimed && holder === "mine" ? Date.now() : 0,
    intended: null,
    claimRefused: null,
    saved: game.head?.saved ?? 0,
    sent: game.head?.sent ?? 0,
    acknowledgedAt: game.head?.acknowledgedAt ?? null,
    practice: boot.practice,
    held: true,
  };
  await game.begin(head, history);
}
