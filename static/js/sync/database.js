// @ts-check
/**
 * The phone's own database: matches as they were scored here, and what waits to be sent.
 *
 * Everything belongs to the person who was signed in: another person on the same phone
 * neither sees nor sends it.
 */
import { openDB } from "../../vendor/idb/index.js";

const NAME = "courtsync";
const VERSION = 1;

/** @type {Promise<any> | null} */
let opening = null;

/** @param {any} db */
function createStores(db) {
  db.createObjectStore("matches", { keyPath: "key" });
  db.createObjectStore("log", { keyPath: "n", autoIncrement: true }).createIndex("match", "match");
  const outbox = db.createObjectStore("outbox", { keyPath: "place", autoIncrement: true });
  outbox.createIndex("person", "person");
  outbox.createIndex("match", "match");
  outbox.createIndex("id", "id", { unique: true });
  db.createObjectStore("attention", { keyPath: "id" }).createIndex("person", "person");
}

function forget() {
  opening = null;
}

/** @returns {Promise<any>} */
function open() {
  opening ??= openDB(NAME, VERSION, {
    upgrade: createStores,
    // A newer page wants to change the stores: let it.
    blocking(_old, _new, /** @type {any} */ event) {
      event.target.close();
      forget();
    },
    terminated: forget,
  }).catch((error) => {
    forget();
    throw error;
  });
  return opening;
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
