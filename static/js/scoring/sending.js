// @ts-check
/** What this phone has still to send of its match, what was refused, and what keeps it waiting. */
import { askForSync } from "../sync/background.js";
import { dismiss } from "../sync/attention.js";
import { onTrouble } from "../sync/database.js";
import { drainOf } from "../sync/drain.js";
import { counts, standing } from "../sync/outbox.js";
import { canKeep, howLasting } from "../sync/safekeeping.js";
import { onRing } from "../sync/tabs.js";
import { awaitNewcomer, identify } from "./identity.js";
import { paintStrip } from "./status-strip.js";

/** @typedef {import("./pad.js").Pad} Pad */

const FULL = "Its storage is full. Make room on the phone: nothing more can be kept.";
const BLOCKED = "Another tab still runs an older CourtSync. Close it, and this one goes on.";

export class Sending {
  /** @param {Pad} pad */
  constructor(pad) {
    this.pad = pad;
    this.person = pad.storage.person.id;
    this.drain = drainOf(this.person);
    this.listen(this.person);
    /** @type {import("../sync/outbox.js").Refused[]} */
    this.refused = [];
    this.waiting = 0;
    this.underWay = 0;
    /** @type {import("../sync/safekeeping.js").Keeping} */
    this.keeping = "kept";
    /** Why nothing can be kept on this phone. */
    this.broken = "";
    this.browserAsked = false;
  }

  /** @param {string} person  whose the points are */
  listen(person) {
    this.person = person;
    this.drain = drainOf(person);
    this.drain.hear((told, verdicts, entries) => this.heard(told, verdicts, entries));
  }

  /** Nothing of this match is ever sent from here. */
  get staysHere() {
    return this.pad.boot.practice || this.pad.storage.mode === "local";
  }

  /** @returns {import("./status-strip.js").Sync} */
  get sync() {
    const { head } = this.pad.game;
    const { reachable, parked } = this.drain.told;
    return {
      saved: head?.saved ?? 0,
      sent: head?.sent ?? 0,
      waiting: this.waiting + (this.staysHere ? 0 : this.underWay),
      refused: this.refused.filter(counts).length,
      acknowledgedAt: head?.acknowledgedAt ?? null,
      reachable,
      signedOut: parked === "sign-in",
      intended: Boolean(head?.held && !this.staysHere && (head.intended || head.fence === null)),
      stays: this.pad.boot.practice ? "practice" : this.staysHere ? "local" : null,
    };
  }

  async open() {
    // Another tab or the worker may have sent or settled something of this match.
    onRing((word) => word === this.pad.game.key && this.recount());
    onTrouble((word) => this.trouble(word === "blocked" ? BLOCKED : ""));
    if (await canKeep()) await this.recount();
    else this.broken ||= "Its storage cannot be written to.";
    if (!this.person) await awaitNewcomer();
    howLasting().then((keeping) => (this.keeping = keeping));
  }

  send() {
    if (!this.staysHere && this.person) this.drain.run();
  }

  /** The network may be back, or somebody has signed in. */
  async back() {
    if (this.broken === FULL && (await canKeep())) this.trouble("");
    if (this.staysHere || !this.person) return;
    await this.recount();
    await this.drain.run({ eager: true });
  }

  /** From the touch until it is known what it left in the outbox, it counts as waiting. @param {1 | -1} change */
  recording(change) {
    this.underWay += change;
    paintStrip(this.sync, Date.now());
  }

  /** Read what waits and what was refused. */
  async count() {
    const { waiting, refused } = await standing(this.person, this.pad.game.key);
    this.waiting = waiting;
    this.refused = refused;
  }

  /** Read it, and the match as it is on the disk now, then show both. */
  async recount() {
    await identify(this.pad);
    await this.count();
    await this.pad.game.reload();
  }

  async dismissRefused() {
    await dismiss(this.refused.map(({ id }) => id));
    await this.recount();
  }

  /**
   * @param {import("../sync/drain.js").Told} told
   * @param {Map<string, import("../sync/settle.js").Verdict>} verdicts
   * @param {import("../sync/outbox.js").Entry[]} entries
   */
  async heard(told, verdicts, entries) {
    await this.recount();
    if (!told.reachable && !this.browserAsked) askForSync();
    this.browserAsked = this.waiting > 0;
    const ours = entries.filter((entry) => entry.match === this.pad.game.key).map(({ id }) => verdicts.get(id));
    const judged = ours.filter((verdict) => verdict !== undefined);
    if (judged.length) await this.pad.link.judged(judged);
  }

  /** @param {string} words */
  trouble(words) {
    this.broken = words;
    this.pad.paint();
  }

  /** Why a touch was not recorded, in words. @param {Error} error */
  cannotSave(error) {
    if (error.name !== "QuotaExceededError") return `Not saved: ${error.message}`;
    this.trouble(FULL);
    return "Not saved: this phone's storage is full.";
  }
}
