// Part of the map's viewer (see __init__.py): two questions crossed, as a table of counts with their
// shares. Rows and columns are those of the map.

import { element, labelledSelect, press, writeAttribute } from "../map_elements.js";
import { columnHead, columnHeadRows, leastHeadWidth, rowHead, shownDepths } from "../map_heads.js";
import { headingLabel, headingPath } from "../map_texts.js";
import { countWords } from "../map_words.js";
import { NONE_PLACE, crosstabOf } from "./crosstab.js";
import { kindWords, passingBase, shareText } from "./shares.js";
import { keyedTable } from "./table_keys.js";
import { NONE_WORDS, crosstabRows, takeTable } from "./taken_tables.js";

const SHARE_CHOICES = [["none", "none"], ["row", "of each row"], ["column", "of each column"], ["all", "of all"]];

export function crosstabPage(viewer) {
  const { map } = viewer;
  const shares = labelledSelect("Shares", SHARE_CHOICES, "", (choice) => viewer.change({ shares: choice }));
  const told = element("p", {});
  const apart = press("", () => viewer.openUnplaced(), { class: "map-quiet" });
  const scroll = element("div", { class: "map-cross-scroll" });
  const take = takeTable("crosstab", "Crosstab", () => crosstabRows(map, viewer.view, viewer.crosstab));
  const page = element("div", { class: "map-page" }, element("div", { class: "map-page-acts" }, shares, take), told, apart, scroll);
  let keyed = null;

  function update(isNewPicture) {
    const { view } = viewer;
    shares.querySelector("select").value = view.shares;
    if (!isNewPicture && scroll.firstChild) return markOpened();
    const hadFocus = scroll.contains(page.getRootNode().activeElement);
    const key = keyed?.stopKey() ?? "";
    viewer.crosstab = crosstabOf(map, view);
    told.textContent = aboutWords();
    apart.hidden = !viewer.crosstab.apart.length;
    apart.textContent = apartWords(viewer.crosstab.apart.length);
    const table = crossTable();
    scroll.replaceChildren(table);
    keyed = keyedTable(table, key);
    markOpened();
    if (hadFocus) table.querySelector("[tabindex='0']")?.focus();
  }

  // The cell whose studies are listed beside the table.
  function markOpened() {
    const { view } = viewer;
    const at = view.at?.map((id, axis) => (id === null ? null : (map.byId.get(axis ? view.columns : view.rows).position.get(id) ?? NONE_PLACE)));
    for (const button of scroll.querySelectorAll(".map-cross")) writeAttribute(button, "aria-current", at?.join() === [button.dataset.row, button.dataset.column].join() ? "true" : null);
  }

  function aboutWords() {
    const { view, crosstab } = viewer;
    const all = crosstab.at(null, null);
    return [
      view.shares !== "none" && `Shares are ${{ row: "of the studies of each row", column: "of the studies of each column", all: `of all ${passingBase(map, all)}` }[view.shares]}.`,
      "A study can stand in several cells, but once in each total; so cells can add up to more than their total, and shares to more than 100 %.",
      all.reviews > 0 && "r: reviews, which may hold the same studies; they are not added.",
      viewer.counts.coded_together && "Coded together, not necessarily compared.",
    ].filter(Boolean).join(" ");
  }

  function crossTable() {
    const { view, crosstab } = viewer;
    const [down, across] = [map.byId.get(view.rows), map.byId.get(view.columns)];
    const depths = shownDepths(down, crosstab.rows);
    const table = element("table", { role: "grid", class: "map-crosstab", "aria-label": `${down.title} by ${across.title}` },
      head(down, across), element("tbody", {}, ...crosstab.rows.map((row, at) => line(plainHead(rowHead(down, row, depths[at], depths[at + 1] > depths[at])), row)), line(endHead("row", NONE_WORDS, NONE_PLACE, null), NONE_PLACE)),
      element("tfoot", {}, line(endHead("row", "All", null, null), null)));
    table.style.setProperty("--columns", crosstab.columns.length + 2);
    table.style.setProperty("--word", `${leastHeadWidth(crosstab.columns.map((position) => headingLabel(across, position)))}rem`);
    table.addEventListener("click", onClick);
    return table;
  }

  // The heads of the map, whose order is not changed by hand here.
  function plainHead(cell) {
    cell.removeAttribute("draggable");
    for (const button of cell.querySelectorAll("button")) button.dataset.key = JSON.stringify(Object.values(button.dataset));
    return cell;
  }

  function endHead(scope, text, row, column, span = null) {
    const button = press("", null, { class: "map-name", data: { part: "name", row: row ?? "", column: column ?? "", key: `${scope} ${text}` } }, element("span", { text }));
    return element("th", { scope, rowspan: span, class: `map-${scope === "col" ? "column" : "row"}-head${text === NONE_WORDS ? "" : " total"}` }, element("div", { class: "map-head" }, button));
  }

  function head(down, across) {
    const { columns: shown } = viewer.crosstab;
    const levels = columnHeadRows(shownDepths(across, shown));
    const made = levels.map((level) => element("tr", {}, ...level.map((place) => plainHead(columnHead(across, place, shown[place.column])))));
    made[0].prepend(element("td", { class: "map-corner", rowspan: levels.length }, element("div", { class: "map-head" }, element("span", { text: `${across.title} →`, dir: "auto" }), element("span", { text: `${down.title} ↓`, dir: "auto" }))));
    made[0].append(endHead("col", NONE_WORDS, null, NONE_PLACE, levels.length), endHead("col", "All", null, null, levels.length));
    return element("thead", {}, ...made);
  }

  function line(head, row) {
    return element("tr", { class: row === null ? "total" : null }, head, ...[...viewer.crosstab.columns, NONE_PLACE, null].map((column) => cell(row, column)));
  }

  function cell(row, column) {
    const { view, crosstab } = viewer;
    const count = crosstab.at(row, column);
    const base = view.shares === "none" ? null : crosstab.base(row, column, view.shares);
    const kinds = ["primary", "reviews"].filter((kind) => kind === "primary" || count.reviews);
    const name = `${placeName(view.rows, row, "All rows")}, ${placeName(view.columns, column, "All columns")}: ${countWords(count)}${base ? `; ${shareWords(count, base)}` : ""}`;
    const button = press("", null, { class: "map-cross", "aria-label": name, data: { part: "cell", row: row ?? "", column: column ?? "", key: `${row} ${column}` } },
      ...kinds.map((kind) => element("span", { class: count[kind] ? kind : "map-zero", text: `${count[kind]}${kind === "reviews" ? " r" : ""}` })),
      ...(base ? kinds.map((kind) => element("span", { class: `map-of ${kind}`, text: base[kind] ? `${shareText(count[kind], base[kind])} ${baseText(base[kind], kind)}` : "–" })) : []));
    return element("td", { class: column === null ? "total" : null }, button);
  }

  function placeName(id, position, all) {
    if (position === null) return all;
    return position === NONE_PLACE ? NONE_WORDS : headingPath(map.byId.get(id), position);
  }

  function onClick(event) {
    const button = event.target.closest("button");
    if (!button) return;
    const { part, row, column } = button.dataset;
    const position = (text) => (text === "" ? null : Number(text));
    if (part === "branch") viewer.openBranch(row ? "row" : "column", Number(row || column), button.getAttribute("aria-expanded") !== "true");
    else viewer.openPlace(position(row), position(column));
  }

  return { element: page, update };
}

function shareWords(count, base) {
  return ["primary", "reviews"].filter((kind) => base[kind] && (kind === "primary" || count.reviews)).map((kind) => `${shareText(count[kind], base[kind])} of ${kindWords(kind, base[kind])}`).join(", ");
}

function baseText(base, kind) {
  return `of ${base}${kind === "reviews" ? " r" : ""}`;
}

function apartWords(number) {
  return `${number} ${number === 1 ? "study has" : "studies have"} headings of both, but no finding with both: in totals only`;
}
