// @ts-check

/** An instant on the hall's clock, as this reader writes it. @param {number} at */
export function clockTime(at) {
  const timeZone = document.body.dataset.zone || undefined;
  return new Intl.DateTimeFormat(undefined, { timeZone, hour: "numeric", minute: "2-digit" }).format(at);
}
