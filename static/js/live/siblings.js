// @ts-check
/**
 * The tabs of one event share one stream: a browser has six connections to a server, and a phone
 * one battery. The tab that holds the lock leads: it has the stream and passes on what comes.
 *
 * Nothing depends on the lock. A tab that hears nothing for some seconds takes the lead, and two
 * leaders for a moment only cost a connection: every message is a state with its `seq`.
 *
 * @typedef {import("./source.js").StreamState} StreamState
 * @typedef {{name: string, doc: any, seq: number}} News
 * @typedef {object} Need
 * @property {number[] | null} matches  all this page shows; none: the whole event
 * @property {() => number} since  `seq` of what it shows
 */
import { Passed } from "./passed.js";
import { Source } from "./source.js";

const BEAT_MS = 3000;
/** Three beats and a little: the timers of a hidden tab may come late. */
const SILENCE_MS = 10_000;
/** A tab that is shown again does not wait that long for an answer. */
const IMPATIENT_MS = 1500;
/** A leader that nobody has looked at for so long lets another lead. */
const HIDDEN_MS = 30_000;

export class Siblings {
  /** @type {Source | null} */ #source = null;
  /** @type {AbortController | null} */ #queue = null;
  /** @type {(() => void) | null} */ #letGo = null;
  #passed = new Passed();
  #heardAt = Date.now();
  #hiddenAt = 0;
  /** @type {StreamState} */ #state = { connected: false, since: Date.now() };

  /** @param {string} eventId @param {Need} need @param {import("./source.js").Heard} heard */
  constructor(eventId, need, heard) {
    this.eventId = eventId;
    this.need = need;
    this.heard = heard;
    const shares = typeof BroadcastChannel !== "undefined" && Boolean(navigator.locks);
    this.channel = shares ? new BroadcastChannel(`live:${eventId}`) : null;
    this.channel?.addEventListener("message", ({ data }) => this.#hear(data));
    if (this.channel) {
      setInterval(() => this.#beat(), BEAT_MS);
      this.#join();
    } else this.#lead(need.matches, need.since());
  }

  /** Somebody looks at this tab again, or the network may be back. */
  shown() {
    this.#hiddenAt = 0;
    if (this.#source) return this.#source.wake();
    this.#heardAt = Date.now() - SILENCE_MS + IMPATIENT_MS;
    setTimeout(() => this.#beat(), IMPATIENT_MS + 100);
    if (this.#queue) this.#hello();
    else this.#join();
  }

  hidden() {
    this.#hiddenAt ||= Date.now();
  }

  /** Lead if nobody does; else say hello, and lead when the leader has gone. */
  #join() {
    this.#ask({ ifAvailable: true }, (lock) => {
      if (lock) return this.#hold(false);
      this.#hello();
      this.#queue = new AbortController();
      this.#ask({ signal: this.#queue.signal }, () => this.#hold(true));
      return undefined;
    });
  }

  /** @param {LockOptions} how @param {(lock: Lock | null) => Promise<void> | void} work */
  #ask(how, work) {
    navigator.locks.request(`live:${this.eventId}`, how, work).catch(() => {
      // No longer wanted; or another tab heard nothing of us and has taken the lead.
      if (how.signal?.aborted) return;
      this.#retire();
      if (!this.#hiddenAt) this.#join();
    });
  }

  /** Lead until told otherwise. @param {boolean} others  siblings are waiting: the whole event */
  #hold(others) {
    this.#queue = null;
    if (!this.#source) this.#lead(others ? null : this.need.matches, this.need.since());
    if (others) this.#say({ kind: "leader" });
    return /** @type {Promise<void>} */ (new Promise((resolve) => (this.#letGo = () => resolve())));
  }

  /** @param {number[] | null} matches @param {number} since */
  #lead(matches, since) {
    this.#source?.close();
    this.#passed.begin(matches, since);
    this.#source = new Source(this.eventId, matches, since, {
      news: (name, doc, seq) => {
        this.#passed.keep({ name, doc, seq });
        this.#say({ kind: "news", news: { name, doc, seq } });
        this.heard.news(name, doc, seq);
      },
      state: (state) => {
        this.#tell(state);
        this.#say({ kind: "state", state });
      },
    });
  }

  /** Follow again, or rest while hidden. */
  #retire() {
    this.#source?.close();
    this.#source = null;
    this.#letGo?.();
    this.#letGo = null;
    this.#heardAt = Date.now();
  }

  #beat() {
    const now = Date.now();
    const unseen = this.#hiddenAt && now - this.#hiddenAt > HIDDEN_MS;
    if (this.#source && unseen) this.#retire();
    else if (this.#source) this.#say({ kind: "state", state: this.#state });
    else if (unseen) this.#leaveQueue();
    else if (now - this.#heardAt > SILENCE_MS) this.#takeLead();
  }

  #leaveQueue() {
    this.#queue?.abort();
    this.#queue = null;
  }

  /** The leader is frozen, or its lock outlived it. */
  #takeLead() {
    this.#leaveQueue();
    this.#heardAt = Date.now();
    this.#ask({ steal: true }, () => this.#hold(true));
  }

  #hello() {
    this.#say({ kind: "hello", since: this.need.since(), matches: this.need.matches });
  }

  /** @param {any} message */
  #hear(message) {
    if (message.kind === "hello") return this.#welcome(message);
    if (this.#source) return;
    this.#heardAt = Date.now();
    if (message.kind === "leader") this.#hello();
    else if (message.kind === "state") this.#tell(message.state);
    else if (message.kind === "news") this.heard.news(message.news.name, message.news.doc, message.news.seq);
  }

  /** A sibling has come: give it what it missed, and from now on what it needs. @param {{since: number, matches: number[] | null}} need */
  #welcome({ since, matches }) {
    if (!this.#source) return;
    if (!this.#passed.covers(matches, since)) {
      // Who has shown less than this tab is told again what lies between; an older state paints nothing.
      return this.#lead(null, Math.min(since, this.need.since()));
    }
    for (const news of this.#passed.after(since)) this.#say({ kind: "news", news });
    this.#say({ kind: "state", state: this.#state });
  }

  /** @param {StreamState} state */
  #tell(state) {
    const same = state.connected === this.#state.connected;
    this.#state = state;
    if (!same) this.heard.state(state);
  }

  /** @param {object} message */
  #say(message) {
    this.channel?.postMessage(message);
  }
}
