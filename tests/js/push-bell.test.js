// @ts-check
/** The bell of a team or a match: what somebody taps counts, whatever the network answers late. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

/** @type {{method: string, answer: (status: number, body?: object) => Promise<void>}[]} */
let asked;
/** @type {any} */
let bell;
/** @type {(event: {persisted: boolean}) => void} */
let pageshow;
/** @type {string[]} */
let toasts;

/** This browser is told. @type {Record<string, unknown>} */
const subscribed = {
  userAgent: "Test",
  serviceWorker: { getRegistration: async () => ({ pushManager: { getSubscription: async () => ({}) } }) },
};
Object.defineProperty(globalThis, "navigator", { value: subscribed, configurable: true });
const settled = () => new Promise((done) => setImmediate(done));

beforeEach(() => {
  asked = [];
  toasts = [];
  const attributes = new Map([["aria-pressed", "false"]]);
  bell = {
    dataset: { bell: "/api/push/bells/cup/teams/1", person: "sam" },
    disabled: false,
    getAttribute: (/** @type {string} */ name) => attributes.get(name),
    setAttribute: (/** @type {string} */ name, /** @type {string} */ value) => attributes.set(name, value),
    addEventListener: (/** @type {string} */ _, /** @type {() => void} */ tapped) => (bell.tap = () => bell.disabled || tapped()),
  };
  Object.assign(globalThis, {
    document: { querySelector: (/** @type {string} */ what) => (what === "[data-bell]" ? bell : null), createElement: () => ({ remove() {} }), body: { append: (/** @type {{textContent: string}} */ { textContent }) => toasts.push(textContent) } },
    location: { pathname: "/", assign() {} },
    Notification: { permission: "granted" },
    window: { PushManager: {}, Notification: {} },
    addEventListener: (/** @type {string} */ _, /** @type {typeof pageshow} */ heard) => (pageshow = heard),
    matchMedia: () => ({ matches: true }),
    fetch: (/** @type {string} */ _, /** @type {RequestInit} */ { method = "" }) =>
      new Promise((done) =>
        asked.push({
          method,
          answer: async (status, body) => {
            done(status === 204 ? new Response(null, { status }) : new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json" } }));
            await settled();
          },
        }),
      ),
  });
});
const { startBell } = await import("../../static/js/push/bell.js");

test("what was asked when the page opened does not undo a tap", async () => {
  startBell();
  bell.tap();
  await asked[1].answer(204);
  await asked[0].answer(200, { on: false });
  assert.equal(asked[1].method, "PUT");
  assert.equal(bell.getAttribute("aria-pressed"), "true");
});

test("a second tap waits until the first is answered", async () => {
  startBell();
  await asked[0].answer(200, { on: true });
  bell.tap();
  bell.tap();
  assert.deepEqual(asked.map(({ method }) => method), ["GET", "DELETE"]);
  await asked[1].answer(204);
  assert.equal(bell.getAttribute("aria-pressed"), "false");
  bell.tap();
  assert.equal(asked[2].method, "PUT");
});

test("a tap that was not taken leaves the bell as the server has it", async () => {
  startBell();
  bell.tap();
  await asked[1].answer(503, { detail: "Not now." });
  await asked[0].answer(200, { on: true });
  assert.equal(bell.getAttribute("aria-pressed"), "true");
});

test("Back shows the bell as it was left elsewhere", async () => {
  startBell();
  await asked[0].answer(200, { on: false });
  bell.tap();
  await asked[1].answer(204);
  await asked[2].answer(200, { on: true });
  pageshow({ persisted: true });
  await asked[3].answer(200, { on: false });
  assert.equal(bell.getAttribute("aria-pressed"), "false");
});

test("a bell that rings is promised, and in a muted tournament it is not", async () => {
  startBell();
  for (const muted of [false, true]) {
    bell.setAttribute("aria-pressed", "false");
    asked.length = 0;
    bell.tap();
    await asked[0].answer(204);
    assert.equal(asked[1].method, "GET");
    await asked[1].answer(200, { on: true, muted });
  }
  assert.deepEqual(toasts, ["You will be told.", "This tournament is muted: nothing comes until you unmute it in Settings."]);
});

test("a bell that was stilled before its promise promises nothing", async () => {
  startBell();
  bell.tap();
  await asked[1].answer(204);
  bell.tap();
  await asked[3].answer(204);
  await asked[2].answer(200, { on: true, muted: false });
  assert.deepEqual(toasts, ["No longer told."]);
});
