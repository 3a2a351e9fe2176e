// Part of the map's viewer (see __init__.py): the map as a table. It is built once for its rows and
// columns; filters only change what stands in its cells.

import { element, press, writeAttribute } from "./map_elements.js";
import { dragHeads } from "./map_drag.js";
import { UPRIGHT_OVER, columnHead, columnHeadRows, rowHead } from "./map_heads.js";
import { moveInSlots, tableSlots } from "./map_moves.js";
import { headingLabel, headingPath } from "./map_texts.js";
import { cellWords, drawnKind } from "./map_words.js";
import { gapMark } from "./marks/gap_mark.js";
import { MARKS } from "./marks/marks.js";

const TINTS = 9;
const WIDE_VIEWS = new Set(["table", "directions"]); // their cells have room for horizontal heads
const SCALED_VIEWS = new Set(["bubbles", "mosaic", "donut"]); // what one cell has changes the size of all marks
const ROWS_AT_FIRST = 25;
const ROWS_AT_ONCE = 6; // a pause after them lets keys and pointer through
const NEARLY = "100px 0px";
const KEYS = ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End", "PageUp", "PageDown"];

/** The table of a viewer. Its cells and heads hold buttons, one of which takes the focus of the tab
 *  key; arrows lead from one to the next.
 *  @returns {{element: HTMLElement, update: () => void, focus: (row: number|null, column: number|null) => void,
 *    fillAll: () => void}} fillAll: before printing */
