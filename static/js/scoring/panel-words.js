// @ts-check
/** What the panels say. */
import { currentSet, matchWinner, setScore, setWinnerName, whyEnded } from "./face.js";
import { isDecider } from "../volleyball/rules.js";
import { clock } from "./timeouts.js";

/** @typedef {import("./pad.js").Pad} Pad */

/**
 * @param {string | null} kind
 * @param {Pad} pad
 * @returns {{texts: Record<string, string>, when?: string[]}}
 */
export function wordsFor(kind, pad) {
  const { game, link, sending } = pad;
  const { lease } = link;
  const { sync } = sending;
  const lost = sync.refused ? "What you scored was not taken as the score; it is kept. The organizer sees both, set by set, and can still choose yours." : "";
  const kept = lost || (sync.waiting ? `${points(sync.waiting)} kept here and not yet sent. Nothing is lost.` : "");
  switch (kind) {
    case "claim":
      return { texts: { ...claimWords(pad), format: game.format.label, refusal: lease.refusal } };
    case "newcomer":
      return { texts: { match: pad.boot.names.join(" – ") } };
    case "sign-in":
      return { texts: { waiting: kept } };
    case "held":
      return { texts: { ...heldWords(pad), kept } };
    case "set-end":
      return setEndWords(pad);
    case "match-end":
      return matchEndWords(pad);
    case "broken":
      return { texts: { reason: sending.broken } };
    default:
      return { texts: {} };
  }
}

/** @param {number} count */
function points(count) {
  return count === 1 ? "1 entry is" : `${count} entries are`;
}

/** @param {Pad} pad */
function claimWords({ boot, shown, left }) {
  const over = shown.status === "completed";
  return {
    title: over ? `This match is over: ${matchWinner(shown, boot.names)}` : "Ready to keep score?",
    match: over ? shown.sets.map((set) => setScore(set, left)).join("  ·  ") : boot.names.join(" – "),
  };
}

/** @param {Pad} pad */
function heldWords({ link: { lease } }) {
  const claim = lease.claim;
  const time = claim?.expiresAt ? new Date(claim.expiresAt).toLocaleTimeString([], { hour: "numeric", minute: "2-digit" }) : "";
  const asking = lease.asking;
  const left = asking ? Math.max(0, Math.ceil((asking.until - lease.serverNow()) / 1000)) : 0;
  return {
    holder: `${claim?.claimedByName ?? "Someone else"} keeps score`,
    until: time && `Until ${time}, and longer while scoring goes on.`,
    asked: asking ? `Asked. Yours in ${left} s, unless refused.` : lease.refusal,
  };
}

/** @param {Pad} pad */
function setEndWords({ game, left, boot }) {
  const { state, format, moves } = game;
  const number = currentSet(state).setNumber;
  const endedAt = moves.at(-1)?.entry.at ?? 0;
  const rest = (format.intervalSeconds ?? 0) * 1000 - (Date.now() - endedAt);
  const toss = isDecider(format, number + 1) && format.firstServe === "toss_decider";
  return {
    texts: {
      set: `End of set ${number}`,
      winner: setWinnerName(state, boot.names),
      result: setScore(currentSet(state), left),
      why: whyEnded(format, state),
      interval: rest > 0 ? `Set ${number + 1} begins in ${clock(rest)}` : "",
      next: `Start set ${number + 1}`,
    },
    when: ["ends", ...(toss ? ["toss"] : [])],
  };
}

/** @param {Pad} pad */
function matchEndWords({ game, left, boot, sending: { sync } }) {
  const { state, format } = game;
  const signed = state.signedOff;
  const over = state.status === "completed";
  const waiting = boot.practice ? "Only practice: nothing was sent." : "✓ Sent. Everyone has the result.";
  const tick = sync.waiting ? `Signed. ${sync.waiting} still to be sent; keep this page open.` : waiting;
  return {
    texts: {
      title: over ? "Match over" : "Opened again",
      winner: over ? matchWinner(state, boot.names) : "Correct what is wrong, then send",
      result: state.sets.map((/** @type {any} */ set) => setScore(set, left)).join("  ·  "),
      why: over ? whyEnded(format, state) : "",
      leave: boot.practice ? "Leave" : "Back to the match",
      sent: sync.refused ? "The server did not take everything: see above." : tick,
    },
    when: signed ? ["signed", ...(sync.waiting || sync.refused ? [] : ["sent"]), ...(boot.practice ? ["practice"] : [])] : ["unsigned"],
  };
}
