// @ts-check
/** A browser that never answers does not leave a person before a page that says nothing. */
import assert from "node:assert/strict";
import { test } from "node:test";

const never = new Promise(() => undefined);
const manager = /** @type {any} */ ({});
const worker = { pushManager: manager };
const asked = /** @type {string[]} */ ([]);
const kept = new Map();

Object.defineProperty(globalThis, "navigator", {
  value: { userAgent: "Test", maxTouchPoints: 0, serviceWorker: { ready: Promise.resolve(worker), getRegistration: async () => worker } },
});
Object.assign(globalThis, {
  window: { PushManager: class {}, Notification: class {} },
  Notification: { permission: "granted", requestPermission: async () => "granted" },
  matchMedia: () => ({ matches: false }),
  localStorage: {
    getItem: (/** @type {string} */ name) => kept.get(name) ?? null,
    setItem: (/** @type {string} */ name, /** @type {string} */ value) => kept.set(name, value),
    removeItem: (/** @type {string} */ name) => kept.delete(name),
  },
  document: { cookie: "" },
  location: new URL("https://hall.test/settings/notifications"),
  fetch: async (/** @type {string} */ path, /** @type {RequestInit} */ { method } = {}) => {
    asked.push(`${method} ${path}`);
    return new Response(JSON.stringify({ publicKey: "BAAA" }), { status: method === "DELETE" ? 204 : 200, headers: { "Content-Type": "application/json" } });
  },
});
const { resync, state, turnOff, turnOn } = await import("../../static/js/push/device.js");

/** What becomes of it once the patience has run out. @template T @param {any} t @param {() => Promise<T>} act */
async function afterTenSeconds(t, act) {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const work = act().catch((/** @type {Error} */ error) => error);
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  await new Promise((done) => setImmediate(done));
  t.mock.timers.tick(10_000);
  return work;
}

test("a browser that does not say whether it is subscribed may be tried", async (t) => {
  manager.getSubscription = () => never;
  assert.equal(await afterTenSeconds(t, state), "off");
});

test("a push service that does not answer is said to be the reason", async (t) => {
  manager.getSubscription = async () => null;
  manager.subscribe = () => never;
  const said = await afterTenSeconds(t, turnOn);
  assert.match(String(said), /push service does not answer/);
  assert.equal(kept.size, 0, "it is not on");
});

test("turned off, the server has forgotten it whatever the browser does", async (t) => {
  manager.getSubscription = async () => ({ endpoint: "https://push.test/1", unsubscribe: () => never });
  assert.equal(await afterTenSeconds(t, turnOff), undefined);
  assert.equal(asked.at(-1), "DELETE /api/push/subscriptions");
});

test("a subscription that the browser lost is made and offered again on the next open", async () => {
  kept.set("courtsync-push", "on");
  manager.getSubscription = async () => null;
  manager.subscribe = async () => ({ toJSON: () => ({ endpoint: "https://push.test/2", keys: {} }) });
  await resync();
  assert.equal(asked.at(-1), "POST /api/push/subscriptions");
});
