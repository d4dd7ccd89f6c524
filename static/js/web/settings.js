// @ts-check
/** Settings take effect as one chooses; the form sends them where scripts are off. */

import { ask } from "../sync/ask.js";

const form = /** @type {HTMLFormElement | null} */ (document.querySelector("#looks"));
const A_YEAR = 31_536_000;
/** One after the other, so that the account ends as what was chosen last. */
let becoming = Promise.resolve();

form?.querySelector("[type=submit]")?.remove();
form?.addEventListener("change", ({ target }) => {
  for (const name of ["theme", "text", "persona"]) keep(name, String(new FormData(form).get(name) ?? ""));
  if (/** @type {HTMLInputElement} */ (target).name === "persona") becoming = becoming.then(becomeElsewhere).catch(() => undefined);
});

/** @param {string} name @param {string} value */
function keep(name, value) {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${name}=${value}; Path=/; Max-Age=${value ? A_YEAR : 0}; SameSite=Lax${secure}`;
  if (value) document.documentElement.dataset[name] = value;
  else delete document.documentElement.dataset[name];
}

/** The persona goes with the account, and with it the ways at the bottom. */
async function becomeElsewhere() {
  const persona = String(new FormData(form ?? undefined).get("persona") ?? "");
  if ("signedIn" in document.documentElement.dataset) await ask("PATCH", "/api/me", { persona });
  const answer = await fetch(location.href).catch(() => undefined);
  if (!answer?.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const nav = page.querySelector(".nav");
  if (nav) document.querySelector(".nav")?.replaceWith(document.adoptNode(nav));
}
