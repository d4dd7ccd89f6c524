// @ts-check
/**
 * Empties one person's outbox: look at the oldest entries, send them, settle each on its
 * verdict, go on. Page and service worker run this same code.
 *
 * It never drops anything. Without an answer it waits longer each time; without that person's
 * sign-in it parks, and asks again only when something has happened.
 */
import { alone } from "./alone.js";
import { cut, MOST_OPS } from "./batch.js";
import { introduce, isNewcomer } from "./newcomer.js";
import { peek } from "./outbox.js";
import { Pauses } from "./pauses.js";
import { refreshSignIn } from "./session.js";
import { settle } from "./settle.js";
import { ring } from "./tabs.js";
import { send as sendBatch } from "./transport.js";

/**
 * @typedef {import("./outbox.js").Entry} Entry
 * @typedef {import("./transport.js").Answer} Answer
 *
 * @typedef {object} Told  What the drain knows of the way to the server.
 * @property {boolean} reachable  the last attempt got an answer of ours
 * @property {"sign-in" | null} parked  nobody, or somebody else, is signed in
 *
 * @typedef {(told: Told, verdicts: Map<string, import("./settle.js").Verdict>, entries: Entry[]) => unknown} Listener
 */

/** After a silence smaller pieces: a bad network brings few bytes through, or none. */
const LEAST_OPS = 25;

export class Drain {
  /**
   * @param {string} person
   * @param {object} [parts]
   * @param {typeof sendBatch} [parts.send]
   * @param {() => Promise<boolean>} [parts.refresh]
   */
  constructor(person, { send = sendBatch, refresh = refreshSignIn } = {}) {
    this.person = person;
    this.send = send;
    this.refresh = refresh;
    /** @type {Told} */
    this.told = { reachable: true, parked: null };
    this.pauses = new Pauses();
    this.size = MOST_OPS;
    /** @type {Set<Listener>} */
    this.listeners = new Set();
    /** @type {Promise<void> | null} */
    this.running = null;
    this.wanted = false;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
  }

  /** Called after every answer. @param {Listener} listener */
  hear(listener) {
    this.listeners.add(listener);
  }

  /**
   * Send what waits. Called after every tap and whenever there may be a way again.
   * @param {{eager?: boolean}} [how]  eager: something happened, do not wait out the pause
   * @returns {Promise<void>}
   */
  run({ eager = false } = {}) {
    if (eager) this.wake();
    clearTimeout(this.timer);
    this.wanted = true;
    this.running ??= alone(() => this.pass()).finally(() => {
      this.running = null;
      if (this.wanted && !this.told.parked) this.later(this.pauses.until - Date.now());
    });
    return this.running;
  }

  /** One go without a timer after it, for a worker: whatever it leaves is tried at the next occasion. */
  async once() {
    this.wake();
    this.wanted = true;
    await alone(() => this.pass());
  }

  wake() {
    this.pauses.reset();
    this.told.parked = null;
  }

  /** Until nothing waits, or the way is shut. */
  async pass() {
    while (this.wanted && !this.told.parked && Date.now() >= this.pauses.until) {
      if (isNewcomer(this.person) && !(await this.introduced())) continue;
      const { deviceId, entries } = await peek(this.person, this.size);
      if (entries.length) await this.exchange(deviceId, cut(entries, this.size));
      else this.wanted = false;
    }
  }

  /** Who was a newcomer is somebody for the server now, and so is what waits of theirs. */
  async introduced() {
    if (!(await peek(this.person, 1)).entries.length) return (this.wanted = false);
    const { person, reached, after } = await introduce(this.person);
    this.told.reachable = reached;
    if (person) this.person = person.id;
    else this.pauses.failed(after);
    for (const listener of this.listeners) listener(this.told, new Map(), []);
    return Boolean(person);
  }

  /** @param {string} deviceId @param {Entry[]} entries */
  async exchange(deviceId, entries) {
    const ask = () => this.send(deviceId, this.person, entries);
    let answer = await ask();
    if (answer.kind === "sign-in" && (await this.refresh())) answer = await ask();
    this.told.reachable = Boolean(answer.reached);
    if (answer.kind === "verdicts") await this.judge(entries, answer);
    else if (answer.kind === "sign-in" || answer.kind === "wrong-person") this.told.parked = "sign-in";
    else if (answer.kind === "unfit") await this.breakUp(entries, answer);
    else this.noAnswer(answer);
    for (const match of new Set(entries.map((entry) => entry.match))) ring(match);
    for (const listener of this.listeners) listener(this.told, answer.verdicts ?? new Map(), entries);
  }

  /** @param {Entry[]} entries @param {Answer} answer */
  async judge(entries, { verdicts = new Map(), after }) {
    await settle(entries, verdicts, Date.now());
    this.size = Math.min(MOST_OPS, this.size * 2);
    // "Try again" for some of them, or nothing said about them: not at once.
    const again = entries.some(({ id }) => (verdicts.get(id)?.outcome ?? "retry") === "retry");
    if (again) this.pauses.failed(after);
    else this.pauses.reset();
  }

  /**
   * The server cannot read the batch. Smaller ones, down to the one that is at fault: that one
   * is kept apart, whole, and the rest go on.
   * @param {Entry[]} entries @param {Answer} answer
   */
  async breakUp(entries, { problem = { code: "validation", detail: "" } }) {
    if (entries.length > 1) this.size = Math.floor(entries.length / 2);
    else await settle(entries, new Map([[entries[0].id, { id: entries[0].id, outcome: "rejected", problem }]]), Date.now());
  }

  /** @param {Answer} answer */
  noAnswer({ after }) {
    this.size = Math.min(this.size, Math.max(LEAST_OPS, Math.floor(this.size / 2)));
    this.pauses.failed(after);
  }

  /** @param {number} wait */
  later(wait) {
    this.timer = setTimeout(() => this.run(), Math.max(0, wait));
  }
}

/** @type {Map<string, Drain>} */
const drains = new Map();

/** The one drain of a person in this page or worker. @param {string} person */
export function drainOf(person) {
  const known = drains.get(person) ?? new Drain(person);
  drains.set(person, known);
  return known;
}
