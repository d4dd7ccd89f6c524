// @ts-check
/** Of several looks at one thing that are under way, only the newest shows what it saw. */

/**
 * @template {any[]} A
 * @template T
 * @param {(...asked: A) => Promise<T>} look
 * @param {(seen: T) => void} show
 * @returns {(...asked: A) => Promise<void>} looks, and shows unless somebody has looked again since
 */
export function newest(look, show) {
  let asked = 0;
  return async (...args) => {
    const turn = ++asked;
    const seen = await look(...args);
    if (turn === asked) show(seen);
  };
}
