// Part of the map's viewer: how many studies have which direction, and how they are appraised. It says
// nothing of how large an effect is.

import { element, shape } from "../map_elements.js";
import { APPRAISALS, DIRECTION_SIGNS } from "../map_words.js";
import { stackedBar } from "./stacked_bar.js";

const STRIP = 4;
/** Where there are studies, but none with a finding of the contrast that is shown. */
export const NO_DIRECTION = "none";

export function directionsMark(place, cell, frame) {
  if (!cell.directions) return place.replaceChildren();
  const present = DIRECTION_SIGNS.filter(([name]) => cell.directions[name]);
  const signs = element("span", { class: "signs" }, ...present.map(([name, sign]) => element("span", { class: `sign ${name.replace(" ", "-")}` }, element("span", { text: sign }), element("span", { class: "number", text: String(cell.directions[name]) }))));
  if (!present.length) return place.replaceChildren(...(cell.primary || cell.reviews ? [element("span", { class: "word", text: NO_DIRECTION })] : []));
  place.replaceChildren(signs, ...(cell.directions.appraisal ? [strip(cell.directions.appraisal)] : []));
}

function strip(appraisal) {
  const svg = shape("svg", { class: "bar", height: STRIP, "aria-hidden": "true", focusable: "false" });
  stackedBar(svg, APPRAISALS.map(([key, , index]) => ({ index, number: appraisal[key] ?? 0 })), 0, STRIP);
  return svg;
}
