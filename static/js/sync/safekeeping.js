// @ts-check
/** Whether this phone will keep what is written on it. */
import { inOneTransaction } from "./database.js";

/** @typedef {"kept" | "may-be-evicted" | "private" | "nearly-full"} Keeping */

/** How lasting this phone's storage is, in words. @type {Record<Keeping, string>} */
export const KEEPING = {
  kept: "This phone keeps your points until they are sent.",
  "may-be-evicted": "This browser may clear its storage when the phone is full. Add CourtSync to the home screen to be safe.",
  private: "Private window: what is not sent is lost when you close it.",
  "nearly-full": "This phone's storage is nearly full: make room before points cannot be kept.",
};

/** A private window gives a small share of the disk and forgets it on closing. */
const PRIVATE_QUOTA = 120 * 1024 * 1024;
/** A day of scoring is one megabyte; below this it is time to say so. */
const ROOM_FOR_A_DAY = 5 * 1024 * 1024;

/** Write, read and delete for real. @returns {Promise<boolean>} */
export async function canKeep() {
  try {
    await inOneTransaction(["facts"], "readwrite", async ({ facts }) => {
      await facts.put({ name: "probe" });
      if (!(await facts.get("probe"))) throw new Error("written and not there");
      await facts.delete("probe");
    });
    return true;
  } catch {
    return false;
  }
}

/**
 * How lasting it is. Asks for lasting storage where the browser has such a thing.
 * @returns {Promise<Keeping>}
 */
export async function howLasting() {
  const storage = globalThis.navigator?.storage;
  if (!storage?.estimate) return "may-be-evicted";
  const { quota = 0, usage = 0 } = await storage.estimate();
  if (quota - usage < ROOM_FOR_A_DAY) return "nearly-full";
  if (quota < PRIVATE_QUOTA || !(await mayHaveFiles(storage))) return "private";
  const asked = storage.persist?.() ?? Promise.resolve(false);
  // Some browsers ask the person, and wait for ever for an answer.
  const soon = new Promise((resolve) => setTimeout(resolve, 3000, false));
  return (await Promise.race([asked, soon])) ? "kept" : "may-be-evicted";
}

/**
 * Safari and Firefox give a private window no files of its own, whatever they say of its share;
 * Chromium gives it some and says nothing.
 * @param {StorageManager} storage
 */
async function mayHaveFiles(storage) {
  try {
    await storage.getDirectory?.();
    return true;
  } catch {
    return false;
  }
}
