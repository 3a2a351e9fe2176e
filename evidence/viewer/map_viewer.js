// The map's viewer (see __init__.py): begins here. One view says what is shown; every change of it
// goes through `change`, which counts again, draws what differs and writes the address.

import { ALL_BRANCHES, CONTRASTS, addressOf, beginningView, viewFromAddress } from "./map_address.js";
import { changesLine } from "./map_changes.js";
import { mapChips } from "./map_chips.js";
import { readMap, segmentHeadings } from "./map_columns.js";
import { mapCounts } from "./map_counts.js";
import { mapDrawer } from "./map_drawer.js";
import { element, writeText } from "./map_elements.js";
import { mapHint } from "./map_hint.js";
import { mapLegend } from "./map_legend.js";
import { mapList } from "./map_list.js";
import { addAbstracts } from "./map_searches.js";
import { orderAfterMove, placesBetween } from "./map_order.js";
import { mapTable } from "./map_table.js";
import { hasBelow, headingLabel, headingPath } from "./map_texts.js";
import { mapToolbar } from "./map_toolbar.js";
import { cellWords, drawnKind, passingWords } from "./map_words.js";
import { NOT_CODED, patterns } from "./marks/segment_patterns.js";
import { placeAt, sidePanel } from "./side_panel.js";

const PHONE_BELOW = 600; // pixels of the viewer's own width
const NARROW_BELOW = 1000;

/** Draws a map into a place and follows the address.
 *  @param {HTMLElement} place
 *  @param {any} mapDocument as docs/decisions/map.md describes it
 *  @param {{base?: string, abstracts?: Promise<{studies: number[], reports: [string, string][][]} | null>, embed?: boolean, theme?: "light"|"dark"|"", onAddress?: (address: string) => void,
 *    onNotApplicable?: (cell: {rows: string, row: string, columns: string, column: string}, isMarked: boolean) => void}} options
 *    base: the address that a copied link begins with; embed: without title; onNotApplicable: where cells can be marked;
 *    abstracts: where they are not in the document; null where they cannot be had
 *  @returns {{leave: () => void, setTheme: (theme: string) => void}} */
