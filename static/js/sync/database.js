// @ts-check
/**
 * The phone's own database: every reader and writer goes through one strict transaction.
 *
 * Everything belongs to the person who was signed in: another person on the same phone
 * neither sees nor sends it.
 */
import { openDB } from "../../vendor/idb/index.js";
import { upgrade, VERSION } from "./stores.js";

const NAME = "courtsync";

/** @type {Promise<any> | null} */
let opening = null;
/** @type {Set<(word: Trouble) => void>} */
const listeners = new Set();

/**
 * @typedef {"blocked" | "free"} Trouble
 *   `blocked`: a page of a former version, in another tab, does not let go of its stores
 */

/** @param {(word: Trouble) => void} listener */
export function onTrouble(listener) {
  listeners.add(listener);
}

/** @param {Trouble} word */
function tell(word) {
  for (const listener of listeners) listener(word);
}

function forget() {
  opening = null;
}

/** @returns {Promise<any>} */
function open() {
  opening ??= openVersion(VERSION)
    // A newer page has changed the stores while this one was open. It only added: go on with them.
    .catch((error) => (error?.name === "VersionError" ? openVersion(undefined) : Promise.reject(error)))
    .catch((error) => {
      forget();
      throw error;
    });
  return opening;
}

/** @param {number | undefined} version */
async function openVersion(version) {
  let blocked = false;
  const db = await openDB(NAME, version, {
    upgrade: (/** @type {any} */ made, /** @type {number} */ from, _to, /** @type {any} */ transaction) => upgrade(made, from, transaction),
    blocked() {
      blocked = true;
      tell("blocked");
    },
    // A newer page wants to change the stores: let it.
    blocking(_old, _new, /** @type {any} */ event) {
      event.target.close();
      forget();
    },
    terminated: forget,
  });
  if (blocked) tell("free");
  return db;
}

/** Phones lose the connection to IndexedDB in the background; a new one works (WebKit 277615). */
const LOST = new Set(["UnknownError", "InvalidStateError", "AbortError"]);

/**
 * Do `work` in one transaction and answer once it is on the disk, not only in a buffer.
 * @template T
 * @param {string[]} stores
 * @param {"readonly" | "readwrite"} mode
 * @param {(stores: Record<string, any>) => Promise<T>} work  must await nothing but its stores
 * @returns {Promise<T>}
 */
export async function inOneTransaction(stores, mode, work) {
  try {
    return await attempt(stores, mode, work);
  } catch (error) {
    if (!LOST.has(/** @type {Error} */ (error)?.name)) throw error;
    forget();
    return attempt(stores, mode, work);
  }
}

/**
 * @template T
 * @param {string[]} stores
 * @param {"readonly" | "readwrite"} mode
 * @param {(stores: Record<string, any>) => Promise<T>} work
 * @returns {Promise<T>}
 */
async function attempt(stores, mode, work) {
  const db = await open();
  const transaction = db.transaction(stores, mode, { durability: "strict" });
  const opened = Object.fromEntries(stores.map((name) => [name, transaction.objectStore(name)]));
  try {
    const result = await work(opened);
    await transaction.done;
    return result;
  } catch (error) {
    transaction.done.catch(() => {});
    try {
      transaction.abort();
    } catch {
      // It has ended by itself: nothing of it was kept.
    }
    throw error;
  }
}

/**
 * Ask for several things of one transaction at once; one that cannot even be asked for fails all.
 * @param {(() => any)[]} asks
 * @returns {Promise<any[]>}
 */
export function together(...asks) {
  return Promise.all(asks.map(async (ask) => ask()));
}
