// @ts-check
/**
 * What a device plans by itself, told to the one page that the server makes of it: in a cookie
 * that goes nowhere else (courtsync_web/coverage/device.py). An account's plan needs none.
 */
import { followedAt } from "../following/store.js";
import { THIS_DEVICE } from "../storage/local.js";
import { modeInForce } from "../storage/mode.js";
import { owner } from "./plan.js";

const A_YEAR = 31_536_000;
/** Browsers refuse a cookie beyond 4,096 bytes, its name and attributes included. */
const LONGEST = 3_700;

/** @param {string} eventId @param {import("./merge.js").Plan} plan */
export function tellPage(eventId, { selectedMatches, shot, stay, aim }) {
  if (owner() !== THIS_DEVICE.id || modeInForce() === "local") return;
  const followed = followedAt(eventId);
  const told = [[stay], [aim], selectedMatches, shot, followed].map((part) => part.join(".")).join("~");
  const some = selectedMatches.length || followed.length ? told : "";
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `plan=${some.length > LONGEST ? "" : some}; Path=/events/${eventId}/coverage; Max-Age=${some ? A_YEAR : 0}; SameSite=Lax${secure}`;
}
