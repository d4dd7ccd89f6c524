// @ts-check
/**
 * The scorer's pad: one match, one scorer, every touch safe on this phone before it is shown.
 *
 * This module holds the parts together: the match (`game`), the claim on it (`link`), what
 * sends it (`sending`), and what shows it. Everything painted follows from those three. What
 * every page does comes with it rather than beside it: both use the outbox, which so travels once.
 */
import "../web/every-page.js";
import { ACTS, VIEW_ONLY } from "./acts.js";
import { boot } from "./boot.js";
import { buzz } from "./buzz.js";
import { leftTeam } from "./face.js";
import { byId } from "./fill.js";
import { stateFrom } from "./from-server.js";
import { Game } from "./game.js";
import { Link } from "./link.js";
import { keyOf } from "./match-store.js";
import { noticeFor, paintNotice } from "./notices.js";
import { PadView } from "./pad-view.js";
import { Panels } from "./panels.js";
import { preferences } from "./preferences.js";
import { start } from "../volleyball/rules.js";
import { storageOf } from "../storage/adapter.js";
import { Sending } from "./sending.js";
import { Sheets } from "./sheets.js";
import { paintStrip } from "./status-strip.js";
import { Guard } from "./taps.js";
import { wire } from "./touch.js";
import { identify } from "./identity.js";
import { Veil } from "./veil.js";
import { stayAwake } from "./wake.js";

/**
 * @typedef {object} Boot  What the page was made with.
 * @property {string} eventId
 * @property {number} matchId
 * @property {number} seq  of the event, when the page was made
 * @property {[string, string]} names
 * @property {import("../volleyball/rules.js").Format} format
 * @property {{id: string, name: string} | null} person
 * @property {import("./lease.js").Claim | null} claim
 * @property {any} score  the score document, if anything was scored
 * @property {boolean} practice
 * @property {boolean} [shell]  the page is the one that is kept on the phone for every match
 * @property {string} place  court and division, in words
 * @property {{id: string, label: string, usual: boolean, format: import("../volleyball/rules.js").Format}[]} presets
 */

/** How long a word to the scorer stays. */
const WORD_MS = 4000;

export class Pad {
  /** @param {Boot} boot */
  constructor(boot) {
    const { rest, opposite } = preferences();
    this.boot = boot;
    this.opposite = opposite;
    this.guard = new Guard(rest);
    this.storage = storageOf(boot.eventId, boot.person, boot.practice ? "local" : undefined);
    const { person } = boot.practice ? boot : this.storage;
    this.game = new Game(keyOf(person?.id ?? "", boot.eventId, boot.matchId), boot.format, this.storage, () => this.paint());
    this.sending = new Sending(this);
    this.link = new Link(this);
    this.view = new PadView();
    this.panels = new Panels();
    this.sheets = new Sheets(this);
    this.veil = new Veil(byId("veil"), this.guard);
    /** @type {Set<string>} */
    this.dismissed = new Set();
    /** @type {import("./notices.js").Notice | null} */
    this.notice = null;
    this.opened = false;
  }

  /** This pad may record: the claim is this person's, or nobody can be asked and it was. */
  get keeps() {
    if (this.boot.practice) return Boolean(this.game.head);
    return Boolean(this.game.head) && this.link.lease.holder === "mine" && !this.link.entering;
  }

  /** What the halves show: this phone's own match, or while another keeps score, theirs. */
  get shown() {
    const { format, state, head } = this.game;
    const { theirs } = this.link;
    return theirs && !this.keeps && !(head && state.signedOff) ? stateFrom(format, start(format), theirs) : state;
  }

  get left() {
    return leftTeam(this.shown, this.opposite);
  }

  async open() {
    wire(this);
    stayAwake((awake) => this.tellAwake(awake));
    await this.sending.open();
    if (this.storage.person.id && !this.boot.practice && !this.sending.broken) await this.link.open();
    this.sending.send();
    this.opened = true;
    this.paint();
    setInterval(() => this.paintPassing(), 1000);
  }

  /**
   * Do what a control says.
   * @param {string} name
   * @param {Partial<import("./acts.js").Meant>} [meant]
   * @param {HTMLElement} [control]
   * @returns {Promise<boolean>} it was done
   */
  async act(name, meant = {}, control) {
    const act = ACTS[name];
    if (!act) return false;
    if (control) buzz(control);
    const records = !VIEW_ONLY.has(name);
    if (records) this.sending.recording(1);
    try {
      await identify(this);
      await act(this, { team: 1, form: new FormData(), subject: 0, ...meant });
      await this.sending.count();
    } catch (error) {
      this.refuse(/** @type {Error} */ (error), control);
      return false;
    } finally {
      if (records) this.sending.recording(-1);
    }
    this.paintPassing();
    this.sending.send();
    return true;
  }

  /** A point that the rules or the phone refused is never shown as made. @param {Error} error @param {HTMLElement} [control] */
  refuse(error, control) {
    const words = "code" in error && typeof error.code === "string" ? error.message : this.sending.cannotSave(error);
    if (control) buzz(control, "refused");
    if (!this.sheets.complain(words)) this.say(words);
  }

  /** @param {string} words */
  say(words) {
    const place = byId("word");
    place.textContent = words;
    place.hidden = false;
    clearTimeout(this.saying);
    this.saying = setTimeout(() => (place.hidden = true), WORD_MS);
  }

  paint() {
    if (!this.opened) return;
    const { format, moves } = this.game;
    const before = this.keeps ? (moves.at(-1)?.before ?? null) : null;
    const panel = this.panels.paint(this);
    const keeps = this.keeps && !this.boot.practice;
    this.view.root.dataset.phase = panel ?? "play";
    this.view.paint({ format, state: this.shown, before, names: this.boot.names, left: this.left, playable: !panel, keeps });
    this.paintPassing();
  }

  /** What changes with the time alone. */
  paintPassing() {
    const now = Date.now();
    paintStrip(this.sending.sync, now);
    this.notice = noticeFor(this, now);
    paintNotice(this.notice);
    if (this.panels.shown) this.panels.paint(this);
  }

  /** @param {boolean} awake */
  tellAwake(awake) {
    const place = byId("awake");
    place.textContent = awake ? "awake" : "screen may sleep";
    place.toggleAttribute("data-refused", !awake);
  }
}

/** @param {Boot | null} known */
function begin(known) {
  if (known) new Pad(known).open();
  // The shell, opened for a match this phone has never heard of.
  else location.replace("/offline");
}

if (typeof document !== "undefined") boot().then(begin);