export function beginMap(place, mapDocument, options = {}) {
  const map = readMap(mapDocument);
  const window = place.ownerDocument.defaultView;
  const root = element("section", { class: "map-viewer", "aria-label": map.document.title || "Map", data: { theme: options.theme ?? "" } });
  const told = element("p", { class: "map-told", role: "status" });
  const trouble = element("p", { class: "map-trouble", role: "alert", hidden: true });
  const viewer = {
    map, options, view: null, counts: null, frame: null, panel: "", unplacedOpen: false, abstracts: "",
    hasDirections: map.byId.has("property:direction") && map.byId.has(CONTRASTS),
    change, openBranch, isOpen, openPlace, closePlace, openUnplaced, moveHeading, moveHeadingTo, togglePanel, focusMap,
    say: (text) => writeText(told, text),
    focusPanelButton: (name) => root.querySelector(`.map-open-${name}`)?.focus(),
    address: () => `${options.base ?? window.location.href.split("#")[0]}#${addressOf(viewer.view)}`,
  };
  viewer.hint = mapHint((button) => hintWords(viewer, button));
  // The table first: it asks where its cells are, which is known until something else is changed.
  const parts = { table: mapTable(viewer), toolbar: mapToolbar(viewer), changes: changesLine(viewer), chips: mapChips(viewer), drawer: mapDrawer(viewer), list: mapList(viewer), panel: sidePanel(viewer), legend: mapLegend(viewer) };
  let written = "";
  let cameFrom = null; // where the focus was when the side panel opened

  function change(changes) {
    const before = viewer.counts.passing;
    const isNewPicture = Object.keys(changes).some((key) => !["at", "study", "view"].includes(key)) || (changes.view && [changes.view, viewer.view.view].includes("directions"));
    viewer.view = { ...viewer.view, ...changes };
    draw(isNewPicture);
    writeAddress();
    if (viewer.counts.passing !== before) viewer.say(passingWords(viewer.counts.passing, map.size, true));
  }

  // Abstracts come after the map; what words found without them is looked for again.
  async function takeAbstracts(coming) {
    viewer.abstracts = "coming";
    const abstracts = await coming;
    viewer.abstracts = abstracts ? "" : "failed";
    if (abstracts) addAbstracts(map, abstracts);
    if (!viewer.view) return;
    const isCounted = abstracts && (viewer.view.words || viewer.view.search !== null);
    const before = viewer.counts.passing;
    draw(Boolean(isCounted));
    if (viewer.counts.passing !== before) viewer.say(passingWords(viewer.counts.passing, map.size, true));
  }

  function draw(isNewPicture) {
    const { view } = viewer;
    if (isNewPicture) viewer.counts = mapCounts(map, view);
    const segment = map.byId.get(view.segment);
    viewer.frame = {
      indexOf: segment ? segmentPlaces(segment, viewer.counts) : null,
      labelFor: (position) => headingLabel(segment, position),
      gapWords,
    };
    for (const part of Object.values(parts)) part.update();
  }

  function isOpen(axis, position) {
    const dimension = map.byId.get(viewer.view[`${axis}s`]);
    const open = viewer.view[`open_${axis}s`];
    return open.includes(ALL_BRANCHES) || open.includes(dimension.ids[position]);
  }

  function openBranch(axis, position, isOpened) {
    const key = `open_${axis}s`;
    const dimension = map.byId.get(viewer.view[`${axis}s`]);
    const id = dimension.ids[position];
    const now = viewer.view[key].includes(ALL_BRANCHES) ? dimension.ids.filter((_, at) => hasBelow(dimension, at)) : viewer.view[key];
    const others = now.filter((other) => other !== id);
    change({ [key]: isOpened ? [...others, id] : others });
    viewer.say(`${headingLabel(dimension, position)}: ${isOpened ? "open" : "closed"}.`);
  }

  function openPlace(row, column) {
    const { view } = viewer;
    cameFrom = root.getRootNode().activeElement;
    viewer.unplacedOpen = false;
    viewer.hint.close();
    parts.table.notePlace();
    change({ at: [row === null ? null : map.byId.get(view.rows).ids[row], column === null ? null : map.byId.get(view.columns).ids[column]], study: null });
    showPlace();
    parts.panel.focus();
  }

  function showPlace() {
    const place = placeAt(viewer);
    if (place) parts.table.showPlace(place.row, place.column, parts.panel.element);
  }

  function openUnplaced() {
    cameFrom = root.getRootNode().activeElement;
    viewer.unplacedOpen = true;
    change({ at: null, study: null });
    parts.panel.focus();
  }

  function closePlace() {
    const place = placeAt(viewer);
    viewer.unplacedOpen = false;
    change({ at: null, study: null });
    parts.table.leavePlace();
    if (cameFrom?.isConnected) cameFrom.focus();
    else if (place) parts.table.focus(place.row, place.column);
    cameFrom = null;
  }

  function moveHeading(axis, position, by) {
    const dimension = map.byId.get(viewer.view[`${axis}s`]);
    const order = orderAfterMove(dimension, viewer.counts[`${axis}s`], viewer.view[`order_${axis}s`], position, by);
    if (!order) return viewer.say(`${headingLabel(dimension, position)} cannot go further.`);
    change({ [`order_${axis}s`]: order });
    viewer.say(`${headingLabel(dimension, position)} moved ${by < 0 ? { row: "up", column: "left" }[axis] : { row: "down", column: "right" }[axis]}.`);
  }

  function moveHeadingTo(axis, position, onto) {
    const by = placesBetween(map.byId.get(viewer.view[`${axis}s`]), viewer.counts[`${axis}s`], position, onto);
    if (by) moveHeading(axis, position, by);
    else viewer.say("A head can be moved among those under the same heading.");
  }

  function togglePanel(name) {
    viewer.panel = viewer.panel === name ? "" : name;
    draw(false);
  }

  function focusMap() {
    parts.table.focus(viewer.counts.rows[0] ?? null, viewer.counts.columns[0] ?? null);
  }

  function writeAddress() {
    written = addressOf(viewer.view);
    // A page made of a text has no address of its own; then nothing is written.
    try {
      window.history.replaceState(window.history.state, "", `#${written}`);
    } catch { /* stays as it is */ }
    options.onAddress?.(written);
  }

  function readAddress() {
    const text = window.location.hash.slice(1);
    if (viewer.view && text === written) return;
    const { view, told: problems } = text ? viewFromAddress(text, map) : beginningView(map);
    viewer.view = view.study !== null && !view.at ? { ...view, at: [null, null] } : view;
    if (viewer.view.view === "directions" && !viewer.hasDirections) viewer.view.view = "numbers";
    trouble.hidden = !problems.length;
    writeText(trouble, problems.join(" "));
    written = text;
    draw(true);
    showPlace();
  }

  function measure() {
    const width = place.getBoundingClientRect().width;
    const now = width < PHONE_BELOW ? "phone" : width < NARROW_BELOW ? "narrow" : "wide";
    if (root.dataset.width === now) return;
    root.dataset.width = now;
    parts.table.element.hidden = now === "phone";
    parts.list.element.hidden = now !== "phone";
    if (viewer.counts) draw(false);
  }

  const watch = new ResizeObserver(measure);
  root.append(patterns(Math.max(0, ...map.dimensions.map(({ ids }) => ids.length))), parts.toolbar.element, trouble, parts.changes.element, parts.chips.element,
    element("div", { class: "map-body" }, parts.drawer.element, parts.table.element, parts.list.element, parts.panel.element), parts.legend.element, told, viewer.hint.element);
  place.replaceChildren(root);
  measure();
  if (map.dimensions.length) readAddress();
  else root.replaceChildren(element("p", { text: "This map has nothing to sort by: its coding scheme has no question with options." }));
  if (options.abstracts) takeAbstracts(options.abstracts);
  watch.observe(place);
  window.addEventListener("hashchange", readAddress);
  window.addEventListener("beforeprint", parts.table.fillAll);
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (viewer.hint.isShown()) viewer.hint.close();
    else if (viewer.view?.at || viewer.unplacedOpen) closePlace();
  });
  return {
    leave() { watch.disconnect(); window.removeEventListener("hashchange", readAddress); window.removeEventListener("beforeprint", parts.table.fillAll); parts.table.leave(); root.remove(); },
    setTheme(theme) { root.dataset.theme = theme; },
  };
}

