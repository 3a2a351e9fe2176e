// Part of the map's viewer: what segments look like. Each differs by its pattern, and by its colour
// besides, so that colour alone means nothing.

import { shape } from "../map_elements.js";

/** As evidence/charts/palette.py has them, from Okabe and Ito: a test holds both together. */
export const SEGMENT_COLOURS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#F0E442"];
const PALE = 4; // from here on a colour needs the outline to be seen on white

// Stripes of so many pixels, from and to, in a period, and the angle across them; as plain in a bar of
// 4 pixels as in a large mark. Each differs from all others without its colour.
const WEAVES = [
  null,
  { angle: 90, period: 4, stripes: [[0, 2]] },
  { angle: 135, period: 4.24, stripes: [[0, 2]] },
  { angle: 180, period: 4, stripes: [[0, 2]] },
  { angle: 90, period: 6, stripes: [[0, 4]] },
  { angle: 90, period: 7, stripes: [[0, 2]] },
  { angle: 45, period: 4.24, stripes: [[0, 1.4]] },
  { angle: 90, period: 11, stripes: [[0, 2], [4, 6]] },
  { angle: 135, period: 9, stripes: [[0, 6]] },
  { angle: 45, period: 9, stripes: [[0, 3]] },
  { angle: 90, period: 14, stripes: [[0, 10]] },
  { angle: 90, period: 15, stripes: [[0, 1.5], [3, 4.5], [6, 7.5]] },
  { angle: 135, period: 12, stripes: [[0, 2], [4, 6]] },
  { angle: 90, period: 16, stripes: [[0, 6], [8, 10]] },
];

/** The same as --ground in map_viewer.css. In a style of an element's own a variable costs a frame dear:
 *  the whole style waits for it and is read anew for each element. */
export const GROUND = "light-dark(#fff, #10161d)";

/** In the place of a segment: studies without a code for it, which are hollow. */
export const NOT_CODED = -1;

function weaveOf(index) {
  return WEAVES[index % WEAVES.length];
}

// Those with the same stripes have other colours.
function colourPlace(index) {
  return (index + Math.floor(index / WEAVES.length)) % SEGMENT_COLOURS.length;
}

/** The fill of the segment at a place of the legend. */
export function segmentFill(index) {
  if (index === NOT_CODED) return "transparent";
  return weaveOf(index) ? `url(#map-segment-${index})` : SEGMENT_COLOURS[colourPlace(index)];
}

/** Whether a segment is too pale to be seen without an outline. */
export function isPale(index) {
  return index === NOT_CODED || colourPlace(index) >= PALE;
}

/** The same as an image of CSS, which is drawn sooner. */
export function segmentImage(index) {
  if (index === NOT_CODED) return `linear-gradient(${GROUND}, ${GROUND})`;
  const colour = SEGMENT_COLOURS[colourPlace(index)];
  const weave = weaveOf(index);
  if (!weave) return `linear-gradient(${colour}, ${colour})`;
  const ends = [...weave.stripes.slice(1).map(([from]) => from), weave.period];
  const stops = weave.stripes.map(([from, to], at) => `${colour} ${from ? `${from}px` : 0} ${to}px, ${colour}40 ${to}px ${ends[at]}px`);
  return `repeating-linear-gradient(${weave.angle}deg, ${stops.join(", ")})`;
}

/** All patterns of a map, to be put into the page once. */
export function patterns(segments) {
  const made = Array.from({ length: segments }, (_, index) => index).filter(weaveOf).map((index) => {
    const colour = SEGMENT_COLOURS[colourPlace(index)];
    const { angle, period, stripes } = weaveOf(index);
    return shape("pattern", { id: `map-segment-${index}`, width: period, height: period, patternUnits: "userSpaceOnUse", patternTransform: `rotate(${angle - 90})` },
      shape("rect", { width: period, height: period, fill: colour, "fill-opacity": 0.25 }), ...stripes.map(([from, to]) => shape("rect", { x: from, width: to - from, height: period, fill: colour })));
  });
  return shape("svg", { class: "map-patterns", width: 0, height: 0, "aria-hidden": "true", focusable: "false" }, shape("defs", {}, ...made));
}
