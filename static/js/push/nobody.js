// @ts-check
/**
 * The page of notifications for nobody yet. An iPhone's installed app knows nothing of the browser
 * it came from: who says who they are before installing it would have to say so again.
 */
import { state } from "./device.js";

void state().then((now) => {
  if (now !== "install") return;
  for (const [id, hidden] of /** @type {const} */ ([["install-first", false], ["who-first", true]])) {
    /** @type {HTMLElement} */ (document.getElementById(id)).hidden = hidden;
  }
});
