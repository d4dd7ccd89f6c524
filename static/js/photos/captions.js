// @ts-check
/**
 * What is written about a picture: caption, file name, table, sidecar. Pure.
 *
 * @typedef {import("./matching.js").Shot} Shot
 * @typedef {{name: string, zone: string}} Event
 */
import { partsOf } from "./camera-time.js";

const HEADERS = ["file", "new name", "caption", "taken", "event", "division", "court", "team 1", "team 2", "set", "score"];
/** A cell that begins so is run as a formula by spreadsheets. */
const FORMULA = /^[=+\-@\t\r]/;
const LONGEST = 120;

/** "15 Open, Court 12, set 2, 18–17: Harbor – Falcon". @param {Shot} shot */
export function caption({ match, rally, when }) {
  if (!match) return "";
  const moment = when === "before" ? "warming up" : when === "after" ? "after the match" : rally ? `set ${rally.set}, ${rally.one}–${rally.two}` : "";
  const where = [match.division, placed(match.court), moment].filter(Boolean).join(", ");
  return `${where}: ${match.one} – ${match.two}`;
}

/** A court's name as one says it: "12" alone is "Court 12". @param {string} court */
function placed(court) {
  return /^\d/.test(court) ? `Court ${court}` : court;
}

/** A name that every disk takes: "2026-01-31_100533_15-open_court-12_set-2_18-17_harbor_falcon_IMG_1234.JPG". @param {Shot} shot @param {Event} event */
export function fileName({ photo, at, match, rally, when }, { zone }) {
  if (!match || at === null) return photo.name;
  const moment = when === "play" && rally ? [`set-${rally.set}`, `${rally.one}-${rally.two}`] : [when];
  const parts = [stamp(at, zone, "-", "_", ""), ...[match.division, placed(match.court), ...moment, match.one, match.two].map(plain)];
  return `${parts.filter(Boolean).join("_").slice(0, LONGEST)}_${photo.name.replace(/[\\/:*?"<>|\p{Cc}]/gu, "-")}`;
}

/** Small letters, digits, hyphens; letters of any script. @param {string} text */
function plain(text) {
  return text.normalize("NFC").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "").slice(0, 40);
}

/** On the venue's clock. @param {number} at @param {string} zone @param {string} inDate @param {string} between @param {string} inTime */
function stamp(at, zone, inDate, between, inTime) {
  const [year, month, ...rest] = partsOf(at, zone).map((part, index) => String(index === 1 ? part + 1 : part).padStart(index ? 2 : 4, "0"));
  const [day, hour, minute, second] = rest;
  return [year, month, day].join(inDate) + between + [hour, minute, second].join(inTime);
}

/** All pictures as CSV, with the mark that spreadsheets need. @param {Shot[]} shots @param {Event} event */
export function table(shots, event) {
  const rows = shots.map((shot) => {
    const { photo, at, match, rally, when } = shot;
    const score = rally && when !== "before" ? [String(rally.set), `${rally.one}–${rally.two}`] : ["", ""];
    const taken = at === null ? "" : stamp(at, event.zone, "-", " ", ":");
    return [photo.name, fileName(shot, event), caption(shot), taken, event.name, match?.division ?? "", match?.court ?? "", match?.one ?? "", match?.two ?? "", ...score];
  });
  return `\ufeff${[HEADERS, ...rows].map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

/** @param {string} text */
function cell(text) {
  const harmless = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** Captions as plain text, a picture a line. @param {Shot[]} shots */
export function lines(shots) {
  return shots.map((shot) => `${shot.photo.name}\t${caption(shot).replace(/[\t\r\n]+/g, " ")}\n`).join("");
}

/** A sidecar that picture programs read (XMP). @param {Shot} shot @param {Event} event */
export function sidecar(shot, event) {
  const { match } = shot;
  const words = [event.name, match?.division, match?.one, match?.two].filter(Boolean).map((word) => `<rdf:li>${escaped(String(word))}</rdf:li>`);
  const title = match ? match.one + " – " + match.two : event.name;
  return `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"
 photoshop:Headline="${escaped(title)}" Iptc4xmpCore:Location="${escaped(match?.court ?? "")}">
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">${escaped(caption(shot))}</rdf:li></rdf:Alt></dc:description>
<dc:subject><rdf:Bag>${words.join("")}</rdf:Bag></dc:subject>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>
`;
}

/** XML takes no control characters, not even escaped. @param {string} text */
function escaped(text) {
  const signs = /** @type {Record<string, string>} */ ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;" });
  return text.replace(/[^\P{Cc}\t\n\r]|\p{Cs}|[\ufffe\uffff]/gu, "").replace(/[&<>"']/g, (sign) => signs[sign]);
}

/** Sidecars by file name: beside IMG_1.JPG lies IMG_1.xmp. @param {Shot[]} shots @param {Event} event */
export function sidecars(shots, event) {
  const written = shots.filter(({ match }) => match).map((shot) => [shot.photo.name.replace(/\.[^.]*$/, "") + ".xmp", sidecar(shot, event)]);
  return Object.fromEntries(written);
}
