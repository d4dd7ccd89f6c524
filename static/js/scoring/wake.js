// @ts-check
/** Keeps the screen on while the pad is open, and says whether it can. */

/** @param {(awake: boolean) => void} tell */
export function stayAwake(tell) {
  /** @type {any} */
  let lock = null;
  const request = async () => {
    if (document.hidden || (lock && !lock.released)) return;
    try {
      lock = await navigator.wakeLock.request("screen");
      lock.addEventListener("release", () => tell(false));
      tell(true);
    } catch {
      tell(false);
    }
  };
  document.addEventListener("visibilitychange", request);
  // Some browsers grant it only after a touch.
  document.addEventListener("pointerup", request);
  request();
}
