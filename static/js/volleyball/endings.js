// @ts-check
/** How a match ends other than by its last point, is confirmed and opened again: the mirror of endings.py. */
import { needRange, needWhole, teamOf } from "./fields.js";
import { current, freshSet, setsWon } from "./moments.js";
import { need } from "./refusals.js";
import { matchOver, other, pointsToWin } from "./sets.js";
import { WINNERS, endedAs, needStanding, needUndecidedBeforeLast, outcomeOf, settled } from "./settling.js";

/**
 * @typedef {import("./sets.js").Format} Format
 * @typedef {import("./sets.js").Team} Team
 * @typedef {import("./moments.js").State} State
 * @typedef {import("./moments.js").SetScore} SetScore
 * @typedef {import("./moments.js").Outcome} Outcome
 */

/** A forfeit score in each set needed, whatever was played. @param {Format} f @param {State} state @param {any} action */
export function forfeit(f, state, action) {
  const team = teamOf(action);
  needStanding(state);
  let sets = [freshSet(f, 1)];
  if (f.forfeitScore !== null) {
    const points = Number.parseInt(f.forfeitScore, 10);
    const [team1Score, team2Score] = team === 1 ? [0, points] : [points, 0];
    sets = Array.from({ length: f.setsToWin ?? f.setsMax }, (_, index) => ({
      setNumber: index + 1,
      team1Score,
      team2Score,
      completed: true,
    }));
  }
  return endedAs({ ...state, sets }, team === 1 ? "first-forfeits" : "second-forfeits");
}

/** An incomplete team keeps its points, the other gets what it needs. @param {Format} f @param {State} state @param {any} action */
export function retire(f, state, action) {
  const team = teamOf(action);
  needStanding(state);
  const sets = [...state.sets];
  if (!current(state).completed) sets.push(givenTo(f, other(team), /** @type {SetScore} */ (sets.pop())));
  while (!matchOver(f, setsWon(sets), sets.length) && sets.length < f.setsMax)
    sets.push(givenTo(f, other(team), freshSet(f, sets.length + 1)));
  return endedAs({ ...state, sets }, team === 1 ? "first-retires" : "second-retires");
}

/** @param {Format} f @param {Team} winner @param {SetScore} set @returns {SetScore} */
function givenTo(f, winner, set) {
  const { setNumber, team1Score, team2Score } = set;
  const [own, theirs] = winner === 1 ? [team1Score, team2Score] : [team2Score, team1Score];
  const points = Math.min(pointsToWin(f, setNumber, own, theirs), 99);
  return { ...set, [winner === 1 ? "team1Score" : "team2Score"]: points, completed: true };
}

/** The result alone. @param {Format} f @param {State} state @param {any} action */
export function finalScore(f, state, action) {
  const { sets: scores, outcome = null } = action;
  need(Array.isArray(scores) && scores.every((pair) => Array.isArray(pair) && pair.length === 2), "bad-action");
  needWhole(...scores.flat());
  need(outcome === null || (Object.hasOwn(WINNERS, outcome) && outcome !== "undecided"), "bad-action");
  need(scores.length || outcome, "bad-action");
  need(!state.signedOff, "signed-off");
  needRange(...scores.flat());
  need(scores.length <= f.setsMax, "too-many-sets");
  const sets = scores.map(([team1Score, team2Score], index) => ({
    setNumber: index + 1,
    team1Score,
    team2Score,
    completed: true,
  }));
  needUndecidedBeforeLast(f, sets);
  const ending = agreed(f, sets, outcome);
  return endedAs({ ...state, sets: sets.length ? sets : [freshSet(f, 1)] }, ending);
}

/** What the sets say, unless they leave it open or it was not played. @param {Format} f @param {SetScore[]} sets @param {Outcome | null} said */
function agreed(f, sets, said) {
  const over = sets.length > 0 && matchOver(f, setsWon(sets), sets.length);
  const played = over ? outcomeOf(f, setsWon(sets)) : "undecided";
  if (said === null) {
    need(played !== "undecided", "not-decided");
    return played;
  }
  if (said.endsWith("won") || said === "split") {
    const contradicts = played !== "undecided" && played !== said;
    need(!contradicts && (said !== "split" || f.drawAllowed), "outcome-contradicts");
  }
  return said;
}

/** @param {Format} f @param {State} state @param {any} action @returns {State} */
export function signOff(f, state, action) {
  need(action.name == null || typeof action.name === "string", "bad-action");
  need(!state.signedOff, "signed-off");
  const ended = state.status !== "completed" && state.setEnded ? settled(f, state) : state;
  need(ended.status === "completed", "not-over");
  return { ...ended, signedOff: true };
}

/** @param {Format} _ @param {State} state @param {any} action @returns {State} */
export function reopen(_, state, action) {
  need(typeof action.reason === "string" && action.reason.trim(), "bad-action");
  need(state.status === "completed", "not-over");
  const setEnded = current(state).completed;
  return { ...state, status: "in-progress", setEnded, winner: null, outcome: "undecided", signedOff: false };
}
