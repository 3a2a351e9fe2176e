// Part of the map's viewer: the ground of a cell that has no or little evidence, by its kind.

import { shape, writeAttribute } from "../map_elements.js";
import { CORNER, CORNER_KIND, gapFill } from "./segment_patterns.js";

/** Puts the mark of a kind behind what stands in a cell; "few" has a border (CSS), evidence nothing. */
export function gapMark(place, kind) {
  const present = place.querySelector(":scope > .gap");
  if ((place.dataset.kind ?? "evidence") === kind) return;
  writeAttribute(place, "data-kind", kind === "evidence" ? null : kind);
  present?.remove();
  const mark = gapShape(kind);
  if (mark) place.prepend(mark);
}

/** The mark of a kind for a place of any size; null for those that have none of their own. */
export function gapShape(kind) {
  const fill = gapFill(kind);
  if (fill) return shape("svg", { class: "gap", "aria-hidden": "true", focusable: "false" }, shape("rect", { width: "100%", height: "100%", fill }));
  if (kind !== CORNER_KIND) return null;
  return shape("svg", { class: "gap corner", width: 9, height: 9, "aria-hidden": "true", focusable: "false" }, shape("path", { d: CORNER, class: "map-corner-mark" }));
}
