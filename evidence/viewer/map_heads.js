// Part of the map's viewer (see __init__.py): the heads of columns and rows.

import { element, press } from "./map_elements.js";
import { hasBelow, headingLabel, headingPath } from "./map_texts.js";

export const UPRIGHT_OVER = 12; // columns; up to here heads are horizontal

/** How deep each heading stands among those that are shown: 0 where none of them is above it. What
 *  stands over all of them may itself not be shown.
 *  @param {{depths: number[]}} dimension
 *  @param {number[]} shown positions in the order of a tree
 *  @returns {number[]} */
export function shownDepths({ depths }, shown) {
  const above = [];
  return shown.map((position) => {
    while (above.length && above.at(-1) >= depths[position]) above.pop();
    return above.push(depths[position]) - 1;
  });
}

/** The rows of the table's head: an open branch stands over what is below it, and has a column of
 *  its own, "All", for what is counted on it or below it.
 *  @param {number[]} depth of the heading of each column shown, as `shownDepths` has it
 *  @returns {{column: number, kind: "group"|"own"|"leaf", columns: number, rows: number}[][]} */
export function columnHeadRows(depth) {
  const open = depth.map((own, at) => depth[at + 1] > own);
  const levels = Math.max(1, ...depth.map((own, at) => own + (open[at] ? 2 : 1)));
  return Array.from({ length: levels }, (_, level) => {
    const row = [];
    depth.forEach((own, column) => {
      if (own === level && open[column]) {
        let after = column + 1;
        while (depth[after] > own) after++;
        row.push({ column, kind: "group", columns: after - column, rows: 1 });
      } else if (own === level) row.push({ column, kind: "leaf", columns: 1, rows: levels - level });
      else if (own === level - 1 && open[column]) row.push({ column, kind: "own", columns: 1, rows: levels - level });
    });
    return row;
  });
}

const LONGEST_WORD = 14; // letters; longer words may be broken
const LETTER_REM = 0.44; // of heads, whose letters are smaller than those of the page
const BESIDE_WORD_REM = 1.9; // the button of a branch and the space around

/** How wide a column must be, so that no word of its head is broken, in rem. */
export function leastHeadWidth(labels) {
  const letters = Math.max(0, ...labels.flatMap((label) => label.split(/[\s/-]+/)).map((word) => word.length));
  return Math.min(letters, LONGEST_WORD) * LETTER_REM + BESIDE_WORD_REM;
}

/** ▸ or ▾ before a heading that has others below it. */
function branchButton(label, isOpen, place) {
  return press(isOpen ? "▾" : "▸", null, { class: "map-branch", tabindex: "-1", "aria-expanded": String(isOpen), "aria-label": `Below ${label}`, data: { part: "branch", ...place } });
}

function nameButton(text, name, place) {
  return press("", null, { class: "map-name", tabindex: "-1", "aria-label": name, data: { part: "name", ...place } }, element("span", { text, dir: "auto" }));
}

/** A head of a column: its branch button, where it has one, and its name. */
export function columnHead(dimension, head, position) {
  const label = headingLabel(dimension, position);
  const path = headingPath(dimension, position);
  const isGroup = head.kind === "group";
  const place = { row: "", column: String(position) };
  const cell = element("th", { "aria-label": head.kind === "own" ? `All of ${path}` : path, scope: isGroup ? "colgroup" : "col", class: `map-column-head ${head.kind}`, draggable: head.kind === "own" ? null : "true",
    colspan: head.columns > 1 ? head.columns : null, rowspan: head.rows > 1 ? head.rows : null, data: { head: "column", position } });
  const inside = element("div", { class: "map-head" });
  if (head.kind !== "own" && hasBelow(dimension, position)) inside.append(branchButton(label, isGroup, place));
  if (head.kind === "own") inside.append(nameButton("All", `All of ${path}`, place));
  else inside.append(nameButton(label, path, isGroup ? { ...place, part: "group" } : place));
  cell.append(inside);
  return cell;
}

/** A head of a row, indented by its depth among those that are shown. */
export function rowHead(dimension, position, depth, isOpen) {
  const label = headingLabel(dimension, position);
  const place = { row: String(position), column: "" };
  const hasBranch = hasBelow(dimension, position);
  const inside = element("div", { class: "map-head" });
  if (hasBranch) inside.append(branchButton(label, isOpen, place));
  inside.append(nameButton(label, headingPath(dimension, position), place));
  const cell = element("th", { "aria-label": headingPath(dimension, position), scope: "row", class: hasBranch ? "map-row-head branch" : "map-row-head", draggable: "true", data: { head: "row", position } }, inside);
  cell.style.setProperty("--depth", depth);
  return cell;
}
