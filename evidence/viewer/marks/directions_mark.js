// Part of the map's viewer: how many studies have which direction, and how they are appraised. It says
// nothing of how large an effect is.

import { element } from "../map_elements.js";
import { APPRAISALS, DIRECTION_SIGNS } from "../map_words.js";
import { stackedBars } from "./stacked_bar.js";

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
  const bar = element("span", { class: "bar" });
  stackedBars(bar, [APPRAISALS.map(([key, , index]) => ({ index, number: appraisal[key] ?? 0 }))]);
  return bar;
}