export function mapTable(viewer) {
  const table = element("table", { role: "grid", class: "map-table" });
  const scroll = element("div", { class: "map-scroll" }, table);
  const state = { sign: "", buttons: [], signs: [], drawing: null, seen: null, waiting: [], timer: 0, slots: null, stop: null, at: null, marked: [] };
  const rowNumbers = new WeakMap();
  const watch = new IntersectionObserver((entries) => {
    state.seen ??= new Set();
    for (const { target, isIntersecting } of entries) if (isIntersecting) state.seen.add(rowNumbers.get(target)); else state.seen.delete(rowNumbers.get(target));
  }, { root: scroll, rootMargin: NEARLY });
  const blank = element("td", {}, element("button", { type: "button", class: "map-cell", tabindex: "-1", "data-part": "cell" }, element("span", { class: "map-mark" })));

  function update() {
    const { view, counts } = viewer;
    if (scroll.hidden) return;
    const sign = JSON.stringify([view.rows, view.columns, view.segment, view.view, counts.columns, counts.rows]);
    if (sign !== state.sign) {
      state.sign = sign;
      const active = table.getRootNode().activeElement;
      const hadFocus = table.contains(active);
      const key = state.stop ? keyOf(state.stop) : "";
      build();
      stand(buttonOf(key) ?? state.buttons[0] ?? table.querySelector("button"), hadFocus);
    }
    fill();
  }

  function build() {
    const { map, view, counts } = viewer;
    const [rows, columns] = [map.byId.get(view.rows), map.byId.get(view.columns)];
    const isUpright = counts.columns.length > UPRIGHT_OVER && !WIDE_VIEWS.has(view.view);
    table.className = `map-table view-${view.view}${isUpright ? " upright" : ""}${view.segment ? " segmented" : ""}`;
    table.style.setProperty("--columns", counts.columns.length + 1);
    writeAttribute(table, "aria-label", `${rows.title} by ${columns.title}`);
    table.replaceChildren(head(rows, columns), body(rows), foot());
    state.buttons = [...table.querySelectorAll(".map-cell")];
    state.signs = [];
    state.slots = null;
    state.stop = null;
    state.marked = [];
    watchRows();
  }

  function head(rows, columns) {
    const { counts } = viewer;
    const levels = columnHeadRows(counts.columns.map((position) => columns.depths[position]));
    const made = levels.map((level) => element("tr", {}, ...level.map((place) => columnHead(columns, place, counts.columns[place.column]))));
    made[0].prepend(element("td", { class: "map-corner", rowspan: levels.length },
      element("div", { class: "map-head" }, element("span", { text: `${columns.title} →` }), element("span", { text: `${rows.title} ↓` }))));
    made[0].append(element("th", { scope: "col", class: "map-column-head total", rowspan: levels.length }, element("div", { class: "map-head" }, allButton("All columns together"))));
    return element("thead", {}, ...made);
  }

  function allButton(name) {
    return press("", null, { class: "map-name", tabindex: "-1", "aria-label": name, data: { part: "name", row: "", column: "" } }, element("span", { text: "All" }));
  }

  function body(rows) {
    const { counts } = viewer;
    const { depths } = rows;
    return element("tbody", {}, ...counts.rows.map((position, at) => {
      const isOpen = depths[counts.rows[at + 1]] > depths[position];
      return cellRow(rowHead(rows, position, isOpen), position);
    }));
  }

  function foot() {
    return element("tfoot", {}, cellRow(element("th", { scope: "row", class: "map-row-head total" }, element("div", { class: "map-head" }, allButton("All rows together"))), null));
  }

  function cellRow(head, row) {
    const made = element("tr", {}, head);
    for (const column of [...viewer.counts.columns, null]) {
      const cell = blank.cloneNode(true);
      if (row === null || column === null) cell.className = "total";
      const button = cell.firstChild;
      button.dataset.row = row ?? "";
      button.dataset.column = column ?? "";
      made.append(cell);
    }
    return made;
  }

  // What stands in each cell: at once in the rows that are seen, in the others soon after. Until then
  // the table is busy.
  function fill() {
    const { map, view, counts, cells } = viewer;
    const [rows, columns, segment] = [view.rows, view.columns, view.segment].map((id) => map.byId.get(id));
    const frame = { ...viewer.frame, most: largest(cells.slice(0, -1).flatMap((line) => line.slice(0, -1))) };
    state.drawing = {
      frame, mark: MARKS[view.view],
      total: { ...frame, isTotal: true, indexOf: view.view === "directions" ? null : frame.indexOf }, // patterns are appraisals there
      markOfTotal: view.view === "table" ? MARKS.table : MARKS.numbers, // totals are too large for pictures
      scale: SCALED_VIEWS.has(view.view) ? Object.values(frame.most).join() : "",
      rowNames: [...counts.rows.map((position) => headingPath(rows, position)), "All rows"],
      columnNames: [...counts.columns.map((position) => headingPath(columns, position)), "All columns"],
      segmentLabel: (position) => headingLabel(segment, position),
    };
    const all = cells.map((_, down) => down);
    const isSeen = (down) => down === cells.length - 1 || (state.seen ? state.seen.has(down) : down < ROWS_AT_FIRST);
    all.filter(isSeen).forEach(fillRow);
    state.waiting = all.filter((down) => !isSeen(down));
    clearTimeout(state.timer);
    writeAttribute(table, "aria-busy", state.waiting.length ? "true" : null);
    if (state.waiting.length) state.timer = setTimeout(fillWaiting);
  }

  function fillWaiting() {
    state.waiting.splice(0, ROWS_AT_ONCE).forEach(fillRow);
    if (state.waiting.length) state.timer = setTimeout(fillWaiting);
    else writeAttribute(table, "aria-busy", null);
  }

  function fillAll() {
    clearTimeout(state.timer);
    state.waiting.splice(0).forEach(fillRow);
    writeAttribute(table, "aria-busy", null);
  }

  function fillRow(down) {
    const { frame, total, mark, markOfTotal, scale, rowNames, columnNames, segmentLabel } = state.drawing;
    const line = viewer.cells[down];
    let at = down * line.length;
    line.forEach((cell, across) => {
      const button = state.buttons[at];
      const isTotal = cell.kind === null;
      const tint = isTotal || !cell.primary ? 0 : Math.max(1, Math.round(TINTS * Math.sqrt(cell.primary / frame.most.primary)));
      const name = `${rowNames[down]}, ${columnNames[across]}: ${cellWords(cell, segmentLabel)}`;
      const sign = `${name}|${tint}|${scale}`;
      if (state.signs[at] !== sign) {
        state.signs[at] = sign;
        button.setAttribute("aria-label", name);
        writeAttribute(button, "data-tint", tint || null);
        if (!isTotal) gapMark(button, drawnKind(cell));
        (isTotal ? markOfTotal : mark)(button.lastElementChild, cell, isTotal ? total : frame);
      }
      at++;
    });
  }

  // Which rows are seen, or nearly so.
  function watchRows() {
    state.seen = null;
    watch.disconnect();
    [...table.tBodies[0].rows].forEach((row, down) => { rowNumbers.set(row, down); watch.observe(row); });
  }

  // The largest numbers of any cell, by which all marks are scaled.
  function largest(cells) {
    const most = { primary: 1, reviews: 1, segment: 1, pair: 1 };
    for (const { primary, reviews, segments } of cells) {
      most.primary = Math.max(most.primary, primary);
      most.reviews = Math.max(most.reviews, reviews);
      most.pair = Math.max(most.pair, Math.sqrt(primary) + Math.sqrt(reviews));
      for (const segment of segments) most.segment = Math.max(most.segment, segment.primary, segment.reviews);
    }
    return most;
  }

  function keyOf(button) {
    const { part, row, column } = button.dataset;
    return `[data-part=${part}][data-row="${row}"][data-column="${column}"]`;
  }

  function buttonOf(key) {
    return key ? table.querySelector(key) : null;
  }

  // The one button that the tab key reaches.
  function stand(button, isFocused) {
    if (!button) return;
    state.stop?.setAttribute("tabindex", "-1");
    state.stop = button;
    button.setAttribute("tabindex", "0");
    if (isFocused && table.getRootNode().activeElement !== button) button.focus();
  }

  // Arrows go through the buttons of a head first, then to the next cell.
  function move(event) {
    const button = event.target.closest("button");
    const cell = button.closest("td, th");
    const aside = { ArrowLeft: button.previousElementSibling, ArrowRight: button.nextElementSibling }[event.key];
    if (aside?.matches("button")) return stand(aside, true);
    state.slots ??= tableSlots(table);
    if (state.slots[state.at?.row]?.[state.at?.column] !== cell) state.at = placeOf(cell);
    const to = moveInSlots(state.slots, state.at, event.key, event.ctrlKey || event.metaKey, (one) => Boolean(one.querySelector("button")));
    if (!to) return;
    const buttons = state.slots[to.row][to.column].querySelectorAll("button");
    stand(event.key === "ArrowRight" ? buttons[0] : buttons[buttons.length - 1], true);
    state.at = to;
  }

  function placeOf(cell) {
    const row = state.slots.findIndex((cells) => cells.includes(cell));
    return { row, column: state.slots[row].indexOf(cell) };
  }

  function onKey(event) {
    const button = event.target.closest("button");
    if (!button || event.altKey) return;
    const head = button.closest("[data-head]");
    if (event.shiftKey && head && event.key.startsWith("Arrow")) {
      const isAlong = (head.dataset.head === "row") === ["ArrowUp", "ArrowDown"].includes(event.key);
      if (isAlong) viewer.moveHeading(head.dataset.head, Number(head.dataset.position), ["ArrowUp", "ArrowLeft"].includes(event.key) ? -1 : 1);
    } else if (["+", "-"].includes(event.key) && head?.querySelector(".map-branch")) {
      viewer.openBranch(head.dataset.head, Number(head.dataset.position), event.key === "+");
    } else if (KEYS.includes(event.key) && !event.shiftKey) move(event);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function onClick(event) {
    const button = event.target.closest("button");
    if (!button) return;
    stand(button, false);
    const { part, row, column } = button.dataset;
    if (part === "branch") viewer.openBranch(row ? "row" : "column", Number(row || column), button.getAttribute("aria-expanded") !== "true");
    else viewer.openPlace(row === "" ? null : Number(row), column === "" ? null : Number(column));
  }

  // The heads of the row and the column in which one is, so that the eye finds them.
  function markHeads(button) {
    for (const head of state.marked) head.classList.remove("here");
    const { row, column } = button?.dataset ?? {};
    state.marked = [row && `th[data-head=row][data-position="${row}"]`, column && `th[data-head=column][data-position="${column}"]`]
      .filter(Boolean).flatMap((found) => [...table.querySelectorAll(found)]);
    for (const head of state.marked) head.classList.add("here");
  }

  function wire() {
    table.addEventListener("click", onClick);
    table.addEventListener("keydown", onKey);
    table.addEventListener("focusin", (event) => { stand(event.target.closest("button"), false); markHeads(event.target.closest("button")); viewer.hint.show(event.target, false); });
    table.addEventListener("focusout", () => { markHeads(null); viewer.hint.hide(); });
    table.addEventListener("pointerover", (event) => {
      const button = event.target.closest("button");
      if (!button || event.pointerType === "touch") return;
      markHeads(button);
      viewer.hint.show(button, true);
    });
    table.addEventListener("pointerdown", () => viewer.hint.close()); // else it lies over where a head is dragged
    table.addEventListener("pointerleave", () => { markHeads(null); viewer.hint.hide(); });
    dragHeads(table, (axis, position, onto) => viewer.moveHeadingTo(axis, position, onto));
  }

  function focus(row, column) {
    stand(buttonOf(`[data-part=cell][data-row="${row ?? ""}"][data-column="${column ?? ""}"]`), true);
  }

  wire();
  return { element: scroll, update, focus, fillAll };
}
