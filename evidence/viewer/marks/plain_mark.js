// Part of the map's viewer: numbers and words alone, a line for each segment.

import { element } from "../map_elements.js";

export function plainMark(place, cell, frame) {
  const lines = [];
  if (cell.primary || cell.reviews || frame.isTotal) lines.push(line("", cell, "all"));
  if (frame.indexOf) for (const part of cell.segments) lines.push(line(frame.labelFor(part.position), part, ""));
  if (!lines.length && frame.gapWords(cell)) lines.push(element("span", { class: "word", text: frame.gapWords(cell) }));
  place.replaceChildren(...lines);
}

function line(label, { primary, reviews }, kind) {
  return element("span", { class: `line ${kind}` }, label ? element("span", { class: "label", text: label, dir: "auto" }) : null,
    element("span", { class: "numbers", text: `${primary || "–"}${reviews ? ` · ${reviews} r` : ""}` }));
}
