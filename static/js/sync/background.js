// @ts-check
/** Asks the browser to send what waits even when no page is open, where it knows how to. */

export async function askForSync() {
  try {
    const registration = /** @type {any} */ (await navigator.serviceWorker?.ready);
    await registration?.sync?.register("drain");
  } catch {
    // No such thing here, or not allowed: open pages send all the same.
  }
}
