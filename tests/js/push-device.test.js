// @ts-check
/** This device and pushes: whose it is, what a re-sync may do, and that nobody waits for a silent browser. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

const never = new Promise(() => undefined);
const manager = /** @type {any} */ ({});
const worker = { pushManager: manager };
const asked = /** @type {string[]} */ ([]);
const sent = /** @type {any[]} */ ([]);
/** What the server says to an offer. */
let answer = { status: 200, body: /** @type {object} */ ({ id: "d1", active: true }) };
const page = /** @type {{person?: string}} */ ({});
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
  document: { cookie: "", documentElement: { dataset: page } },
  location: new URL("https://hall.test/settings/notifications"),
  fetch: async (/** @type {string} */ path, /** @type {RequestInit} */ { method, body } = {}) => {
    asked.push(`${method} ${path}`);
    sent.push(JSON.parse(String(body ?? "null")));
    if (method === "DELETE") return new Response(null, { status: 204 });
    const said = method === "POST" ? answer : { status: 200, body: { publicKey: "BAAA" } };
    return new Response(JSON.stringify(said.body), { status: said.status, headers: { "Content-Type": "application/json" } });
  },
});
const { proven, recognise, resync, state, turnOff, turnOn } = await import("../../static/js/push/device.js");

const subscription = (/** @type {string} */ endpoint) => ({
  endpoint,
  options: { applicationServerKey: new Uint8Array([4, 0, 0]).buffer },
  toJSON: () => ({ endpoint, keys: {} }),
  unsubscribe: async () => true,
});
const remember = (/** @type {object} */ more = {}) =>
  kept.set("courtsync-push", JSON.stringify({ person: "sam", endpoint: "https://push.test/1", id: "d1", active: true, ...more }));

beforeEach(() => {
  kept.clear();
  asked.length = sent.length = 0;
  page.person = "sam";
  answer = { status: 200, body: { id: "d1", active: true } };
  manager.getSubscription = async () => subscription("https://push.test/1");
  manager.subscribe = async () => subscription("https://push.test/2");
});

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
  remember();
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

test("a browser that does not say whether it is subscribed does not keep the tap waiting", async (t) => {
  manager.getSubscription = () => never;
  assert.match(String(await afterTenSeconds(t, turnOn)), /does not answer/);
});

test("why a browser does not subscribe is said in plain words", async () => {
  const raw = [
    new DOMException("Registration failed - push service error", "AbortError"),
    new DOMException("Registration failed - permission denied", "NotAllowedError"),
    new DOMException("Registration failed - permission denied", "AbortError"),
    new DOMException("A subscription with a different applicationServerKey exists", "InvalidStateError"),
    new TypeError("x is not a function"),
  ];
  const words = [/push service.*try again/, /allow/i, /allow/i, /Reload/, /Reload/];
  manager.getSubscription = async () => null;
  for (const [index, error] of raw.entries()) {
    manager.subscribe = async () => Promise.reject(error);
    const said = await turnOn().catch((/** @type {Error} */ one) => one.message);
    assert.match(String(said), words[index]);
    assert.doesNotMatch(String(said), /Registration failed|applicationServerKey|function/);
  }
});

test("a tap subscribes anew and says nothing of a renewal", async () => {
  answer = { status: 201, body: { id: "d1", active: false } };
  await turnOn();
  assert.deepEqual(Object.keys(sent.at(-1)), ["endpoint", "keys"]);
  assert.equal(await state(), "waiting");
  proven();
  assert.equal(await state(), "on");
});

test("a subscription that the browser lost is made and offered again on the next open", async () => {
  remember();
  manager.getSubscription = async () => null;
  await resync();
  assert.equal(asked.at(-1), "POST /api/push/subscriptions");
  const { endpoint, renew, replaces } = sent.at(-1);
  assert.deepEqual([endpoint, renew, replaces], ["https://push.test/2", true, "https://push.test/1"]);
  await resync();
  assert.equal("replaces" in sent.at(-1), false, "the new one is kept");
});

test("removed elsewhere, it is off here, and is not offered again", async () => {
  remember();
  answer = { status: 410, body: { code: "removed" } };
  assert.equal(await state(), "on");
  await resync();
  assert.equal(await state(), "off");
  const before = asked.length;
  await resync();
  assert.equal(asked.length, before);
});

test("what the server cannot say now changes nothing", async () => {
  for (const status of [401, 409, 500]) {
    remember();
    answer = { status, body: { code: "x" } };
    await resync();
    assert.equal(await state(), "on");
  }
});

test("nobody but who turned it on is offered, and nothing is asked for anybody else", async () => {
  for (const person of ["kim", undefined]) {
    remember();
    page.person = person;
    await resync();
    assert.equal(await state(), "off");
  }
  kept.set("courtsync-push", "on");
  page.person = "sam";
  await resync();
  assert.deepEqual(asked, []);
});

test("turned off while an offer is under way, it stays off", async () => {
  remember();
  const offered = resync();
  await turnOff();
  await offered;
  assert.equal(kept.size, 0);
});

test("a first notification that arrives while an offer is under way counts; what was known before it does not", async () => {
  answer = { status: 200, body: { id: "d1", active: false } };
  remember({ active: false });
  const offered = resync();
  proven();
  await offered;
  assert.equal(await state(), "on");
  await resync();
  assert.equal(await state(), "waiting", "the server wants a proof anew");
});

test("what the server lists as this sign-in's is taken for on, whatever a former version kept", async () => {
  kept.set("courtsync-push", "on");
  await recognise({ id: "d1", active: true });
  assert.equal(await state(), "on");
});
