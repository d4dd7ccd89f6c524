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
/** @type {string[]} */
let told;
/** @type {{pathname: string, search: string, hash: string, went: string, assign: (to: string) => void}} */
let place;
const tab = new Map();

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
  told = [];
  tab.clear();
  place = { pathname: "/events/cup/teams/1", search: "", hash: "", went: "", assign: (to) => (place.went = to) };
  const attributes = new Map([["aria-pressed", "false"]]);
  bell = {
    dataset: { bell: "/api/push/bells/cup/teams/1", person: "sam" },
    disabled: false,
    getAttribute: (/** @type {string} */ name) => attributes.get(name),
    setAttribute: (/** @type {string} */ name, /** @type {string} */ value) => attributes.set(name, value),
    addEventListener: (/** @type {string} */ _, /** @type {() => void} */ tapped) => (bell.tap = () => bell.disabled || tapped()),
  };
  Object.assign(globalThis, {
    localStorage: { getItem: () => JSON.stringify({ person: "sam", endpoint: "https://push.example/1", id: "1", active: true }) },
    document: { documentElement: { dataset: { person: "sam" } }, readyState: "complete", querySelector: (/** @type {string} */ what) => (what === "[data-bell]" ? bell : null), createElement: () => ({ remove() {} }), body: { append: (/** @type {{textContent: string}} */ { textContent }) => toasts.push(textContent) } },
    location: place,
    Notification: { permission: "granted" },
    window: { PushManager: {}, Notification: {} },
    history: { state: null, replaceState: (/** @type {unknown} */ _state, /** @type {string} */ _title, /** @type {string} */ to) => ([place.pathname, place.search] = [to, ""]) },
    sessionStorage: {
      getItem: (/** @type {string} */ name) => tab.get(name) ?? null,
      setItem: (/** @type {string} */ name, /** @type {string} */ value) => tab.set(name, value),
      removeItem: (/** @type {string} */ name) => tab.delete(name),
    },
    dispatchEvent: (/** @type {Event} */ event) => told.push(event.type),
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

test("rung, the page is told, for whose bell is rung is followed", async () => {
  startBell();
  bell.tap();
  assert.deepEqual(told, []);
  await asked[1].answer(204);
  assert.deepEqual(told, ["bell-rung"]);
});

test("who had no name rings by the same tap, once", async () => {
  bell.dataset.person = "";
  startBell();
  bell.tap();
  assert.equal(place.went, `/sign-in?next=${encodeURIComponent("/events/cup/teams/1?ring=1")}`);
  bell.dataset.person = "sam";
  place.search = "?ring=1";
  startBell();
  assert.deepEqual(asked.map(({ method }) => method), ["GET", "PUT"]);
  assert.equal(place.search, "", "the address says it no more");
  await asked[1].answer(204);
  assert.equal(bell.getAttribute("aria-pressed"), "true");
  place.search = "?ring=1";
  startBell();
  assert.equal(asked.filter(({ method }) => method === "PUT").length, 1);
});

test("a link does not ring a bell", () => {
  place.search = "?ring=1";
  startBell();
  assert.deepEqual(asked.map(({ method }) => method), ["GET"]);
  assert.equal(place.search, "");
});
