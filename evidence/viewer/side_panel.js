// Part of the map's viewer (see __init__.py): the studies of a cell, a head or a total, or what stands
// nowhere: studies, and codes that the scheme does not list any more.

import { commentLink } from "./comment_ways.js";
import { element, press } from "./map_elements.js";
import { hasBelow, headingLabel, headingPath } from "./map_texts.js";
import { counted, countWords, drawnKind, kindWordsOf, KIND_WORDS, NONE_UNDER_FILTERS } from "./map_words.js";
import { servicesPart } from "./practice/practice_panel.js";
import { onlyThese, countedApart, kindWords } from "./pages/shares.js";
import { placeOnPage } from "./pages/page_places.js";
import { pager, pageWith, studyItem, studyPage, takeStudies } from "./study_list.js";

/** What a view's `at` names, in positions; `null` where nothing is open. */
export function placeAt({ map, view }) {
  if (!view.at) return null;
  const [rows, columns] = [map.byId.get(view.rows), map.byId.get(view.columns)];
  const position = (dimension, id) => (id === null ? null : dimension.position.get(id) ?? null);
  return { row: position(rows, view.at[0]), column: position(columns, view.at[1]) };
}

export function sidePanel(viewer) {
  const { map } = viewer;
  const title = element("h3", { tabindex: "-1", dir: "auto" });
  const inside = element("div", { class: "map-panel-inside" });
  const panel = element("div", { class: "map-panel", role: "region", "aria-label": viewer.map.practice ? "Studies and services" : "Studies", hidden: true },
    element("div", { class: "map-panel-head" }, title, press("×", () => viewer.closePlace(), { "aria-label": "Close the list", class: "map-close" })), inside);
  const state = { sign: "", segment: null, page: 0 };

  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    viewer.closePlace();
  });

  function update() {
    const place = viewer.view.page !== "map" ? placeOnPage(viewer) : viewer.unplacedOpen ? "unplaced" : placeAt(viewer);
    panel.hidden = !place;
    if (!place) { state.sign = ""; return; }
    const sign = JSON.stringify([place, viewer.view.rows, viewer.view.columns, viewer.view.segment, viewer.view.only]);
    const { scrollTop } = inside;
    const isSame = sign === state.sign;
    if (!isSame) Object.assign(state, { sign, segment: null, page: null });
    draw(place);
    inside.scrollTop = isSame ? scrollTop : 0;
  }

  function draw(place) {
    const all = studiesAt(place);
    const studies = onlyThese(map, all, viewer.view.only);
    state.page = pageWith(studies, map.studyPosition.get(viewer.view.study), state.page);
    title.textContent = place === "unplaced" ? "Not on this map" : placeTitle(place);
    const head = place === "unplaced" ? notPlaced(all.length) : [...about(place), ...servicesPart(viewer, place)];
    if (place.hasStudies === false) return inside.replaceChildren(...head);
    inside.replaceChildren(...head, ...kindChoice(all), ...takeStudies(map, studies),
      ...(all.length ? pager(studies.length, state.page, (by) => turn(by, place)) : []), studyPage(studies, state.page, (study) => studyItem(viewer, study, reasonOf(study, place))));
  }

  function notPlaced(number) {
    const words = [element("p", { text: number ? "These studies stand nowhere on this map:" : "Every study that passes the filters stands somewhere." })];
    const { strays } = map.document;
    if (!strays.length) return words;
    const lines = strays.map(([id, code, studies]) => element("li", { text: `${map.byId.get(id)?.title ?? id}: ${code} (${counted(studies, "study", "studies")})`, dir: "auto" }));
    return [element("p", { text: "Studies have codes that the coding scheme does not list any more. These codes stand nowhere, whatever the filters:" }), element("ul", { class: "map-strays" }, ...lines), ...words];
  }

  function studiesAt(place) {
    if (place === "unplaced") return viewer.counts.unplaced.map(({ study }) => study);
    return place.studies ?? viewer.counts.studies(place.row, place.column, state.segment);
  }

  // Of both together, since each may hold the other.
  function kindChoice(studies) {
    const counts = countedApart(map, studies);
    const { only } = viewer.view;
    if (only === null && !(counts.primary && counts.reviews)) return [];
    const choice = (kind, text) => press(text, () => { viewer.change({ only: kind }); inside.querySelector(".map-only [aria-pressed=true]")?.focus(); }, { "aria-pressed": String(only === kind) });
    return [element("div", { class: "map-segments map-only", role: "group", "aria-label": "Which of them" }, choice(null, "Both"), ...Object.keys(counts).map((kind) => choice(kind, kindWords(kind, counts[kind]))))];
  }

  function placeTitle({ row, column, title: own }) {
    if (own) return own;
    const { view } = viewer;
    const names = [row === null ? null : headingPath(map.byId.get(view.rows), row), column === null ? null : headingPath(map.byId.get(view.columns), column)].filter((name) => name !== null);
    return names.join(" × ") || "All studies on this map";
  }

  function about(place) {
    if (place.words) return [element("p", { text: `${place.words}.`, dir: "auto" }), ...(place.notes ?? []).map((text) => element("p", { class: "map-small", text }))];
    const { view, counts } = viewer;
    const cell = counts.at(place.row, place.column);
    const kind = drawnKind(cell);
    const [rows, columns] = [map.byId.get(view.rows), map.byId.get(view.columns)];
    const helps = [place.row === null ? "" : rows.helps[place.row], place.column === null ? "" : columns.helps[place.column]].filter(Boolean);
    const words = cell.primary || cell.reviews ? [countWords(cell)] : [];
    if (kind && kind !== "evidence") words.push(kind === NONE_UNDER_FILTERS ? `${kind} (without them: ${countWords(cell.without)})` : kindWordsOf(cell, kind));
    if (!words.length) words.push(KIND_WORDS["no study"]);
    return [element("p", { text: `${words.join("; ")}.` }), ...helps.map((text) => element("p", { class: "map-small", text, dir: "auto" })), ...comment(place), ...marking(cell, place), ...moves(place), ...segments(cell, place)];
  }

  // On a published map, of a cell that the form for comments knows.
  function comment({ row, column }) {
    const { view, options: { comments } } = viewer;
    if (!comments || row === null || column === null) return [];
    const way = comments.ofCell(view.rows, map.byId.get(view.rows).ids[row], view.columns, map.byId.get(view.columns).ids[column]);
    return way ? [commentLink(way, placeTitle({ row, column }))] : [];
  }

  // In the app, editors say in which cells no study can be. A mark holds for all cells that lie in its own.
  function marking({ kind }, { row, column }) {
    const { view, options: { onNotApplicable } } = viewer;
    if (!onNotApplicable || row === null || column === null) return [];
    const cell = { rows: view.rows, row: map.byId.get(view.rows).ids[row], columns: view.columns, column: map.byId.get(view.columns).ids[column] };
    const there = [[cell.rows, cell.row], [cell.columns, cell.column]].sort().join("\n");
    const isMarked = map.gaps.not_applicable.some(([one, above, other, beside]) => [[one, above], [other, beside]].sort().join("\n") === there);
    if (kind === "not applicable" && !isMarked) return [element("p", { class: "map-small", text: "A cell in which this one lies is not applicable." })];
    return [element("p", { class: "map-pair" }, press(isMarked ? "Applicable again" : "Mark as not applicable", () => onNotApplicable(cell, !isMarked)))];
  }

  // Heads can be moved here, too, by those who neither drag nor have a keyboard.
  function moves({ row, column }) {
    if ((row === null) === (column === null)) return [];
    const [axis, position] = row === null ? ["column", column] : ["row", row];
    const words = axis === "row" ? ["Move up", "Move down"] : ["Move left", "Move right"];
    const dimension = map.byId.get(viewer.view[`${axis}s`]);
    const isOpen = viewer.isOpen(axis, position);
    return [element("p", { class: "map-pair" },
      hasBelow(dimension, position) ? press(isOpen ? "Close its branch" : "Open its branch", () => viewer.openBranch(axis, position, !isOpen)) : null,
      ...words.map((text, at) => press(text, () => viewer.moveHeading(axis, position, at ? 1 : -1))))];
  }

  function segments(cell, place) {
    const segment = map.byId.get(viewer.view.segment);
    if (!segment || !cell.segments.length) return [];
    const choose = (position) => { state.segment = position; state.page = 0; draw(place); };
    const choice = (position, text) => press(text, () => { choose(position); inside.querySelector("[aria-pressed=true]")?.focus(); }, { "aria-pressed": String(state.segment === position), dir: "auto" });
    return [element("div", { class: "map-segments", role: "group", "aria-label": segment.title }, choice(null, "All"),
      ...cell.segments.map(({ position, primary, reviews }) => choice(position, `${headingLabel(segment, position)} ${primary}${reviews ? ` + ${reviews} r` : ""}`)))];
  }

  function turn(by, place) {
    state.page += by;
    draw(place);
    title.focus();
    inside.scrollTop = 0;
  }

  function reasonOf(study, place) {
    return place === "unplaced" ? viewer.counts.unplaced.find((unplaced) => unplaced.study === study)?.reason : "";
  }

  return { element: panel, update, focus: () => title.focus() };
}
