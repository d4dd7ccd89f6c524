// @ts-check
/**
 * When a picture was taken, by what the camera wrote into it. Pure.
 *
 * @typedef {{taken?: string, fraction?: string, offset?: string}} CameraTime  DateTimeOriginal
 *   ("2026:01:31 10:05:33"), SubSecTimeOriginal ("42"), OffsetTimeOriginal ("-06:00")
 */

const TAKEN = /^(\d{4})[:-](\d{2})[:-](\d{2})[ T](\d{2}):(\d{2}):(\d{2})/;
const OFFSET = /^([+-])(\d{2}):(\d{2})/;
const MINUTE = 60_000;

/**
 * The instant in milliseconds; null where the camera wrote none. Most cameras know no time zone:
 * theirs is the clock on the hall's wall.
 * @param {CameraTime} time @param {string} zone  IANA name of the venue's
 */
export function instantOf({ taken, fraction, offset }, zone) {
  const found = TAKEN.exec(taken ?? "");
  if (!found) return null;
  const [, year, month, day, hour, minute, second] = found.map(Number);
  const wall = Date.UTC(year, month - 1, day, hour, minute, second);
  if (Number.isNaN(wall) || !year) return null;
  const part = /^\d+/.exec(fraction?.trim() ?? "")?.[0];
  const ms = part ? Math.floor(Number(`0.${part}`) * 1000) : 0;
  const ahead = OFFSET.exec(offset?.trim() ?? "");
  if (ahead) return wall + ms - (ahead[1] === "-" ? -1 : 1) * (Number(ahead[2]) * 60 + Number(ahead[3])) * MINUTE;
  return wallToInstant(wall, zone) + ms;
}

/** A wall clock (as if it were UTC) as an instant of the zone. @param {number} wall @param {string} zone */
export function wallToInstant(wall, zone) {
  const guess = wall - aheadOf(wall, zone);
  return wall - aheadOf(guess, zone);
}

/** How far the zone's clock is ahead of UTC at an instant. @param {number} at @param {string} zone */
function aheadOf(at, zone) {
  return Date.UTC(...partsOf(at, zone)) - Math.floor(at / 1000) * 1000;
}

/** @type {Map<string, Intl.DateTimeFormat>} */
const FORMATS = new Map();

/** Year, month from 0, day, hour, minute, second on the zone's clock. @param {number} at @param {string} zone @returns {[number, number, number, number, number, number]} */
export function partsOf(at, zone) {
  if (!FORMATS.has(zone)) {
    FORMATS.set(zone, new Intl.DateTimeFormat("en-US", { timeZone: zone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric" }));
  }
  const parts = Object.fromEntries((FORMATS.get(zone)?.formatToParts(at) ?? []).map(({ type, value }) => [type, Number(value)]));
  return [parts.year, parts.month - 1, parts.day, parts.hour, parts.minute, parts.second];
}
