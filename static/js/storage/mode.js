// @ts-check
/** Which storage is in force: what the server's operator set, and what this person chose. */

/** @typedef {"local" | "hybrid" | "backend"} Mode */

const MODES = ["local", "hybrid", "backend"];
const COOKIE = /(?:^|;\s*)storage=(local|hybrid)(?:;|$)/;

/**
 * What a person may choose besides the operator's mode. Where phones keep scores to themselves,
 * sending them is opt-in; where they are sent when possible, one may keep them. Where the server
 * is the truth there is nothing to choose.
 * @param {Mode} site
 * @param {string} [chosen]
 * @returns {Mode}
 */
export function chosenMode(site, chosen = "") {
  if (site === "backend") return site;
  return chosen === "local" || chosen === "hybrid" ? chosen : site;
}

/** What the server's operator set, as the page says. @returns {Mode} */
export function siteMode() {
  const site = globalThis.document?.documentElement.dataset.syncMode ?? "";
  return /** @type {Mode} */ (MODES.includes(site) ? site : "backend");
}

/** The mode of this page. @returns {Mode} */
export function modeInForce() {
  return chosenMode(siteMode(), COOKIE.exec(globalThis.document?.cookie ?? "")?.[1]);
}
