// The map's viewer (see __init__.py): begins here. One view says what is shown; every change of it
// goes through `change`, which counts again, draws what differs and writes the address.

import { ALL_BRANCHES, CONTRASTS, NONE_OF_THESE, addressOf, beginningView, viewFromAddress } from "./map_address.js";
import { changesLine } from "./map_changes.js";
import { mapChips } from "./map_chips.js";
import { closedCodes, readMap, segmentHeadings } from "./map_columns.js";
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
import { crosstabPage } from "./pages/crosstab_page.js";
import { frequenciesPage } from "./pages/frequencies_page.js";
import { listPage } from "./pages/list_page.js";
import { pageTabs } from "./pages/page_tabs.js";
import { practicePage } from "./practice/practice_page.js";
import { placeAt, sidePanel } from "./side_panel.js";

const PHONE_BELOW = 600; // pixels of the viewer's own width
const NARROW_BELOW = 820;
const MIDDLE_BELOW = 1100; // the app's column beside its menu on a usual laptop
const MAP_PARTS = ["table", "list", "legend"]; // the others stand on every page
const BESIDE = ["at", "line", "only", "study"]; // what is open beside a page, which it does not change
const BESIDE_SERVICES = ["at", "service"];

/** Draws a map into a place and follows the address.
 *  @param {HTMLElement} place
 *  @param {any} mapDocument as docs/decisions/map.md describes it
 *  @param {{base?: string, abstracts?: Promise<{studies: number[], reports: [string, string][][]} | null>, embed?: boolean, theme?: "light"|"dark"|"", onAddress?: (address: string) => void,
 *    onNotApplicable?: (cell: {rows: string, row: string, columns: string, column: string}, isMarked: boolean) => void,
 *    comments?: {ofStudy: Function, ofCell: Function} | null, serviceAddress?: (id: string) => string}} options
 *    base: the address that a copied link begins with; embed: without title; onNotApplicable: where cells can be marked;
 *    abstracts: where they are not in the document; null where they cannot be had; comments: as commentWays gives them, for readers; serviceAddress: where a service is looked at
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
    change, changePractice, openPractice, openBranch, isOpen, openPlace, openLine, closePlace, openUnplaced, moveHeading, moveHeadingTo, togglePanel, focusMap,
    say: (text) => writeText(told, text),
    focusPanelButton: (name) => root.querySelector(`.map-open-${name}`)?.focus(),
    address: () => `${options.base ?? window.location.href.split("#")[0]}#${addressOf(viewer.view)}`,
  };
  viewer.hint = mapHint((button) => hintWords(viewer, button));
  // The table first: it asks where its cells are, which is known until something else is changed.
  const parts = { table: mapTable(viewer), toolbar: mapToolbar(viewer), changes: changesLine(viewer), chips: mapChips(viewer), drawer: mapDrawer(viewer), list: mapList(viewer), panel: sidePanel(viewer), legend: mapLegend(viewer) };
  const pages = { list: listPage(viewer), frequencies: frequenciesPage(viewer), crosstab: crosstabPage(viewer), ...(map.practice && { practice: practicePage(viewer) }) };
  const body = element("div", { class: "map-body" }, parts.drawer.element, parts.table.element, parts.list.element, ...Object.values(pages).map((page) => page.element), parts.panel.element);
  parts.tabs = pageTabs(viewer, body);
  let written = "";
  let cameFrom = null; // where the focus was when the side panel opened

  function change(changes) {
    const before = viewer.counts.passing;
    const isNewPicture = Object.entries(changes).some(([key, value]) => ![...BESIDE, "view"].includes(key) && !isBesideServices(key, value)) || (changes.view && [changes.view, viewer.view.view].includes("directions"));
    viewer.view = { ...viewer.view, ...changes };
    draw(isNewPicture);
    writeAddress();
    if (viewer.counts.passing !== before) viewer.say(passingWords(viewer.counts.passing, map.size, viewer.view));
  }

  // What is open beside the page of services leaves its table as it is.
  function isBesideServices(key, now) {
    return key === "practice" && Object.keys(now).every((name) => BESIDE_SERVICES.includes(name) || now[name] === viewer.view.practice[name]);
  }

  function changePractice(changes) {
    change({ practice: { ...viewer.view.practice, ...changes } });
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
    if (viewer.counts.passing !== before) viewer.say(passingWords(viewer.counts.passing, map.size, viewer.view));
  }

  function draw(isNewPicture) {
    const { view } = viewer;
    if (isNewPicture) viewer.counts = mapCounts(map, view);
    showParts();
    if (view.page === "map") drawMap();
    pages[view.page]?.update(isNewPicture);
    for (const [name, part] of Object.entries(parts)) if (view.page === "map" || !MAP_PARTS.includes(name)) part.update();
  }

  function drawMap() {
    const { view, counts } = viewer;
    const segment = map.byId.get(view.segment);
    viewer.frame = {
      indexOf: segment ? segmentPlaces(segment, counts) : null,
      labelFor: (position) => headingLabel(segment, position),
      gapWords,
    };
  }

  // What the page and the width ask for.
  function showParts() {
    const page = viewer.view?.page;
    const isPhone = root.dataset.width === "phone";
    const show = (part, isShown) => { if (part.element.hidden === isShown) part.element.hidden = !isShown; };
    show(parts.table, page === "map" && !isPhone);
    show(parts.list, page === "map" && isPhone);
    show(parts.legend, page === "map");
    for (const [name, each] of Object.entries(pages)) show(each, page === name);
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

  // Positions; null is a total, -1 in a crosstab those with none of the headings.
  function openPlace(row, column) {
    const { view } = viewer;
    const idAt = (dimension, position) => (position === null ? null : (map.byId.get(dimension).ids[position] ?? NONE_OF_THESE));
    viewer.hint.close();
    parts.table.notePlace();
    openBeside({ at: [idAt(view.rows, row), idAt(view.columns, column)] });
  }

  function openLine(question, heading, only) {
    openBeside({ line: [question, heading], only });
  }

  function openPractice(at) {
    openBeside({ practice: { ...viewer.view.practice, at, service: null } });
  }

  function showPlace() {
    const place = viewer.view.page === "map" && placeAt(viewer);
    if (place) parts.table.showPlace(place.row, place.column, parts.panel.element);
  }

  function openUnplaced() {
    openBeside({}, true);
  }

  function openBeside(opened, isUnplaced = false) {
    cameFrom = root.getRootNode().activeElement;
    viewer.unplacedOpen = isUnplaced;
    change({ at: null, line: null, only: null, study: null, ...opened });
    showPlace();
    parts.panel.focus();
  }

  function closePlace() {
    const place = viewer.view.page === "map" && placeAt(viewer);
    viewer.unplacedOpen = false;
    change({ at: null, line: null, only: null, study: null, practice: { ...viewer.view.practice, at: null, service: null } });
    parts.table.leavePlace();
    if (cameFrom?.isConnected) cameFrom.focus();
    else if (viewer.view.page !== "map") parts.tabs.focus();
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
    if (viewer.view.page !== "map") parts.tabs.focus();
    else parts.table.focus(viewer.counts.rows[0] ?? null, viewer.counts.columns[0] ?? null);
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
    viewer.view = view.study !== null && !view.at && ["map", "crosstab"].includes(view.page) ? { ...view, at: [null, null] } : view;
    if (viewer.view.view === "directions" && !viewer.hasDirections) viewer.view.view = "numbers";
    trouble.hidden = !problems.length;
    writeText(trouble, problems.join(" "));
    written = text;
    draw(true);
    showPlace();
  }

  function measure() {
    const width = place.getBoundingClientRect().width;
    const now = width < PHONE_BELOW ? "phone" : width < NARROW_BELOW ? "narrow" : width < MIDDLE_BELOW ? "middle" : "wide";
    if (root.dataset.width === now) return;
    root.dataset.width = now;
    showParts();
    if (viewer.counts) draw(false);
  }

  const watch = new ResizeObserver(measure);
  root.append(patterns(Math.max(0, ...map.dimensions.map(({ ids }) => ids.length))), parts.tabs.element, parts.toolbar.element, trouble, parts.changes.element, parts.chips.element,
    body, parts.legend.element, told, viewer.hint.element);
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
    else if (viewer.view?.at || viewer.view?.line || viewer.view?.practice.at || viewer.unplacedOpen) closePlace();
  });
  return {
    leave() { watch.disconnect(); window.removeEventListener("hashchange", readAddress); window.removeEventListener("beforeprint", parts.table.fillAll); parts.table.leave(); root.remove(); },
    setTheme(theme) { root.dataset.theme = theme; },
  };
}

/** Of each segment that a study of the map has, its place among all; studies without a code only where there are some. */
function segmentPlaces(segment, counts) {
  const had = new Set(closedCodes(segment).positions);
  const places = new Map(segmentHeadings(segment).map((position, index) => [position, index]).filter(([position]) => had.has(position)));
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
