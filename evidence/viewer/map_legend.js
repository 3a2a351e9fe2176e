// Part of the map's viewer (see __init__.py): what patterns, figures and tints mean, in words.

import { element, shape } from "./map_elements.js";
import { headingLabel } from "./map_texts.js";
import { APPRAISALS, DIRECTION_SIGNS, KIND_WORDS, drawnKind } from "./map_words.js";
import { NO_DIRECTION } from "./marks/directions_mark.js";
import { isPale, segmentFill } from "./marks/segment_patterns.js";

const VIEW_WORDS = {
  numbers: [["large figure", "primary studies"], ["small figure with r", "reviews, which may hold the same studies"]],
  table: [["large figure", "primary studies"], ["small figure with r", "reviews, which may hold the same studies"]],
  bubbles: [["●", "primary studies, by area"], ["□", "reviews, by area; they may hold the same studies"]],
  mosaic: [["left", "primary studies, by area"], ["right", "reviews, by area; they may hold the same studies"]],
  donut: [["left", "primary studies, by area"], ["right", "reviews, by area; they may hold the same studies"]],
  directions: [...DIRECTION_SIGNS.map(([name, sign]) => [sign, name]), [NO_DIRECTION, "no study with this contrast"], ["", "numbers of studies, each with one direction for this contrast; not how large an effect is"]],
};

/** The kinds of cells that this picture has, its segments, and what its figures are. */
export function mapLegend(viewer) {
  const list = element("ul", { class: "map-legend", "aria-label": "Legend" });

  function update() {
    const { map, view, frame } = viewer;
    const segment = map.byId.get(view.segment);
    const figures = VIEW_WORDS[view.view] ?? [];
    const entries = [];
    for (const [figure, text] of figures) entries.push(entry(element("span", { class: "map-figure", text: figure }), text));
    if (view.view === "directions" && hasAppraisal(viewer.counts)) for (const [, text, index] of APPRAISALS) entries.push(entry(swatch(segmentFill(index), isPale(index)), text));
    if (view.view === "numbers") entries.push(element("li", { class: "map-tint-entry" }, element("span", { class: "map-tints", "aria-hidden": "true" }), "stronger colour: more primary studies"));
    if (segment && view.view !== "directions") for (const [position, index] of frame.indexOf) entries.push(entry(swatch(segmentFill(index), isPale(index)), headingLabel(segment, position)));
    const shown = kinds(viewer.counts);
    for (const kind of shown) entries.push(entry(kindSwatch(kind), KIND_WORDS[kind]));
    if (shown.length && viewer.counts.passing < viewer.counts.of) entries.push(element("li", { class: "map-small", text: "gaps are judged by all studies, whatever the filters" }));
    list.replaceChildren(...entries);
  }

  function hasAppraisal({ rows, columns, at }) {
    return Boolean(rows.length && columns.length && at(rows[0], columns[0]).directions?.appraisal);
  }

  function entry(mark, text) {
    return element("li", {}, mark, element("span", { text, dir: "auto" }));
  }

  function swatch(fill, pale) {
    return shape("svg", { class: pale ? "swatch pale" : "swatch", width: 34, height: 12, "aria-hidden": "true", focusable: "false" }, shape("rect", { width: "100%", height: "100%", fill }));
  }

  function kindSwatch(kind) {
    return element("span", { class: "map-kind", "data-kind": kind, "aria-hidden": "true" });
  }

  function kinds({ rows, columns, figures }) {
    const seen = new Set([...rows, null].flatMap((row) => [...columns, null].map((column) => drawnKind(figures(row, column)))));
    return Object.keys(KIND_WORDS).filter((kind) => seen.has(kind));
  }

  return { element: list, update };
}
