// @ts-check
/** Longer than one request may take. */
const LOCK_PATIENCE_MS = 12_000;

/**
 * One tab sends at a time, where the browser can arrange it. Only to save requests: the server
 * knows every id, and a lock that a crashed tab left behind must not hold the points back.
 * @param {() => Promise<void>} work
 */
export async function alone(work) {
  const { navigator } = globalThis;
  if (!navigator?.locks) return work();
  const patience = AbortSignal.timeout(LOCK_PATIENCE_MS);
  try {
    await navigator.locks.request("courtsync-drain", { signal: patience }, work);
  } catch (error) {
    if (!patience.aborted) throw error;
    await work();
  }
}
