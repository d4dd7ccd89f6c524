// @ts-check
/** What each sheet shows: its words, and the parts that depend on the match. */
import { currentSet, pointsOf, setScore, TEAMS } from "./face.js";
import { element } from "./fill.js";
import { timeoutsLeft } from "./timeouts.js";

/**
 * @typedef {import("./pad.js").Pad} Pad
 * @typedef {{texts?: Record<string, string>, when?: string[], build?: (dialog: HTMLElement) => void}} Content
 */

/** How lasting this phone's storage is, in words. */
const KEEPING = {
  kept: "This phone keeps your points until they are sent.",
  "may-be-evicted": "This browser may clear its storage when the phone is full. Add CourtSync to the home screen to be safe.",
  private: "Private window: what is not sent is lost when you close it.",
};

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
function more({ game, guard, link, boot }) {
  return {
    texts: {
      format: `This match: ${game.format.label}.`,
      note: game.format.note ?? "",
      rest: `${guard.rest / 1000} s`,
      keeping: KEEPING[link.keeping],
    },
    when: [boot.practice ? "practice" : "real"],
    build: (dialog) => {
      /** @type {HTMLInputElement} */ (dialog.querySelector("[name=rest]")).value = String(guard.rest);
    },
  };
}

/** @param {HTMLElement} dialog @param {Pad} pad */
function buildCorrection(dialog, { game }) {
  const form = /** @type {HTMLFormElement} */ (dialog.querySelector("form"));
  const select = /** @type {HTMLSelectElement} */ (form.elements.namedItem("set"));
  const last = currentSet(game.state).setNumber;
  select.append(...game.state.sets.map(({ setNumber: n }) => new Option(`Set ${n}`, String(n), n === last, n === last)));
  const show = () => {
    const set = game.state.sets[Number(select.value) - 1];
    for (const team of TEAMS) {
      /** @type {HTMLInputElement} */ (form.elements.namedItem(`team${team}`)).value = String(pointsOf(set, team));
    }
    /** @type {HTMLInputElement} */ (form.elements.namedItem("completed")).checked = set.completed;
  };
  select.addEventListener("change", show);
  show();
}

/** @param {HTMLElement} dialog @param {Pad} pad */
function buildFinal(dialog, { game, boot, left }) {
  const place = /** @type {HTMLElement} */ (dialog.querySelector(".final-sets"));
  const order = left === 1 ? TEAMS : [...TEAMS].reverse();
  place.append(element("p", { class: "final-row names" }, [element("span"), ...order.map((team) => element("b", {}, [boot.names[team - 1]]))]));
  for (let n = 1; n <= game.format.setsMax; n += 1) {
    const inputs = order.map((team) =>
      element("input", {
        class: "input",
        name: `set${n}-${team}`,
        type: "number",
        inputmode: "numeric",
        min: "0",
        max: "99",
        "aria-label": `Set ${n}, ${boot.names[team - 1]}`,
      }),
    );
    place.append(element("p", { class: "final-row" }, [element("span", {}, [`Set ${n}`]), ...inputs]));
  }
}

/** What an entry was, in words. @param {any} entry @param {[string, string]} names */
export function wordsOf(entry, names) {
  const name = entry.team ? names[entry.team - 1] : "";
  switch (entry.type) {
    case "point":
      return `Point ${name}`;
    case "timeout":
      return `Time-out ${name}`;
    case "card":
      return `${entry.color === "red" ? "Red" : "Yellow"} card ${name}`;
    case "delay":
      return `Delay ${name}`;
    case "toss":
      return `${names[entry.serving - 1]} serves first`;
    case "set-start":
      return "Set started";
    case "ends-changed":
      return "Ends changed";
    case "correction":
      return `Set ${entry.set} corrected`;
    case "final-score":
      return "Final score entered";
    case "forfeit":
      return `${name} forfeits`;
    case "retire":
      return `${name} retires`;
    case "sign-off":
      return "Signed off";
    case "reopen":
      return `Opened again: ${entry.reason}`;
    default:
      return `Score from the server${name && `: ${name}`}`;
  }
}

/** @param {Pad} pad */
function rallies({ game, boot, left }) {
  return [...game.moves].reverse().map(({ entry, after }) => {
    const set = currentSet(after);
    const inside = [
      element("small", {}, [`Set ${set.setNumber}`]),
      element("b", {}, [setScore(set, left)]),
      element("span", {}, [wordsOf(entry, boot.names)]),
    ];
    return element("li", {}, [element("button", { type: "button", class: "rally", "data-go": "amend", "data-subject": String(entry.n) }, inside)]);
  });
}

/** @param {Pad} pad @param {number} subject @returns {Content} */
function amend({ game, boot, left }, subject) {
  const move = game.moves.find(({ entry }) => entry.n === subject);
  if (!move) return {};
  const at = setScore(currentSet(move.after), left);
  return { texts: { rally: `${wordsOf(move.entry, boot.names)}, then ${at}` }, when: move.entry.type === "point" ? ["rally-point"] : [] };
}

/** @param {Pad} pad @returns {Content} */
function refused({ link: { sync, refused: entries }, game, boot }) {
  return {
    when: sync.waiting ? [] : ["differs"],
    build: (dialog) => {
      const deeds = new Map(game.entries.map((entry) => [entry.n, entry]));
      const items = entries.map(({ n, at, problem }) => {
        const deed = deeds.get(n);
        const time = new Date(at).toLocaleTimeString([], { hour: "numeric", minute: "2-digit" });
        return element("li", {}, [element("b", {}, [`${time} ${deed ? wordsOf(deed, boot.names) : ""}`]), ` ${problem.detail}`]);
      });
      dialog.querySelector(".refusals")?.append(...items);
    },
  };
}
