// @ts-check
/**
 * The way out of a service worker that went wrong, for this tab: any page with `?no-sw`, or a
 * server that has switched it off. What waits to be sent lies in IndexedDB, and stays.
 */

const FLAG = "no-sw";

export function wantsNoWorker() {
  if (document.documentElement.dataset.worker === "off") return true;
  const asked = new URLSearchParams(location.search).has(FLAG);
  try {
    if (asked) sessionStorage.setItem(FLAG, "1");
    return asked || sessionStorage.getItem(FLAG) !== null;
  } catch {
    return asked;
  }
}

export async function letGo() {
  for (const registration of await navigator.serviceWorker.getRegistrations()) await registration.unregister();
  for (const name of await caches.keys()) await caches.delete(name);
}
