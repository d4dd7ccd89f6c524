// @ts-check
/** What each control of the pad does, by the name it carries. */
import { beginAs, fromServer, practise, scoreAnyway } from "./beginnings.js";
import { downloadLog } from "./download.js";
import { currentSet } from "./face.js";
import { occasionOf } from "./notices.js";
import { prefer } from "./preferences.js";

/**
 * @typedef {import("./pad.js").Pad} Pad
 * @typedef {1 | 2} Team
 * @typedef {object} Meant  what came with the touch
 * @property {Team} team
 * @property {FormData} form
 * @property {number} subject
 */

/** @type {Record<string, (pad: Pad, meant: Meant) => unknown>} */
export const ACTS = {
  "point-1": (pad) => pad.game.do({ type: "point", team: 1 }),
  "point-2": (pad) => pad.game.do({ type: "point", team: 2 }),
  undo: (pad) => pad.game.do({ type: "undo" }),
  claim: (pad) => pad.link.lease.take(),
  release: (pad) => pad.link.release(),
  lock: (pad) => pad.veil.lock(),
  takeover: (pad) => pad.link.lease.takeOver(),
  refuse: (pad) => pad.link.lease.refuse(),
  "score-anyway": (pad) => scoreAnyway(pad),
  newcomer: (pad, { form }) => beginAs(pad, String(form.get("name")).trim()),
  practice: (pad, { form }) => practise(pad, String(form.get("format"))),
  restart: (pad) => pad.game.forget(),

  "set-start": (pad, { form }) => {
    const serving = /** @type {Team | 0} */ (Number(form.get("first")));
    const swapped = pad.game.state.swapped !== form.has("ends");
    return pad.game.do({ type: "set-start", swapped, ...(serving ? { serving } : {}) });
  },
  timeout: (pad, { team }) => pad.game.do({ type: "timeout", team }),
  "ends-changed": (pad) => pad.game.do({ type: "ends-changed" }),
  serve: (pad, { team }) => pad.game.do(served(pad, team)),
  yellow: (pad, { team }) => pad.game.do({ type: "card", team, color: "yellow" }),
  red: (pad, { team }) => pad.game.do({ type: "card", team, color: "red" }),
  delay: (pad, { team }) => pad.game.do({ type: "delay", team }),
  forfeit: (pad, { team }) => pad.game.do({ type: "forfeit", team }),
  retire: (pad, { team }) => pad.game.do({ type: "retire", team }),
  correct: (pad, { form }) => pad.game.do(correction(form)),
  final: (pad, { form }) => pad.game.do({ type: "final-score", sets: setsIn(form) }),
  reopen: async (pad, { form }) => {
    // Signing off let go of the claim: whoever opens the match again keeps its score again.
    if (!pad.keeps && !(await pad.link.lease.take())) throw unclaimed(pad);
    await pad.link.enter();
    await pad.game.do({ type: "reopen", reason: String(form.get("reason")) });
  },
  "sign-off": (pad, { form }) => pad.game.do({ type: "sign-off", name: String(form.get("name") ?? "") }),
  amend: (pad, { team, subject }) => pad.game.do({ type: "amend", of: subject, to: { type: "point", team } }),
  remove: (pad, { subject }) => pad.game.do({ type: "amend", of: subject, to: null }),

  flip: (pad) => {
    pad.opposite = !pad.opposite;
    prefer({ opposite: pad.opposite });
    pad.paint();
  },
  rest: (pad, { form }) => {
    pad.guard.rest = Number(form.get("rest"));
    prefer({ rest: pad.guard.rest });
  },
  dismiss: (pad) => {
    if (pad.notice) pad.dismissed.add(occasionOf(pad, pad.notice.kind));
    pad.paint();
  },
  download: (pad) => downloadLog({ person: pad.storage.person.id, eventId: pad.boot.eventId, matchId: pad.boot.matchId }),
  "send-mine": async (pad) => {
    await pad.game.do({ type: "restored", action: "correction", state: pad.game.state });
    await pad.sending.dismissRefused();
  },
  "use-theirs": (pad) => fromServer(pad),
};

/** @param {Pad} pad */
function unclaimed({ link }) {
  const words = link.lease.refusal || "No connection: opening it again needs one.";
  return Object.assign(new Error(words), { code: "claim-required" });
}

/** Acts that leave the match as it is. */
export const VIEW_ONLY = new Set(["flip", "rest", "dismiss", "download", "lock", "release"]);

/** Acts after which the sheet stays open. */
export const STAYS = new Set(["rest", "download"]);

/**
 * Who serves: by toss before the first point, later as a correction of the running score.
 * @param {Pad} pad
 * @param {Team} team
 * @returns {import("../volleyball/rules.js").Action}
 */
function served({ game }, team) {
  const { setNumber, team1Score, team2Score } = currentSet(game.state);
  const begun = game.moves.some(({ entry, after }) => entry.type !== "toss" && entry.type !== "set-start" && currentSet(after).setNumber === setNumber);
  if (!begun) return { type: "toss", serving: team };
  return { type: "correction", set: setNumber, team1: team1Score, team2: team2Score, serving: team };
}

/** @param {FormData} form @returns {import("../volleyball/rules.js").Action} */
function correction(form) {
  const [set, team1, team2] = ["set", "team1", "team2"].map((name) => Number(form.get(name)));
  return { type: "correction", set, team1, team2, ...(form.has("completed") ? { completed: true } : {}) };
}

/** Sets that were filled in, in order. @param {FormData} form @returns {[number, number][]} */
function setsIn(form) {
  /** @type {[number, number][]} */
  const sets = [];
  for (let n = 1; form.get(`set${n}-1`) || form.get(`set${n}-2`); n += 1) {
    sets.push([Number(form.get(`set${n}-1`)), Number(form.get(`set${n}-2`))]);
  }
  return sets;
}
