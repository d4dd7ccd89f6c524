// @ts-check
/** What the worker makes of a push: something to show in any case, and only ways into our site. */
import assert from "node:assert/strict";
import { test } from "node:test";

const shown = /** @type {any[]} */ ([]);
Object.assign(globalThis, {
  self: {
    SHELL: { icon: "/static/icon.png" },
    location: new URL("https://hall.test/service-worker.js"),
    navigator: {},
    registration: {
      showNotification: async (/** @type {string} */ title, /** @type {object} */ options) => shown.push({ title, ...options }),
      getNotifications: async () => [],
    },
  },
});
// By a name that the checker does not follow: it checks the worker's files with other types.
const part = "../../static/js/worker/push.js";
const { ours, pushed, read } = await import(part);

/** @param {string | null} text @returns {any} */
const data = (text) => (text === null ? null : { json: () => JSON.parse(text) });

test("whatever cannot be read is news", () => {
  for (const text of [null, "", "{", "null", "[]", '{"title": 5}']) {
    assert.equal(read(data(text)).title, "CourtSync");
  }
  assert.equal(read(data('{"title": "Set 1", "tag": "a.1"}')).tag, "a.1");
});

test("a way out of our site leads home", () => {
  const ways = ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", 5, undefined, ""];
  for (const way of ways) assert.equal(ours(way).href, "https://hall.test/");
  assert.equal(ours("/events/cup/matches/-1").href, "https://hall.test/events/cup/matches/-1");
});

test("it waits before anything else, and always shows", async () => {
  for (const [text, silent] of [["{", false], ['{"title": "Moved", "silent": true}', true]]) {
    /** @type {Promise<unknown>[]} */
    const waits = [];
    pushed(/** @type {any} */ ({ data: data(String(text)), waitUntil: (/** @type {Promise<unknown>} */ work) => waits.push(work) }));
    assert.equal(waits.length, 1, "in the same turn");
    await waits[0];
    assert.equal(shown.at(-1).silent, silent);
    assert.equal(shown.at(-1).renotify, !silent);
  }
});
