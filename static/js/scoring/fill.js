// @ts-check
/** Templates of the pad, filled by name: `data-text`, `data-name` (a team), `data-when`, `data-sides`. */

/**
 * @typedef {object} Words
 * @property {Record<string, string>} [texts]  by `data-text`; an empty one hides its element
 * @property {string[]} [when]  the `data-when` parts that are shown
 * @property {[string, string]} names  of the teams
 * @property {1 | 2} left  who stands on the left
 */

/**
 * @param {string} id  of a `<template>`
 * @param {Words} words
 */
export function filled(id, words) {
  const template = /** @type {HTMLTemplateElement} */ (document.getElementById(id));
  const copy = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
  fill(copy, words);
  return copy;
}

/**
 * @param {ParentNode} root
 * @param {Words} words
 */
export function fill(root, { texts = {}, when = [], names, left }) {
  for (const part of all(root, "[data-when]")) part.hidden = !when.includes(part.dataset.when ?? "");
  for (const part of all(root, "[data-name]")) part.textContent = names[Number(part.dataset.name) - 1];
  for (const part of all(root, "[data-text]")) {
    const text = texts[part.dataset.text ?? ""] ?? "";
    if (part.textContent !== text) part.textContent = text;
    if (!part.dataset.when) part.hidden = !text;
  }
  for (const pair of all(root, "[data-sides]")) pair.dataset.sides = String(left);
}

/**
 * @param {ParentNode} root
 * @param {string} selector
 * @returns {HTMLElement[]}
 */
export function all(root, selector) {
  return [...root.querySelectorAll(selector)].map((part) => /** @type {HTMLElement} */ (part));
}

/** Long enough for the second touch of a double tap. */
const APPEARING_MS = 600;

/**
 * What appears under a tapping finger must not take the next tap.
 * @param {HTMLElement} part
 * @param {() => void} [then]
 */
export function keepOff(part, then) {
  part.inert = true;
  setTimeout(() => {
    part.inert = false;
    then?.();
  }, APPEARING_MS);
}

/** @param {string} id @returns {HTMLElement} */
export function byId(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}

/**
 * @param {string} tag
 * @param {Record<string, string>} [attributes]
 * @param {(Node | string)[]} [inside]
 */
export function element(tag, attributes = {}, inside = []) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...inside);
  return made;
}
