// @ts-check
/** What the worker makes of a push: something to show in any case, and only ways into our site. */
import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

const shown = /** @type {any[]} */ ([]);
/** What stands in the phone's tray. */
let tray = /** @type {object[]} */ ([]);
const badges = /** @type {number[]} */ ([]);
const opened = /** @type {string[]} */ ([]);
let pages = /** @type {any[]} */ ([]);
const asked = /** @type {{what: string, body: any}[]} */ ([]);
/** What the server answers. @type {Record<string, [number, object]>} */
let answers = {};
Object.assign(globalThis, {
  self: {
    SHELL: { icon: "/static/icon.png" },
    location: new URL("https://hall.test/service-worker.js"),
    navigator: {
      setAppBadge: async (/** @type {number} */ count) => void badges.push(count),
      clearAppBadge: async () => void badges.push(0),
    },
    registration: {
      async showNotification(/** @type {string} */ title, /** @type {any} */ options) {
        // As browsers do.
        if (options.renotify && !options.tag) throw new TypeError("Notifications which set the renotify flag must specify a non-empty tag.");
        if (title === "Unshowable") throw new TypeError("No.");
        shown.push({ title, ...options });
      },
      getNotifications: async () => tray,
      pushManager: { subscribe: async () => subscription("https://push.test/new") },
    },
    clients: {
      matchAll: async () => pages,
      openWindow: async (/** @type {string} */ url) => void opened.push(url),
    },
  },
  fetch: async (/** @type {string} */ path, /** @type {RequestInit} */ { method, body }) => {
    asked.push({ what: `${method} ${path}`, body: JSON.parse(String(body ?? "null")) });
    const [status, said] = answers[`${method} ${path}`] ?? [500, {}];
    return new Response(status === 204 ? null : JSON.stringify(said), { status, headers: { "Content-Type": "application/json" } });
  },
});
const subscription = (/** @type {string} */ endpoint) => ({ endpoint, toJSON: () => ({ endpoint, keys: { p256dh: "p", auth: "a" }, expirationTime: null }) });
const copies = await import("../../static/js/push/copied.js");
// By a name that the checker does not follow: it checks the worker's files with other types.
const part = "../../static/js/worker/push.js";
const { changed, closed, ours, pushed, read, tapped } = await import(part);

beforeEach(async () => {
  for (const list of [shown, badges, opened, asked]) list.length = 0;
  [tray, pages] = [[], []];
  answers = {
    "GET /api/me": [200, { id: "sam" }],
    "GET /api/push/key": [200, { publicKey: "BAAA" }],
    "POST /api/push/subscriptions": [201, { id: "d1", active: false }],
    "POST /api/push/subscriptions/activate": [204, {}],
  };
  await copies.copy({ person: "sam", endpoint: "https://push.test/old", id: "d1", active: true });
});

/** What an event of the worker's does, to its end. @param {(event: any) => void} act @param {object} [event] */
async function happen(act, event = {}) {
  const waits = /** @type {Promise<unknown>[]} */ ([]);
  act({ ...event, waitUntil: (/** @type {Promise<unknown>} */ work) => waits.push(work) });
  assert.equal(waits.length, 1, "in the same turn");
  await waits[0];
}
const wiped = { notification: { close() {}, data: { url: "/events/cup/matches/-1" } } };

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
    await happen(pushed, { data: data(String(text)) });
    assert.equal(shown.at(-1).silent, silent);
    assert.equal(shown.at(-1).renotify, !silent);
  }
});

test("an odd part of a push does not keep the rest from being shown", async () => {
  for (const odd of ["", null, 5, {}, []]) {
    const told = { title: "Set 1", body: odd, tag: odd, url: odd, kind: odd, token: odd, silent: odd };
    await happen(pushed, { data: data(JSON.stringify(told)) });
    assert.equal(shown.at(-1).title, "Set 1");
    assert.deepEqual([shown.at(-1).tag, shown.at(-1).body, shown.at(-1).silent], ["news", "There is news. Tap to look.", false]);
    assert.equal(shown.at(-1).data.url, "/");
  }
  assert.equal(shown.length, 5);
  assert.deepEqual(asked, [], "no odd token is a proof");
});

test("what the browser refuses to show is news all the same", async () => {
  await happen(pushed, { data: data('{"title": "Unshowable", "tag": "a"}') });
  assert.deepEqual(shown.map(({ title }) => title), ["CourtSync"]);
});

test("a proof that did not count is not told to pages", async () => {
  const heard = /** @type {string[]} */ ([]);
  pages = [{ postMessage: (/** @type {any} */ { type }) => heard.push(type) }];
  answers["POST /api/push/subscriptions/activate"] = [404, {}];
  await happen(pushed, { data: data('{"title": "Ready", "token": "t"}') });
  assert.deepEqual(heard, []);
  answers["POST /api/push/subscriptions/activate"] = [204, {}];
  await happen(pushed, { data: data('{"title": "Ready", "token": "t"}') });
  assert.deepEqual(heard, ["PUSH_PROVEN"]);
});

test("the badge is how many are shown: after a push, a tap, and one wiped away", async () => {
  tray = [{}, {}, {}];
  await happen(pushed, { data: data('{"title": "Set 1"}') });
  tray = [{}, {}];
  await happen(tapped, wiped);
  tray = [{}];
  await happen(closed, wiped);
  tray = [];
  await happen(closed, wiped);
  assert.deepEqual(badges, [3, 2, 1, 0]);
});

test("with no page open a tap opens one", async () => {
  await happen(tapped, wiped);
  assert.deepEqual(opened, ["https://hall.test/events/cup/matches/-1"]);
});

test("a page that keeps score is left alone", async () => {
  pages = [{ url: "https://hall.test/events/cup/matches/-7/score", navigate: () => assert.fail("it keeps score") }];
  await happen(tapped, wiped);
  assert.deepEqual(opened, ["https://hall.test/events/cup/matches/-1"]);
});

test("a new subscription is offered as a renewal of the former, given or not", async () => {
  await happen(changed, { oldSubscription: subscription("https://push.test/old"), newSubscription: subscription("https://push.test/given") });
  const keys = { p256dh: "p", auth: "a" };
  assert.deepEqual(asked.at(-1), {
    what: "POST /api/push/subscriptions",
    body: { endpoint: "https://push.test/given", keys, renew: true, replaces: "https://push.test/old" },
  });
  await happen(changed);
  assert.deepEqual(asked.at(-1)?.body, { endpoint: "https://push.test/new", keys, renew: true, replaces: "https://push.test/given" });
  assert.equal((await copies.copied())?.endpoint, "https://push.test/new");
});

test("a renewal is for nobody but who turned it on here", async () => {
  const other = { ...answers, "GET /api/me": /** @type {[number, object]} */ ([200, { id: "kim" }]) };
  const nobody = { ...answers, "GET /api/me": /** @type {[number, object]} */ ([401, {}]) };
  for (const now of [other, nobody]) {
    answers = now;
    await happen(changed, { newSubscription: subscription("https://push.test/given") });
  }
  await copies.copy(null);
  await happen(changed);
  assert.ok(asked.every(({ what }) => what === "GET /api/me"));
});

test("removed by its owner, it is not offered again", async () => {
  answers["POST /api/push/subscriptions"] = [410, { code: "removed" }];
  await happen(changed);
  const before = asked.length;
  await happen(changed);
  assert.equal(asked.length, before);
});
