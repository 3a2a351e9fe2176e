// Part of the map's viewer: what segments look like. Each differs by its pattern, and by its colour
// besides, so that colour alone means nothing.

import { shape } from "../map_elements.js";

/** As evidence/charts/palette.py has them, from Okabe and Ito: a test holds both together. */
export const SEGMENT_COLOURS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#F0E442"];
const PALE = 4; // from here on a colour needs the outline to be seen on white

// Lines: a path in a square of so many pixels, and the angle across them; as plain in a bar of 4 pixels
// as in a large mark.
const WEAVES = [
  null,
  { size: 4, path: "M1 0V4", width: 2, angle: 90 },
  { size: 6, path: "M-1 7L7 -1M-4 4L4 -4M2 10L10 2", width: 2, angle: 135 },
  { size: 4, path: "M0 1H4", width: 2, angle: 180 },
  { size: 6, path: "M2 0V6", width: 4, angle: 90 },
  { size: 7, path: "M1 0V7", width: 2, angle: 90 },
  { size: 6, path: "M-1 -1L7 7M-4 2L4 10M2 -4L10 4", width: 1.4, angle: 45 },
];

/** The same as --ground in map_viewer.css. In a style of an element's own a variable costs a frame dear:
 *  the whole style waits for it and is read anew for each element. */
export const GROUND = "light-dark(#fff, #10161d)";

/** In the place of a segment: studies without a code for it, which are hollow. */
export const NOT_CODED = -1;

/** The fill of the segment at a place of the legend. */
export function segmentFill(index) {
  if (index === NOT_CODED) return "transparent";
  return index % WEAVES.length === 0 ? SEGMENT_COLOURS[index % SEGMENT_COLOURS.length] : `url(#map-segment-${index})`;
}

/** Whether a segment is too pale to be seen without an outline. */
export function isPale(index) {
  return index === NOT_CODED || index % SEGMENT_COLOURS.length >= PALE;
}

/** The same as an image of CSS, which is drawn sooner. */
export function segmentImage(index) {
  if (index === NOT_CODED) return `linear-gradient(${GROUND}, ${GROUND})`;
  const colour = SEGMENT_COLOURS[index % SEGMENT_COLOURS.length];
  const form = WEAVES[index % WEAVES.length];
  if (!form) return `linear-gradient(${colour}, ${colour})`;
  const period = form.angle % 90 ? (form.size / Math.SQRT2).toFixed(2) : form.size;
  return `repeating-linear-gradient(${form.angle}deg, ${colour} 0 ${form.width}px, ${colour}40 ${form.width}px ${period}px)`;
}

/** All patterns of a map, to be put into the page once. */
export function patterns(segments) {
  const made = Array.from({ length: segments }, (_, index) => index).filter((index) => WEAVES[index % WEAVES.length]).map((index) => {
    const colour = SEGMENT_COLOURS[index % SEGMENT_COLOURS.length];
    const { size, path, width } = WEAVES[index % WEAVES.length];
    return shape("pattern", { id: `map-segment-${index}`, width: size, height: size, patternUnits: "userSpaceOnUse" },
      shape("rect", { width: size, height: size, fill: colour, "fill-opacity": 0.25 }), shape("path", { d: path, "stroke-width": width, fill: "none", stroke: colour }));
  });
  return shape("svg", { class: "map-patterns", width: 0, height: 0, "aria-hidden": "true", focusable: "false" }, shape("defs", {}, ...made));
}
