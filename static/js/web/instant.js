// @ts-check

/**
 * An instant from a clock on the hall's wall; in an hour that a clock change skips, one nearby.
 * @param {string} day `2026-01-31` @param {string} clock `12:30` @param {string} zone
 */
export function instantAt(day, clock, zone) {
  const as = Date.parse(`${day}T${clock}:00Z`);
  const first = as - offsetOf(as, zone);
  return as - offsetOf(first, zone);
}

/** How far the hall's clock is ahead of UTC, in milliseconds. @param {number} at @param {string} zone */
function offsetOf(at, zone) {
  const shape = new Intl.DateTimeFormat("en-US", { timeZone: zone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric" });
  const parts = Object.fromEntries(shape.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  return Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute) - Math.floor(at / 60_000) * 60_000;
}
