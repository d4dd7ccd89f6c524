// @ts-check
/** The match as it was scored, newest first, and one entry of it to be changed. */
import { currentSet, setScore } from "./face.js";
import { element } from "./fill.js";

/** @typedef {import("./pad.js").Pad} Pad */

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
      return ["Score from the server", name].filter(Boolean).join(": ");
  }
}

/** @param {Pad} pad */
export function rallies({ game, boot, left }) {
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

/** @param {Pad} pad @param {number} subject @returns {import("./sheet-contents.js").Content} */
export function amend({ game, boot, left }, subject) {
  const move = game.moves.find(({ entry }) => entry.n === subject);
  if (!move) return {};
  const at = setScore(currentSet(move.after), left);
  return { texts: { rally: `${wordsOf(move.entry, boot.names)}, then ${at}` }, when: move.entry.type === "point" ? ["rally-point"] : [] };
}
