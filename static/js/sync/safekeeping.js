// @ts-check
/** Whether this phone will keep what is written on it. */
import { inOneTransaction } from "./database.js";

/** A private window gives a small share of the disk and forgets it on closing. */
const PRIVATE_QUOTA = 120 * 1024 * 1024;

/** Write, read and delete for real. @returns {Promise<boolean>} */
export async function canKeep() {
  try {
    await inOneTransaction(["matches"], "readwrite", async ({ matches }) => {
      await matches.put({ key: "probe" });
      if (!(await matches.get("probe"))) throw new Error("written and not there");
      await matches.delete("probe");
    });
    return true;
  } catch {
    return false;
  }
}

/**
 * How lasting it is. Asks for lasting storage where the browser has such a thing.
 * @returns {Promise<"kept" | "may-be-evicted" | "private">}
 */
export async function howLasting() {
  const storage = navigator.storage;
  if (!storage?.estimate) return "may-be-evicted";
  const { quota = 0 } = await storage.estimate();
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
