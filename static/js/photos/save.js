// @ts-check
/** What was found out, as files: a table, or a sidecar for each picture in one archive. */

import { downloadBlob } from "../web/download.js";
import { lines, sidecars, table } from "./captions.js";

/** @typedef {import("./matching.js").Shot} Shot @typedef {import("./captions.js").Event} Event */

/** @param {() => Shot[]} shots @param {Event} event */
export function offerSaving(shots, event) {
  document.querySelector('[data-save="csv"]')?.addEventListener("click", () => {
    downloadBlob(new Blob([table(shots(), event)], { type: "text/csv" }), "photos.csv");
  });
  document.querySelector('[data-save="sidecars"]')?.addEventListener("click", () => {
    downloadBlob(new Blob([archive(shots(), event)], { type: "application/zip" }), "photo-sidecars.zip");
  });
}

/** @param {Shot[]} shots @param {Event} event @returns {Uint8Array<ArrayBuffer>} */
function archive(shots, event) {
  const { fflate } = /** @type {{fflate: {strToU8(text: string): Uint8Array, zipSync(files: Record<string, Uint8Array>, how: object): Uint8Array<ArrayBuffer>}}} */ (/** @type {unknown} */ (globalThis));
  const texts = { ...sidecars(shots, event), "captions.txt": lines(shots), "photos.csv": table(shots, event) };
  const files = Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, fflate.strToU8(text)]));
  return fflate.zipSync(files, { level: 6 });
}
