// Part of the map's viewer (see __init__.py): the map on a narrow screen, as a list of rows that open.

import { element, press } from "./map_elements.js";
import { shownDepths } from "./map_heads.js";
import { hasBelow, headingLabel, headingPath } from "./map_texts.js";
import { countWords, drawnKind } from "./map_words.js";

export function mapList(viewer) {
  const list = element("ul", { class: "map-list", "aria-label": "Rows of the map" });
  const opened = new Set();

  function update() {
    if (list.hidden) return;
    const { map, view, counts } = viewer;
    const rows = map.byId.get(view.rows);
    const depths = shownDepths(rows, counts.rows);
    const focused = keyOf(list.getRootNode().activeElement);
    list.replaceChildren(...[...counts.rows, null].map((row, at) => rowItem(rows, row, depths[at] ?? 0)));
    if (focused) [...list.querySelectorAll("button")].find((button) => keyOf(button) === focused)?.focus();
  }

  function keyOf(button) {
    return button && list.contains(button) ? `${button.dataset.part} ${button.dataset.row} ${button.dataset.column}` : "";
  }

  function rowItem(rows, row, depth) {
    const { map, view, counts } = viewer;
    const depths = shownDepths(map.byId.get(view.columns), counts.columns);
    const id = row === null ? null : rows.ids[row];
    const isOpen = opened.has(id);
    const name = row === null ? "All rows" : headingLabel(rows, row);
    const toggle = () => { if (isOpen) opened.delete(id); else opened.add(id); update(); };
    const head = element("div", { class: "map-list-row" },
      row !== null && hasBelow(rows, row) ? press(viewer.isOpen("row", row) ? "▾" : "▸", () => viewer.openBranch("row", row, !viewer.isOpen("row", row)),
        { class: "map-branch", "aria-expanded": String(viewer.isOpen("row", row)), "aria-label": `Below ${name}`, data: { part: "branch", row } }) : element("span", { class: "map-branch" }),
      press("", toggle, { "aria-expanded": String(isOpen), data: { part: "row", row: row ?? "" } },
        element("span", { text: name, dir: "auto" }), figures(counts.at(row, null))));
    head.style.setProperty("--depth", depth);
    return element("li", { class: row === null ? "total" : null }, head, isOpen ? element("ul", {}, ...[...counts.columns, null].map((column, at) => cellItem(row, column, depths[at] ?? 0))) : null);
  }

  function cellItem(row, column, depth) {
    const { map, view, counts } = viewer;
    const columns = map.byId.get(view.columns);
    const cell = counts.at(row, column);
    const kind = drawnKind(cell);
    const gap = kind && kind !== "evidence" ? kind : "";
    const above = column === null ? "" : headingPath(columns, column).slice(0, -headingLabel(columns, column).length);
    const item = element("li", {}, press("", () => viewer.openPlace(row, column), { data: { part: "cell", row: row ?? "", column: column ?? "" } },
      element("span", {}, element("span", { class: "map-unseen", text: above }), element("span", { text: column === null ? "All columns" : headingLabel(columns, column), dir: "auto" }), gap ? element("span", { class: "map-small", text: ` ${gap}` }) : null), figures(cell)));
    item.style.setProperty("--depth", depth);
    return item;
  }

  function figures(cell) {
    const made = element("span", { class: "map-figures" }, element("span", { class: "primary", text: String(cell.primary) }), cell.reviews ? element("span", { class: "reviews", text: ` ${cell.reviews} r` }) : null);
    made.setAttribute("aria-hidden", "true");
    return element("span", { class: "map-figures-place" }, made, element("span", { class: "map-unseen", text: countWords(cell) }));
  }

  return { element: list, update };
}
