// @ts-check
/**
 * A server for the phone's tests, as small as the protocol (docs/protocol.md) allows: it knows
 * every id, counts revisions, and gives a match to whoever claims it first. What happens on the
 * way to it and back can be said: `house.meanwhile`.
 */

const JSON_TYPE = { "content-type": "application/json" };
const PROBLEM = { "content-type": "application/problem+json" };

export class House {
  constructor() {
    /** Every op that had an effect, in order. @type {any[]} */
    this.taken = [];
    /** @type {Map<string, any>} */
    this.verdicts = new Map();
    /** @type {Map<number, string>} */
    this.holders = new Map();
    /** @type {{method: string, path: string, body: any}[]} */
    this.asked = [];
    this.signedIn = "sam";
    /** What becomes of the next request; none: it is answered. @type {((path: string, body: any) => Response | "lost" | "answer lost" | undefined)[]} */
    this.meanwhile = [];
    /** @type {((op: any) => any) | null} */
    this.instead = null;
  }

  /** Take the place of the network. */
  open() {
    globalThis.fetch = /** @type {any} */ (this.fetch);
    return this;
  }

  fetch = async (/** @type {string} */ path, /** @type {RequestInit} */ { method = "GET", body } = {}) => {
    const said = body === undefined ? null : JSON.parse(String(body));
    this.asked.push({ method, path, body: said });
    const fate = this.meanwhile.shift()?.(path, said);
    if (fate === "lost") throw new TypeError("no network");
    if (fate instanceof Response) return fate;
    const answer = this.answer(path, said);
    if (fate === "answer lost") throw new TypeError("no network");
    return answer;
  };

  /** @param {string} path @param {any} body */
  answer(path, body) {
    if (path === "/api/auth/refresh") return problem(401, "token-expired");
    if (path === "/api/auth/guest") return this.welcome(body.displayName);
    if (path === "/api/me") return this.signedIn ? json(200, { id: this.signedIn, displayName: this.signedIn }) : problem(401, "auth-required");
    if (path !== "/api/sync") return problem(404, "not-found");
    if (!this.signedIn) return problem(401, "token-expired");
    if (body.userId !== this.signedIn) return problem(409, "wrong-person");
    const results = body.ops.map((/** @type {any} */ op) => this.judge(op));
    return new Response(JSON.stringify({ v: 1, serverTime: Date.now(), results }), { headers: JSON_TYPE });
  }

  /** A guest of this name is signed in from now on. @param {string} name */
  welcome(name) {
    this.signedIn = `guest-${name}`;
    return json(201, { token: "t", refreshToken: "r", user: { id: this.signedIn, displayName: name } });
  }

  /** @param {any} op */
  judge(op) {
    const known = this.verdicts.get(op.id);
    if (known) return known.outcome === "applied" ? { ...known, outcome: "duplicate" } : known;
    const verdict = { id: op.id, ...(this.instead?.(op) ?? this.effect(op)) };
    if (verdict.outcome !== "retry") this.verdicts.set(op.id, verdict);
    return verdict;
  }

  /** @param {any} op */
  effect(op) {
    const holder = this.holders.get(op.matchId);
    if (op.kind === "claim") return this.claim(op, holder);
    if (op.kind === "score" && holder && holder !== this.signedIn) return refusal("conflict", "conflict");
    this.taken.push(op);
    const revision = this.taken.filter((one) => one.kind === "score" && one.matchId === op.matchId).length;
    return { outcome: "applied", ...(op.kind === "score" ? { score: { matchId: op.matchId, revision } } : {}) };
  }

  /** @param {any} op @param {string | undefined} holder */
  claim(op, holder) {
    if (holder && holder !== this.signedIn) return refusal("rejected", "claimed-by-other");
    this.holders.set(op.matchId, this.signedIn);
    this.taken.push(op);
    return { outcome: "applied", claim: { claimed: true, claimedBy: this.signedIn, fence: 7 } };
  }

  get batches() {
    return this.asked.filter(({ path }) => path === "/api/sync").map(({ body }) => body.ops);
  }
}

/** @param {number} status @param {any} body */
function json(status, body) {
  return new Response(JSON.stringify(body), { status, headers: JSON_TYPE });
}

/** @param {string} outcome @param {string} code */
function refusal(outcome, code) {
  return { outcome, problem: { status: 409, code, detail: "Somebody else keeps score." } };
}

/** @param {number} status @param {string} code @param {Record<string, string>} [headers] */
export function problem(status, code, headers = {}) {
  return new Response(JSON.stringify({ status, code, detail: code }), { status, headers: { ...PROBLEM, ...headers } });
}

/** A hall's sign-in page: 200 to everything. */
export function portal() {
  return new Response("<h1>Free Wi-Fi</h1>", { headers: { "content-type": "text/html" } });
}
