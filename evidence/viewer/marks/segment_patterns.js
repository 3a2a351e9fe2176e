// Part of the map's viewer: what segments and gaps look like. Each differs by its pattern, and by
// its colour besides, so that colour alone means nothing.

import { shape } from "../map_elements.js";

/** As evidence/charts/palette.py has them, from Okabe and Ito: a test holds both together. */
export const SEGMENT_COLOURS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#F0E442"];
const PALE = 4; // from here on a colour needs the outline to be seen on white

// Paths in a square of so many pixels; they are as plain in a bar of 4 pixels as in a large mark.
const WEAVES = [
  null,
  { size: 4, path: "M1 0V4", width: 2 },
  { size: 6, path: "M-1 7L7 -1M-4 4L4 -4M2 10L10 2", width: 2 },
  { size: 4, path: "M0 1H4", width: 2 },
  { size: 4, path: "M0 1H2M2 3H4", width: 2 },
  { size: 7, path: "M1 0V7", width: 2 },
  { size: 6, path: "M-1 -1L7 7M-4 2L4 10M2 -4L10 4", width: 1.4 },
];

const GAPS = {
  "no study": { size: 7, path: "M-1 8L8 -1M-4 4L4 -4M3 11L11 3", width: 0.9, quiet: true },
  "ongoing only": { size: 9, path: "M-1 10L10 -1M-4 4L4 -4M5 13L13 5", width: 3.2 },
  "low weight only": { size: 5, path: "M1.5 2.5H3.5", width: 2 },
  "none under these filters": { size: 14, path: "M4 7H10", width: 1.2 },
  "not applicable": { size: 8, path: "M0 0L8 8M8 0L0 8", width: 1 },
};

/** In the place of a segment: studies without a code for it, which are hollow. */
export const NOT_CODED = -1;

/** The kind whose mark is a corner, since what stands in its cells is to be seen: 9 by 9 pixels. */
export const CORNER_KIND = "synthesis gap";
export const CORNER = "M0 0H9V9Z";

/** The fill of the segment at a place of the legend. */
export function segmentFill(index) {
  if (index === NOT_CODED) return "transparent";
  return index % WEAVES.length === 0 ? SEGMENT_COLOURS[index % SEGMENT_COLOURS.length] : `url(#map-segment-${index})`;
}

/** Whether a segment is too pale to be seen without an outline. */
export function isPale(index) {
  return index === NOT_CODED || index % SEGMENT_COLOURS.length >= PALE;
}

export function gapFill(kind) {
  return kind in GAPS ? `url(#map-gap-${kind.replaceAll(" ", "-")})` : null;
}

/** All patterns of a map, to be put into the page once. */
export function patterns(segments) {
  const weave = (id, { size, path, width }, below, line) => shape("pattern", { id, width: size, height: size, patternUnits: "userSpaceOnUse" },
    below, shape("path", { d: path, "stroke-width": width, fill: "none", ...line }));
  const made = Array.from({ length: segments }, (_, index) => index).filter((index) => WEAVES[index % WEAVES.length]).map((index) => {
    const colour = SEGMENT_COLOURS[index % SEGMENT_COLOURS.length];
    const form = WEAVES[index % WEAVES.length];
    const below = shape("rect", { width: form.size, height: form.size, fill: colour, "fill-opacity": 0.25 });
    return weave(`map-segment-${index}`, form, below, { stroke: colour });
  });
  for (const [kind, form] of Object.entries(GAPS)) {
    made.push(weave(`map-gap-${kind.replaceAll(" ", "-")}`, form, null, { class: form.quiet ? "map-gap-line quiet" : "map-gap-line" }));
  }
  return shape("svg", { class: "map-patterns", width: 0, height: 0, "aria-hidden": "true", focusable: "false" }, shape("defs", {}, ...made));
}
