// @ts-check
/** The one thing the scorer should know now, at the foot of the halves. Never in the way of a point. */
import { KEEPING } from "../sync/safekeeping.js";
import { byId, element, keepOff } from "./fill.js";
import { currentSet, TEAMS } from "./face.js";
import { technicalTimeoutDue } from "../volleyball/rules.js";
import { clock, runningTimeout } from "./timeouts.js";

/**
 * @typedef {import("./pad.js").Pad} Pad
 * @typedef {object} Notice
 * @property {string} kind
 * @property {string} text
 * @property {string} [number]  a countdown
 * @property {{words: string, act: string, team?: number, confirm?: boolean}[]} [buttons]
 */

/**
 * @param {Pad} pad
 * @param {number} now
 * @returns {Notice | null}
 */
export function noticeFor(pad, now) {
  const { lease } = pad.link;
  const { asked } = lease;
  if (asked) {
    const left = Math.max(0, asked.until - lease.serverNow());
    const buttons = [{ words: "Refuse", act: "refuse", confirm: true }];
    return { kind: "asked", text: `${asked.byName} asks to keep score`, number: clock(left), buttons };
  }
  if (!pad.keeps || pad.panels.shown) return null;
  const found = timeoutNotice(pad, now) ?? technicalNotice(pad) ?? endsNotice(pad) ?? tossNotice(pad) ?? keepingNotice(pad);
  return found && pad.dismissed.has(occasionOf(pad, found.kind)) ? null : found;
}

/** What is dismissed: a notice of this rally, or, where it is about the phone, for good. @param {Pad} pad @param {string} kind */
export function occasionOf({ game }, kind) {
  return kind in KEEPING ? kind : `${kind}-${game.moves.at(-1)?.entry.n ?? 0}`;
}

/** @param {Pad} pad @param {number} now @returns {Notice | null} */
function timeoutNotice({ game, boot }, now) {
  const running = runningTimeout(game.format, game.moves.at(-1), now);
  if (!running) return null;
  const name = boot.names[running.team - 1];
  const over = !running.left;
  const buttons = over || game.format.timeoutCanEndEarly ? [{ words: over ? "OK" : "End it", act: "dismiss", confirm: true }] : [];
  return { kind: "timeout", text: over ? "Time-out is over" : `Time-out ${name}`, number: clock(running.left), buttons };
}

/** @param {Pad} pad @returns {Notice | null} */
function technicalNotice({ game }) {
  const last = game.moves.at(-1);
  if (!last || !technicalTimeoutDue(game.format, last.before, last.after)) return null;
  return { kind: "technical", text: "Technical time-out", buttons: [{ words: "OK", act: "dismiss", confirm: true }] };
}

/** @param {Pad} pad @returns {Notice | null} */
function endsNotice({ game }) {
  if (!game.state.endsDue) return null;
  const buttons = [
    { words: "Changed", act: "ends-changed", confirm: true },
    { words: "Not here", act: "dismiss" },
  ];
  return { kind: "ends", text: "Change ends now", buttons };
}

/** @param {Pad} pad @returns {Notice | null} */
function tossNotice({ game, boot, left }) {
  const { state, format } = game;
  const set = currentSet(state);
  const begun = game.moves.some(({ entry, after }) => entry.type === "point" && currentSet(after).setNumber === set.setNumber);
  if (state.serving || begun || state.status === "completed" || !format.setsMax) return null;
  const order = left === 1 ? TEAMS : [...TEAMS].reverse();
  const buttons = order.map((team) => ({ words: boot.names[team - 1], act: "serve", team }));
  return { kind: "toss", text: "Who serves first?", buttons };
}

/** @param {Pad} pad @returns {Notice | null} */
function keepingNotice({ sending, boot }) {
  if (boot.practice || (sending.keeping !== "private" && sending.keeping !== "nearly-full")) return null;
  return { kind: sending.keeping, text: KEEPING[sending.keeping], buttons: [{ words: "OK", act: "dismiss" }] };
}

/** @param {Notice | null} notice */
export function paintNotice(notice) {
  const box = byId("notice");
  const shape = JSON.stringify({ ...notice, number: Boolean(notice?.number) });
  if (box.dataset.shape !== shape) {
    box.dataset.shape = shape;
    box.dataset.notice = notice?.kind ?? "";
    box.hidden = !notice;
    box.replaceChildren(...(notice ? inside(notice) : []));
    if (notice) keepOff(box);
  }
  const number = box.querySelector(".countdown");
  if (number && number.textContent !== notice?.number) number.textContent = notice?.number ?? "";
}

/** @param {Notice} notice */
function inside({ text, number, buttons = [] }) {
  const made = buttons.map(({ words, act, team, confirm }) =>
    element(
      "button",
      {
        class: confirm ? "button primary" : "button",
        type: "button",
        "data-do": act,
        ...(team ? { "data-team": String(team) } : {}),
        ...(confirm ? { "data-confirm": "" } : {}),
      },
      [words],
    ),
  );
  return [
    element("p", {}, [text]),
    ...(number ? [element("b", { class: "countdown", role: "timer" })] : []),
    element("span", { class: "answers" }, made),
  ];
}
