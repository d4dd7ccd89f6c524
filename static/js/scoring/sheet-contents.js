// @ts-check
/** What each sheet shows: its words, and the parts that depend on the match. */
import { KEEPING } from "../sync/safekeeping.js";
import { TEAMS } from "./face.js";
import { element } from "./fill.js";
import { amend, rallies, wordsOf } from "./history-sheet.js";
import { buildCorrection, buildFinal } from "./score-forms.js";
import { timeoutsLeft } from "./timeouts.js";

/**
 * @typedef {import("./pad.js").Pad} Pad
 * @typedef {{texts?: Record<string, string>, when?: string[], build?: (dialog: HTMLElement) => void}} Content
 */

/**
 * @param {string} name
 * @param {Pad} pad
 * @param {number} subject
 * @returns {Content}
 */
export function prepared(name, pad, subject) {
  switch (name) {
    case "timeout":
      return timeouts(pad);
    case "more":
      return more(pad);
    case "correct":
      return { build: (dialog) => buildCorrection(dialog, pad) };
    case "final":
      return { build: (dialog) => buildFinal(dialog, pad) };
    case "log":
      return { build: (dialog) => dialog.querySelector(".rallies")?.append(...rallies(pad)) };
    case "amend":
      return amend(pad, subject);
    case "refused":
      return refused(pad);
    default:
      return {};
  }
}

/** @param {Pad} pad @returns {Content} */
function timeouts({ game }) {
  const left = TEAMS.map((team) => timeoutsLeft(game.format, game.state, team));
  return {
    texts: Object.fromEntries(TEAMS.map((team) => [`timeout-${team}`, left[team - 1] ? `${left[team - 1]} left` : "none left"])),
    build: (dialog) => {
      for (const team of TEAMS) {
        const button = /** @type {HTMLButtonElement} */ (dialog.querySelector(`[data-do=timeout][data-team="${team}"]`));
        button.disabled = !left[team - 1];
      }
    },
  };
}

/** @param {Pad} pad @returns {Content} */
function more({ game, guard, sending, boot, keeps }) {
  return {
    texts: {
      format: `This match: ${game.format.label}.`,
      note: game.format.note ?? "",
      rest: `${guard.rest / 1000} s`,
      keeping: KEEPING[sending.keeping],
    },
    when: boot.practice ? ["practice"] : keeps ? ["holds"] : [],
    build: (dialog) => {
      /** @type {HTMLInputElement} */ (dialog.querySelector("[name=rest]")).value = String(guard.rest);
    },
  };
}

/** @param {Pad} pad @returns {Content} */
function refused({ sending: { sync, refused: entries }, game, boot }) {
  return {
    when: sync.waiting ? [] : ["differs"],
    build: (dialog) => {
      const deeds = new Map(game.entries.map((entry) => [entry.n, entry]));
      const items = entries.map(({ n, at, problem }) => {
        const deed = deeds.get(n ?? 0);
        const time = new Date(at).toLocaleTimeString([], { hour: "numeric", minute: "2-digit" });
        return element("li", {}, [element("b", {}, [`${time} ${deed ? wordsOf(deed, boot.names) : ""}`]), ` ${problem.detail}`]);
      });
      dialog.querySelector(".refusals")?.append(...items);
    },
  };
}
