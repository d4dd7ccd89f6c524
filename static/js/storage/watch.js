// @ts-check
/** What spectators' pages follow: the storage in force, whoever scores. */
import { storageOf } from "./adapter.js";
import { BackendStorage } from "./backend.js";
import { siteMode } from "./mode.js";

/**
 * @param {string} eventId
 * @param {import("./adapter.js").Watching} watching
 */
export function watchEvent(eventId, watching) {
  const storage = storageOf(eventId, null);
  storage.watch(watching);
  // Who keeps their own scores to themselves still sees everybody else's.
  if (storage.mode === "local" && siteMode() !== "local") new BackendStorage(eventId, storage.person).watch(watching);
}
