// @ts-check
/** Something of this phone as a file. Works without a network, and before anybody has signed in. */

/** @param {unknown} content @param {string} name  without date and ending */
export function download(content, name) {
  const stamp = new Date().toISOString().slice(0, 16).replace(/[:T]/g, "-");
  downloadBlob(new Blob([JSON.stringify(content, null, 2)], { type: "application/json" }), `${name}-${stamp}.json`);
}

/** @param {Blob} file @param {string} name */
export function downloadBlob(file, name) {
  const address = URL.createObjectURL(file);
  Object.assign(document.createElement("a"), { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
