// @ts-check

/**
 * The live stream of one event, as it should be: it resumes where it broke off, notices when
 * it has silently died, and heals by itself.
 *
 * @typedef {{eventId: string, matchId: number, seq: number, [field: string]: unknown}} LiveDocument
 * @typedef {{connected: boolean, since: number}} StreamState
 *   `since`: when the state began (ms, this device's clock); while away, when news last came.
 * @typedef {object} Listener
 * @property {number[]} [matches]  only these matches
 * @property {number} [since]  `seq` of what the page already shows; without it a snapshot comes first
 * @property {(doc: any) => void} [onScore]
 * @property {(doc: any) => void} [onClaim]
 * @property {(doc: any) => void} [onSchedule]
 * @property {(state: StreamState) => void} [onState]
 * @property {(serverTime: number) => void} [onTime]  the server's clock, with each snapshot
 */

/** A quiet stream beats every 20 s; two beats missed mean it is dead, whatever TCP thinks. */
const SILENT_FOR = 50_000;
const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 30_000;

export class Stream {
  #listener;
  #url;
  /** @type {EventSource | null} */ #source = null;
  #seq = 0;
  #failures = 0;
  #heard = Date.now();
  #connected = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #retry;
  #watchdog;
  #closed = false;

  /** @param {string} eventId @param {Listener} listener */
  constructor(eventId, listener) {
    this.#listener = listener;
    this.#seq = listener.since ?? 0;
    this.#url = new URL(`/api/events/${encodeURIComponent(eventId)}/stream`, location.origin);
    if (listener.matches) this.#url.searchParams.set("matches", listener.matches.join(","));
    this.#watchdog = setInterval(() => this.#watch(), 10_000);
    for (const [target, name] of /** @type {[EventTarget, string][]} */ ([
      [document, "visibilitychange"],
      [window, "online"],
      [window, "pageshow"],
    ])) {
      target.addEventListener(name, this.#wake);
    }
    this.#open();
  }

  /** End it for good. */
  close() {
    this.#closed = true;
    clearInterval(this.#watchdog);
    clearTimeout(this.#retry);
    this.#source?.close();
    document.removeEventListener("visibilitychange", this.#wake);
    window.removeEventListener("online", this.#wake);
    window.removeEventListener("pageshow", this.#wake);
  }

  #open() {
    clearTimeout(this.#retry);
    this.#source?.close();
    if (this.#seq) this.#url.searchParams.set("since", String(this.#seq));
    const source = new EventSource(this.#url);
    this.#source = source;
    source.onopen = () => this.#alive();
    source.onerror = () => this.#lost();
    source.addEventListener("beat", () => this.#alive());
    for (const name of ["snapshot", "score-update", "claim-update", "schedule-update"]) {
      source.addEventListener(name, (event) => this.#hear(name, /** @type {MessageEvent} */ (event)));
    }
  }

  /** @param {string} name @param {MessageEvent} event */
  #hear(name, event) {
    const doc = JSON.parse(event.data);
    this.#seq = Math.max(this.#seq, Number(event.lastEventId) || 0);
    this.#alive();
    if (name === "snapshot") this.#snapshot(doc);
    else if (name === "score-update") this.#listener.onScore?.(doc);
    else if (name === "claim-update") this.#listener.onClaim?.(doc);
    else this.#listener.onSchedule?.(doc);
  }

  /** @param {{serverTime: number, scores: unknown[], claims: unknown[]}} doc */
  #snapshot(doc) {
    this.#listener.onTime?.(doc.serverTime);
    for (const score of doc.scores) this.#listener.onScore?.(score);
    for (const claim of doc.claims) this.#listener.onClaim?.(claim);
  }

  #alive() {
    this.#failures = 0;
    this.#heard = Date.now();
    if (!this.#connected) this.#tell(true, this.#heard);
  }

  /** An EventSource that met an HTTP error gives up for ever, so we always reopen ourselves. */
  #lost() {
    if (this.#closed) return;
    this.#source?.close();
    if (this.#connected) this.#tell(false, this.#heard);
    this.#failures += 1;
    const ceiling = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (this.#failures - 1));
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.#open(), ceiling * (0.5 + Math.random() / 2));
  }

  #watch() {
    if (this.#connected && Date.now() - this.#heard > SILENT_FOR) this.#lost();
  }

  #wake = () => {
    if (document.visibilityState === "visible" && !this.#connected) {
      this.#failures = 0;
      this.#open();
    }
  };

  /** @param {boolean} connected @param {number} since */
  #tell(connected, since) {
    this.#connected = connected;
    this.#listener.onState?.({ connected, since });
  }
}

/**
 * Follow an event.
 *
 * @param {string} eventId
 * @param {Listener} listener
 * @returns {Stream}
 */
export function follow(eventId, listener) {
  return new Stream(eventId, listener);
}
