// Part of the map's viewer (see __init__.py): the map as a table. It is built once for its rows and
// columns; filters only change what stands in its cells.

import { element, press, writeAttribute } from "./map_elements.js";
import { dragHeads } from "./map_drag.js";
import { UPRIGHT_OVER, columnHead, columnHeadRows, leastHeadWidth, rowHead, shownDepths } from "./map_heads.js";
import { headingLabel } from "./map_texts.js";
import { moveInSlots, tableSlots } from "./map_moves.js";
import { placeAt } from "./side_panel.js";
import { tableScroll } from "./table_scroll.js";
import { cellFilling } from "./cell_filling.js";

const WIDE_VIEWS = new Set(["table", "directions"]); // their cells have room for horizontal heads
const STILL = 3; // pixels that a pointer may move by itself
const KEYS = ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End", "PageUp", "PageDown"];

/** The table of a viewer. Its cells and heads hold buttons, one of which takes the focus of the tab
 *  key; arrows lead from one to the next.
 *  @returns {{element: HTMLElement, update: () => void, focus: (row: number|null, column: number|null) => void,
 *    fillAll: () => void, leave: () => void, notePlace: () => void, showPlace: (row: number|null, column: number|null, cover: HTMLElement) => void,
 *    leavePlace: () => void}} fillAll: before printing; the last three around the list of a cell's studies */
export function mapTable(viewer) {
  const table = element("table", { role: "grid", class: "map-table" });
  const scroll = element("div", { class: "map-scroll" }, table);
  const state = { sign: "", slots: null, stop: null, at: null, marked: [], opened: null, clicked: null };
  const filling = cellFilling(viewer, table, scroll);
  const scrolled = tableScroll(scroll, table);
  const blank = element("td", {}, element("button", { type: "button", class: "map-cell", tabindex: "-1", "data-part": "cell" }));

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
      stand(buttonOf(key) ?? table.querySelector(".map-cell") ?? table.querySelector("button"), hadFocus);
    }
    filling.fill();
    markOpened();
  }

  // The cell whose studies are listed beside the map.
  function markOpened() {
    const place = placeAt(viewer);
    const opened = place && cellOf(place.row, place.column);
    if (state.opened === opened) return;
    if (state.opened) writeAttribute(state.opened, "aria-current", null);
    if (opened) writeAttribute(opened, "aria-current", "true");
    state.opened = opened;
  }

  function build() {
    const { map, view, counts } = viewer;
    const [rows, columns] = [map.byId.get(view.rows), map.byId.get(view.columns)];
    const isUpright = counts.columns.length > UPRIGHT_OVER && !WIDE_VIEWS.has(view.view);
    table.className = `map-table view-${view.view}${isUpright ? " upright" : ""}${view.segment ? " segmented" : ""}`;
    table.style.setProperty("--columns", counts.columns.length + 1);
    table.style.setProperty("--word", isUpright ? "0rem" : `${leastHeadWidth(counts.columns.map((position) => headingLabel(columns, position)))}rem`);
    writeAttribute(table, "aria-label", `${rows.title} by ${columns.title}`);
    table.replaceChildren(head(rows, columns), body(rows), foot());
    filling.begin();
    state.slots = null;
    state.stop = null;
    state.marked = [];
    state.opened = null;
  }

  function head(rows, columns) {
    const { counts } = viewer;
    const levels = columnHeadRows(shownDepths(columns, counts.columns));
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
    const depths = shownDepths(rows, counts.rows);
    return element("tbody", {}, ...counts.rows.map((position, at) => cellRow(rowHead(rows, position, depths[at], depths[at + 1] > depths[at]), position)));
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
    filling.name(button);
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
    restPointer([event.clientX, event.clientY]);
    if (part === "branch") viewer.openBranch(row ? "row" : "column", Number(row || column), button.getAttribute("aria-expanded") !== "true");
    else viewer.openPlace(row === "" ? null : Number(row), column === "" ? null : Number(column));
  }

  // The map may scroll under a pointer that clicked: until it moves, it means no other cell.
  function restPointer(at) {
    state.clicked = at;
    table.classList.toggle("resting", Boolean(at));
    if (at) markHeads(null);
  }

  function isResting(event) {
    return Boolean(state.clicked) && Math.hypot(event.clientX - state.clicked[0], event.clientY - state.clicked[1]) < STILL;
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
      if (!button || event.pointerType === "touch" || isResting(event)) return;
      markHeads(button);
      viewer.hint.show(button, true);
    });
    table.addEventListener("pointermove", (event) => { if (state.clicked && !isResting(event)) restPointer(null); });
    table.addEventListener("pointerdown", () => viewer.hint.close()); // else it lies over where a head is dragged
    table.addEventListener("pointerleave", () => { markHeads(null); viewer.hint.hide(); });
    dragHeads(table, (axis, position, onto) => viewer.moveHeadingTo(axis, position, onto));
  }

  function cellOf(row, column) {
    return buttonOf(`[data-part=cell][data-row="${row ?? ""}"][data-column="${column ?? ""}"]`);
  }

  function focus(row, column) {
    stand(cellOf(row, column), true);
  }

  function showPlace(row, column, cover) {
    if (scroll.hidden) return;
    filling.settleHeights();
    scrolled.show(cellOf(row, column), cover);
  }

  wire();
  return { element: scroll, update, focus, fillAll: filling.fillAll, leave: filling.leave,
    notePlace: scrolled.note, showPlace, leavePlace: scrolled.back };
}
