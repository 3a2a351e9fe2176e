// Part of the map's viewer (see __init__.py): what stands in the cells of the table. Those in sight are
// drawn at once; after the frame those around them are, and all others get their names, by which a
// screen reader knows them. Marks far out of sight are taken away, since each of them costs every frame.

import { element, writeAttribute } from "./map_elements.js";
import { sightsOf } from "./map_sight.js";
import { headingLabel, headingPath } from "./map_texts.js";
import { cellWords, drawnKind } from "./map_words.js";
import { MARKS } from "./marks/marks.js";

const TINTS = 9;
const SCALED_VIEWS = new Set(["bubbles", "mosaic", "donut"]); // what one cell has changes the size of all marks
const GROWING_VIEWS = new Set(["table", "directions"]); // the height of a row follows from all that its cells have
const NEAR = 250; // pixels beyond what is seen, where marks stand before somebody scrolls there
const SLICE_MS = 8; // then a pause lets keys and pointer through

/** @param {HTMLTableElement} table whose cells hold one button each
 *  @param {HTMLElement} scroll in which it stands
 *  @returns {{begin: () => void, fill: () => void, fillAll: () => void, settleHeights: () => void, name: (button: HTMLElement) => void, leave: () => void}}
 *    begin: after the table was built; fill: after counts changed; fillAll: before printing; name: gives a
 *    button its name at once */
export function cellFilling(viewer, table, scroll) {
  const state = { buttons: [], signs: [], named: [], drawn: [], across: 0, drawing: null, work: null, turn: 0 };
  const resized = new ResizeObserver(() => fillSight());

  function begin() {
    state.buttons = [...table.querySelectorAll(".map-cell")];
    state.across = viewer.counts.columns.length + 1;
    state.signs = [];
  }

  function fill() {
    const { map, view, counts } = viewer;
    const [rows, columns, segment] = [view.rows, view.columns, view.segment].map((id) => map.byId.get(id));
    const frame = { ...viewer.frame, most: counts.most() };
    state.named = [];
    state.drawn = [];
    state.drawing = {
      frame, mark: MARKS[view.view],
      total: { ...frame, isTotal: true, indexOf: view.view === "directions" ? null : frame.indexOf }, // patterns are appraisals there
      markOfTotal: view.view === "table" ? MARKS.table : MARKS.numbers, // totals are too large for pictures
      scale: SCALED_VIEWS.has(view.view) ? Object.values(frame.most).join() : "",
      rows: [...counts.rows, null], columns: [...counts.columns, null],
      rowNames: [...counts.rows.map((position) => headingPath(rows, position)), "All rows"],
      columnNames: [...counts.columns.map((position) => headingPath(columns, position)), "All columns"],
      segmentLabel: (position) => headingLabel(segment, position),
    };
    fillSight();
  }

  // The last row and the last column are always drawn: totals stay where one is.
  function fillSight() {
    if (!state.drawing || scroll.hidden) return;
    const [seen, near] = sightsOf(scroll, table, [0, GROWING_VIEWS.has(viewer.view.view) ? Infinity : NEAR]);
    visit(seen, draw);
    const work = theRest(near);
    state.work = work;
    writeAttribute(table, "aria-busy", "true");
    requestAnimationFrame(() => setTimeout(() => goOn(work)));
  }

  function* theRest(near) {
    const isNear = new Uint8Array(state.buttons.length);
    visit(near, (at) => { isNear[at] = 1; });
    for (let at = 0; at < isNear.length; at += 1) {
      if (isNear[at]) draw(at);
      else { clear(at); nameAt(at); }
      yield at;
    }
  }

  function goOn(work) {
    if (work !== state.work) return;
    const until = performance.now() + SLICE_MS;
    while (performance.now() < until) {
      if (!work.next().done) continue;
      state.work = null;
      writeAttribute(table, "aria-busy", null);
      return;
    }
    setTimeout(() => goOn(work));
  }

  // Until all cells are drawn, rows of some views have not their height yet.
  function settleHeights() {
    if (GROWING_VIEWS.has(viewer.view.view)) fillAll();
  }

  function fillAll() {
    if (!state.drawing) return;
    state.work = null;
    state.buttons.forEach((_, at) => draw(at));
    writeAttribute(table, "aria-busy", null);
  }

  function visit({ rows, columns }, act) {
    const { drawing, across } = state;
    const last = drawing.rows.length - 1;
    for (let down = rows[0]; down <= last; down = down === rows[1] - 1 ? last : down + 1) {
      for (let aside = columns[0]; aside < columns[1]; aside += 1) act(down * across + aside);
      if (down === last) break;
    }
  }

  function cellAt(at) {
    const { rows, columns } = state.drawing;
    return viewer.counts.at(rows[Math.floor(at / state.across)], columns[at % state.across]);
  }

  function nameOf(at, cell) {
    const { rowNames, columnNames, segmentLabel } = state.drawing;
    return `${rowNames[Math.floor(at / state.across)]}, ${columnNames[at % state.across]}: ${cellWords(cell, segmentLabel)}`;
  }

  function nameAt(at) {
    if (state.named[at]) return;
    state.named[at] = true;
    writeAttribute(state.buttons[at], "aria-label", nameOf(at, cellAt(at)));
  }

  function name(button) {
    const at = state.drawing && button.matches(".map-cell") ? state.buttons.indexOf(button) : -1;
    if (at >= 0) nameAt(at);
  }

  function draw(at) {
    if (state.drawn[at]) return;
    state.drawn[at] = true;
    const { frame, total, mark, markOfTotal, scale } = state.drawing;
    const button = state.buttons[at];
    const cell = cellAt(at);
    const isTotal = cell.kind === null;
    const tint = isTotal || !cell.primary ? 0 : Math.max(1, Math.round(TINTS * Math.sqrt(cell.primary / frame.most.primary)));
    const text = nameOf(at, cell);
    const sign = `${text}|${tint}|${scale}`;
    state.named[at] = true;
    if (state.signs[at] === sign) return;
    state.signs[at] = sign;
    button.setAttribute("aria-label", text);
    writeAttribute(button, "data-tint", tint || null);
    const content = button.lastElementChild ?? button.appendChild(element("span", { class: "map-mark" }));
    const kind = isTotal ? "evidence" : drawnKind(cell);
    writeAttribute(button, "data-kind", kind === "evidence" ? null : kind); // its ground, see map_viewer.css
    (isTotal ? markOfTotal : mark)(content, cell, isTotal ? total : frame);
  }

  function clear(at) {
    state.drawn[at] = false;
    if (!state.signs[at]) return;
    state.signs[at] = "";
    const button = state.buttons[at];
    button.replaceChildren();
    for (const attribute of ["data-tint", "data-kind"]) button.removeAttribute(attribute);
  }

  resized.observe(scroll);
  scroll.addEventListener("scroll", fillSight, { passive: true });
  window.addEventListener("afterprint", fillSight);
  return { begin, fill, fillAll, settleHeights, name, leave() { resized.disconnect(); window.removeEventListener("afterprint", fillSight); } };
}
