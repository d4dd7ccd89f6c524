// @ts-check
/** The pad's one dialog. Opening another sheet takes the place of the one that is open. */
import { byId, filled } from "./fill.js";
import { prepared } from "./sheet-contents.js";

/** @typedef {import("./pad.js").Pad} Pad */

export class Sheets {
  /** @param {Pad} pad */
  constructor(pad) {
    this.pad = pad;
    this.dialog = /** @type {HTMLDialogElement} */ (byId("sheet"));
    this.subject = 0;
    this.dialog.addEventListener("click", (event) => {
      const target = /** @type {Element} */ (event.target);
      if (target === this.dialog || target.closest("[data-close]")) this.close();
    });
  }

  get isOpen() {
    return this.dialog.open;
  }

  /**
   * @param {string} name
   * @param {number} [subject]  the entry the sheet is about
   */
  open(name, subject = 0) {
    const { boot, left } = this.pad;
    this.subject = subject;
    const content = prepared(name, this.pad, subject);
    const when = [...(content.when ?? []), ...(this.pad.keeps ? ["keeps"] : [])];
    const words = { names: boot.names, left, ...content, when };
    this.dialog.replaceChildren(filled(`sheet-${name}`, words));
    this.dialog.dataset.sheet = name;
    words.build?.(this.dialog);
    if (!this.dialog.open) this.dialog.showModal();
    /** @type {HTMLElement | null} */ (this.dialog.querySelector("#sheet-title"))?.focus();
  }

  close() {
    if (this.dialog.open) this.dialog.close();
  }

  /** Say what is wrong where it was asked. @param {string} words @returns {boolean} there is a place for it */
  complain(words) {
    const place = this.dialog.open ? /** @type {HTMLElement | null} */ (this.dialog.querySelector(".wrong")) : null;
    if (!place) return false;
    place.textContent = words;
    place.hidden = false;
    return true;
  }
}
