// @ts-check
/** Why a browser does not subscribe, in words that say what to do. */

const NOT_ALLOWED = "This browser does not allow notifications here. Allow them in its settings for this site, and for the browser in the phone's own settings. Then try again.";
const NO_SERVICE = "This browser could not reach its push service. Check the network and try again. In Brave, first switch on Google's services for push messages in its settings. A private window cannot take notifications.";
const IN_THE_WAY = "This browser still holds on to an older subscription. Reload the page and try again.";
const UNKNOWN = "This browser could not turn notifications on. Reload the page and try again.";

/** Our own errors say it already; a browser's are for programmers. @param {unknown} error */
export function whyNot(error) {
  const { name, message } = error instanceof Error ? error : { name: "", message: "" };
  if (name === "Error") return message;
  if (name === "NotAllowedError" || /permission/i.test(message)) return NOT_ALLOWED;
  if (name === "InvalidStateError") return IN_THE_WAY;
  return name === "AbortError" || name === "NetworkError" ? NO_SERVICE : UNKNOWN;
}
