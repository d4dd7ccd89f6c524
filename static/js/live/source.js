// @ts-check

/**
 * The stream of one event from the server, as it should be: it resumes where it broke off,
 * notices when it has silently died, and heals by itself.
 *
 * @typedef {{connected: boolean, since: number}} StreamState
 *   `since`: when the state began (ms, this device's clock); while away, when news last came.
 * @typedef {object} Heard
 * @property {(name: string, doc: any, seq: number) => void} news
 * @property {(state: StreamState) => void} state
 */

/** A quiet stream beats every 20 s; two beats missed mean it is dead, whatever TCP thinks. */
const SILENT_FOR = 50_000;
const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 30_000;
const NEWS = ["snapshot", "score-update", "claim-update", "schedule-update"];

export class Source {
  /** @type {EventSource | null} */ #source = null;
  #failures = 0;
  #heardAt = Date.now();
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #retry;
  #watchdog;
  #closed = false;

  /**
   * @param {string} eventId
   * @param {number[] | null} matches  only these; none: all of the event
   * @param {number} since  `seq` of what is known; 0: a snapshot comes first
   * @param {Heard} heard
   */
  constructor(eventId, matches, since, heard) {
    this.heard = heard;
    this.seq = since;
    /** @type {boolean | null} nothing is known yet */
    this.connected = null;
    this.url = new URL(`/api/events/${encodeURIComponent(eventId)}/stream`, location.origin);
    if (matches) this.url.searchParams.set("matches", matches.join(","));
    this.#watchdog = setInterval(() => this.#watch(), 10_000);
    this.#open();
  }

  /** End it for good. */
  close() {
    this.#closed = true;
    clearInterval(this.#watchdog);
    clearTimeout(this.#retry);
    this.#source?.close();
  }

  /** The network may be back, or somebody looks again. */
  wake() {
    if (this.connected || this.#closed) return;
    this.#failures = 0;
    this.#open();
  }

  #open() {
    clearTimeout(this.#retry);
    this.#source?.close();
    if (this.seq) this.url.searchParams.set("since", String(this.seq));
    const source = new EventSource(this.url);
    this.#source = source;
    source.onopen = () => this.#alive();
    source.onerror = () => this.#lost();
    source.addEventListener("beat", () => this.#alive());
    source.addEventListener("bye", (event) => this.#lost(JSON.parse(event.data).retry));
    for (const name of NEWS) {
      source.addEventListener(name, (event) => this.#hear(name, /** @type {MessageEvent} */ (event)));
    }
  }

  /** @param {string} name @param {MessageEvent} event */
  #hear(name, event) {
    const seq = Number(event.lastEventId) || 0;
    this.seq = Math.max(this.seq, seq);
    this.#alive();
    this.heard.news(name, JSON.parse(event.data), seq);
  }

  #alive() {
    this.#failures = 0;
    this.#heardAt = Date.now();
    if (!this.connected) this.#tell(true);
  }

  /**
   * An EventSource that met an HTTP error gives up for ever, so we always reopen ourselves.
   *
   * @param {number} [wait]  the server said good bye, and when to come back (ms)
   */
  #lost(wait) {
    if (this.#closed) return;
    this.#source?.close();
    if (this.connected !== false) this.#tell(false);
    this.#failures += 1;
    const ceiling = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (this.#failures - 1));
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.#open(), wait ?? ceiling * (0.5 + Math.random() / 2));
  }

  #watch() {
    if (this.connected && Date.now() - this.#heardAt > SILENT_FOR) this.#lost();
  }

  /** @param {boolean} connected */
  #tell(connected) {
    this.connected = connected;
    this.heard.state({ connected, since: this.#heardAt });
  }
}
