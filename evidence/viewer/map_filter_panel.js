// Part of the map's viewer (see __init__.py): all that can be filtered by, with live counts.

import { filterCounts } from "./map_filters.js";
import { element, idFor, press, writeAttribute, writeText } from "./map_elements.js";
import { headingLabel } from "./map_texts.js";

const MODES_IN_WORDS = [["any", "any of them"], ["all", "all of them"], ["none", "none of them"]];
const SEARCH_OVER = 15; // headings: above that the list has a field to find one

export function mapFilterPanel(viewer) {
  const { map } = viewer;
  const [since, until] = ["From", "To"].map((label) => yearField(label));
  const hide = element("input", { type: "checkbox", on: { change: () => viewer.change({ hide_empty: hide.checked }) } });
  const sections = map.dimensions.map((dimension) => filterSection(viewer, dimension));
  const panel = element("div", {},
    element("fieldset", { class: "map-years" }, element("legend", { text: "Years" }), since.parentElement, until.parentElement),
    element("label", { class: "map-check" }, hide, element("span", { text: "Hide empty rows and columns" })),
    ...sections.map((section) => section.element));

  function yearField(label) {
    const input = element("input", { type: "number", min: 1000, max: 9999, step: 1, on: { change: readYears } });
    element("label", { class: "map-field" }, element("span", { text: label }), input);
    return input;
  }

  function readYears() {
    const years = [since, until].map((input) => (/^\d{1,4}$/.test(input.value) ? Number(input.value) : null));
    viewer.change({ years });
  }

  function update() {
    const { view } = viewer;
    hide.checked = view.hide_empty;
    [since, until].forEach((input, at) => { if (input.getRootNode().activeElement !== input) input.value = view.years[at] ?? ""; });
    for (const section of sections) section.update();
  }

  return { element: panel, update };
}

/** The filters on one dimension: one for each mode, so that "any of" and "none of" go together. */
function filterSection(viewer, dimension) {
  const summary = element("summary", {}, element("span", { text: dimension.title, dir: "auto" }), element("span", { class: "map-count" }));
  const body = element("div", {});
  const details = element("details", { class: "map-filter-section", on: { toggle: update } }, summary, body);
  let mode = null;
  let rows = null;

  function fill() {
    const name = idFor("mode");
    const modes = MODES_IN_WORDS.map(([value, text]) => element("label", { class: "map-check" },
      element("input", { type: "radio", name, value, checked: value === mode, on: { change: () => { mode = value; update(); } } }), element("span", { text })));
    const search = dimension.ids.length > SEARCH_OVER ? element("input", { type: "search", "aria-label": `Find in ${dimension.title}`, placeholder: "Find…", on: { input: () => narrow(search.value) } }) : null;
    rows = dimension.ids.map((id, position) => {
      const box = element("input", { type: "checkbox", on: { change: () => tick(id, box.checked) } });
      const count = element("span", { class: "map-count" });
      const label = element("label", { class: "map-check" }, box, element("span", { text: headingLabel(dimension, position), dir: "auto" }), count);
      label.style.setProperty("--depth", dimension.depths[position]);
      return { id, box, count, label, text: headingLabel(dimension, position).toLowerCase() };
    });
    body.append(element("fieldset", { class: "map-modes" }, element("legend", { text: "Studies with" }), ...modes),
      ...(dimension.of === "finding" ? [element("p", { class: "map-small", text: "Holds for the same finding that makes the cell." })] : []),
      ...(search ? [search] : []), element("div", { class: "map-codes", role: "group", "aria-label": dimension.title }, ...rows.map(({ label }) => label)));
  }

  function filtersHere() {
    return viewer.view.filters.filter((filter) => filter.dimension === dimension.id);
  }

  function update() {
    const here = filtersHere();
    const ticks = here.reduce((sum, { codes }) => sum + codes.length, 0);
    writeText(summary.lastElementChild, ticks ? String(ticks) : "");
    if (!details.open) return;
    mode ??= here[0]?.mode ?? "any";
    if (!rows) fill();
    const ticked = new Set(here.filter((filter) => filter.mode === mode).flatMap(({ codes }) => codes));
    const counts = filterCounts(viewer.map, viewer.view, dimension.id);
    rows.forEach(({ id, box, count, label }, position) => {
      box.checked = ticked.has(id);
      writeText(count, String(counts[position]));
      writeAttribute(label, "data-empty", counts[position] ? null : "");
    });
  }

  function tick(id, isTicked) {
    const others = viewer.view.filters.filter((filter) => filter.dimension !== dimension.id || filter.mode !== mode);
    const codes = filtersHere().filter((filter) => filter.mode === mode).flatMap((filter) => filter.codes).filter((code) => code !== id);
    if (isTicked) codes.push(id);
    viewer.change({ filters: codes.length ? [...others, { dimension: dimension.id, mode, codes }] : others });
  }

  function narrow(text) {
    const wanted = text.trim().toLowerCase();
    for (const row of rows) row.label.hidden = !row.text.includes(wanted);
  }

  return { element: details, update };
}
