// @ts-check
/** Settings take effect as one chooses; the form sends them where scripts are off. */

const form = /** @type {HTMLFormElement | null} */ (document.querySelector("#looks"));
const A_YEAR = 31_536_000;

form?.querySelector("[type=submit]")?.remove();
form?.addEventListener("change", () => {
  for (const name of ["theme", "text"]) {
    const value = String(new FormData(form).get(name) ?? "");
    const lasts = value ? A_YEAR : 0;
    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `${name}=${value}; Path=/; Max-Age=${lasts}; SameSite=Lax${secure}`;
    if (value) document.documentElement.dataset[name] = value;
    else delete document.documentElement.dataset[name];
  }
});