/** Of each segment its place in the legend, by its position; studies without a code only where there are some. */
function segmentPlaces(segment, counts) {
  const places = new Map(segmentHeadings(segment).map((position, index) => [position, index]));
  if (counts.at(null, null).segments.some(({ position }) => position < 0)) places.set(-1, NOT_CODED);
  return places;
}

function gapWords(cell) {
  const kind = drawnKind(cell);
  return kind && kind !== "evidence" ? kind : "";
}

// The whole text of a heading and what it means; of a cell what a screen reader hears.
function hintWords({ map, view, counts, frame }, button) {
  const { part, row, column } = button.dataset;
  if (part === "branch") return null;
  const [rows, columns] = [map.byId.get(view.rows), map.byId.get(view.columns)];
  const words = cellWords(counts.at(row === "" ? null : Number(row), column === "" ? null : Number(column)), frame.labelFor).split("; ");
  const named = (dimension, position, all) => (position === "" ? all : headingPath(dimension, Number(position)));
  if (part === "cell") return { title: `${named(rows, row, "All rows")} × ${named(columns, column, "All columns")}`, texts: words, isSaid: true };
  const help = row === "" ? columns.helps[column] : rows.helps[row];
  return { title: row === "" ? named(columns, column, "All") : named(rows, row, "All"), texts: [help, ...words], isSaid: false };
}
