// Part of the map's viewer (see __init__.py): what stands in rows, columns and segments, and in which
// order.

import { ALL_BRANCHES } from "./map_address.js";
import { element, labelledSelect, press } from "./map_elements.js";

const ORDERS = [["scheme", "as in the scheme"], ["count", "by number of studies"]];

export function mapLayoutPanel(viewer) {
  const panel = element("div", {});

  function update() {
    if (viewer.panel !== "layout") return;
    const { map, view } = viewer;
    const focused = panel.getRootNode().activeElement?.dataset.field;
    const choices = map.dimensions.map(({ id, title, of }) => [id, of === "finding" ? `${title} (of findings)` : title]);
    panel.replaceChildren(
      axisFields("Rows", "row", choices), axisFields("Columns", "column", choices),
      view.page === "map" ? field(labelledSelect("Segments", [["", "none"], ...choices], view.segment ?? "", (id) => viewer.change({ segment: id || null })), "segment") : "",
      field(press("Swap rows and columns", swap), "swap"),
      element("p", { class: "map-small", text: "Heads can be put in order by hand: drag them, or Shift and an arrow on a head." }));
    if (focused) panel.querySelector(`[data-field="${focused}"]`)?.focus();
  }

  function axisFields(title, axis, choices) {
    const { view } = viewer;
    const [key, open, order] = [`${axis}s`, `open_${axis}s`, `order_${axis}s`];
    const orders = Array.isArray(view[order]) ? [...ORDERS, ["hand", "by hand"]] : ORDERS;
    return element("fieldset", {}, element("legend", { text: title }),
      field(labelledSelect("What", choices, view[key], (id) => viewer.change({ [key]: id, [open]: [], [order]: "scheme", at: null })), key),
      field(labelledSelect("Order", orders, Array.isArray(view[order]) ? "hand" : view[order], (value) => value !== "hand" && viewer.change({ [order]: value })), order),
      element("div", { class: "map-pair" },
        field(press("Open all", () => viewer.change({ [open]: [ALL_BRANCHES] }), { "aria-label": `Open all ${key}` }), `all-${key}`),
        field(press("Close all", () => viewer.change({ [open]: [] }), { "aria-label": `Close all ${key}` }), `none-${key}`)));
  }

  function swap() {
    const { view } = viewer;
    viewer.change({ rows: view.columns, columns: view.rows, open_rows: view.open_columns, open_columns: view.open_rows,
      order_rows: view.order_columns, order_columns: view.order_rows, at: view.at && [view.at[1], view.at[0]] });
  }

  function field(made, name) {
    (made.querySelector("select") ?? made).dataset.field = name;
    return made;
  }

  return { element: panel, update };
}
