// @ts-check
/** Who is signed in on this phone, as the server and this phone know it. */
import { ask } from "./ask.js";
import { inOneTransaction } from "./database.js";

/** @typedef {{id: string, name: string}} Person */

/** Renew a sign-in that has ended. @returns {Promise<boolean>} somebody is signed in again */
export async function refreshSignIn() {
  return (await ask("POST", "/api/auth/refresh", {})).status === 200;
}

/** Who was signed in last: whoever opens the pad without a network is taken for them. @param {Person} person */
export function rememberPerson({ id, name }) {
  return inOneTransaction(["facts"], "readwrite", async ({ facts }) => {
    const known = (await facts.get("person"))?.value;
    if (known?.id !== id || known?.name !== name) await facts.put({ name: "person", value: { id, name } });
  });
}

/** Nobody is signed in any more. */
export function forgetPerson() {
  return inOneTransaction(["facts"], "readwrite", ({ facts }) => facts.delete("person"));
}

/** @returns {Promise<Person | null>} */
export function rememberedPerson() {
  return inOneTransaction(["facts"], "readonly", async ({ facts }) => (await facts.get("person"))?.value ?? null);
}
