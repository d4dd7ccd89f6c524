// @ts-check
/**
 * A scoreboard's numerals, drawn to the room there is.
 *
 * No phone brings a typeface tall and narrow enough to be read from the far bench, so each
 * numeral is one stroke whose straight parts stretch while its curves and weight stay.
 */

const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 100;
const WEIGHT = 34;
const GAP = 22;

/**
 * The stroke of a numeral in a box `w` wide and `h` high.
 * @param {string} numeral
 * @param {number} w
 * @param {number} h
 */
function stroke(numeral, w, h) {
  const r = w / 2;
  const m = h * 0.47; // the waist of 3, 5, 6, 8, 9
  const q = Math.min(r, m / 2); // how high their loops curve
  const open = h * 0.04; // what a loose end adds to its curve
  const half = WEIGHT / 2;
  const big = `A${r} ${r} 0 0`;
  const loop = `A${r} ${q} 0 0`;
  const low = h - m + h * 0.01; // waist of the 6; the 9 is its half turn
  switch (numeral) {
    case "0":
      return `M0 ${r}${big} 1 ${w} ${r}V${h - r}${big} 1 0 ${h - r}Z`;
    case "1":
      return `M${w * 0.1} ${h * 0.16}L${w * 0.58} 0V${h + half}`;
    case "2":
      return `M0 ${r + open}V${r}${big} 1 ${w} ${r}C${w} ${h * 0.5} 0 ${h * 0.62} 0 ${h}H${w + half}`;
    case "3":
      return (
        `M0 ${q + open}V${q}${loop} 1 ${w} ${q}V${m - q}${loop} 1 ${r} ${m}H${w * 0.3}` +
        `M${r} ${m}${loop} 1 ${w} ${m + q}V${h - q}${loop} 1 0 ${h - q}V${h - q - open}`
      );
    case "4":
      return `M${w * 0.62} 0L0 ${h * 0.7}H${w + half}M${w * 0.76} ${h * 0.42}V${h + half}`;
    case "5":
      return (
        `M${w + WEIGHT / 3} 0H${w * 0.04}V${m - open}H${r}` +
        `${loop} 1 ${w} ${m - open + q}V${h - q}${loop} 1 0 ${h - q}V${h - q - open}`
      );
    case "6":
      return (
        `M${w} ${q + open}V${q}${loop} 0 0 ${q}V${h - q}${loop} 0 ${w} ${h - q}` +
        `V${h - low + q - open}${loop} 0 0 ${h - low + q - open}`
      );
    case "7":
      return `M${-half} 0H${w}C${w * 0.9} ${h * 0.3} ${w * 0.36} ${h * 0.6} ${w * 0.34} ${h + half}`;
    case "8":
      return (
        `M${r} ${m}${loop} 1 0 ${m - q}V${q}${loop} 1 ${w} ${q}V${m - q}${loop} 1 ${r} ${m}` +
        `${loop} 1 ${w} ${m + q}V${h - q}${loop} 1 0 ${h - q}V${m + q}${loop} 1 ${r} ${m}`
      );
    case "9":
      return (
        `M0 ${h - q - open}V${h - q}${loop} 0 ${w} ${h - q}V${q}${loop} 0 0 ${q}` +
        `V${low - q + open}${loop} 0 ${w} ${low - q + open}`
      );
    default:
      return "";
  }
}

/**
 * Draw `points` into an `<svg>` so that it fills `room` as high as it can.
 * @param {SVGSVGElement} svg
 * @param {number} points
 * @param {{width: number, height: number}} room  in CSS pixels
 */
export function draw(svg, points, room) {
  const numerals = [...String(points)];
  // Room for two from the first point on: the size must not jump at 10.
  const places = Math.max(2, numerals.length);
  const wide = places * (WIDTH + WEIGHT) + (places - 1) * GAP;
  const high = Math.min(WIDTH * 3.9, Math.max(WIDTH * 2, (room.height / room.width) * wide)) - WEIGHT;
  const used = numerals.length * (WIDTH + WEIGHT) + (numerals.length - 1) * GAP;
  svg.setAttribute("viewBox", `${-(wide - used) / 2} 0 ${wide} ${high + WEIGHT}`);
  svg.replaceChildren(
    ...numerals.map((numeral, place) => {
      const path = document.createElementNS(SVG, "path");
      path.setAttribute("d", stroke(numeral, WIDTH, high));
      path.setAttribute("stroke-width", String(WEIGHT));
      const x = WEIGHT / 2 + place * (WIDTH + WEIGHT + GAP);
      path.setAttribute("transform", `translate(${x} ${WEIGHT / 2})`);
      return path;
    }),
  );
}
