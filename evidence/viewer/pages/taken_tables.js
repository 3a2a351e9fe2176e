// Part of the map's viewer (see __init__.py): frequencies and crosstabs as tables that people take
// away, their heads first. Every share stands beside what it is a share of.

import { YEAR } from "../map_address.js";
import { element, press } from "../map_elements.js";
import { offerDownload } from "../downloads.js";
import { csvText } from "../taken_lists.js";
import { WORKBOOK, xlsxBytes } from "../taken_workbook.js";
import { headingPath } from "../map_texts.js";
import { NONE_PLACE } from "./crosstab.js";
import { shareOf } from "./shares.js";

export const NONE_WORDS = "None of these";
export const WITHOUT_YEAR = "Without a year";
const PASSING_WORDS = "All that pass";

/** Buttons that give a table away as CSV and as a workbook.
 *  @param {string} name  of the files, without its ending
 *  @param {string} sheet
 *  @param {() => import("../taken_lists.js").TakenRow[]} rows */
export function takeTable(name, sheet, rows) {
  return element("div", { class: "map-pair", role: "group", "aria-label": "Take this table away" },
    press("CSV", () => offerDownload(`${name}.csv`, "text/csv", csvText(rows()))),
    press("Excel", () => offerDownload(`${name}.xlsx`, WORKBOOK, xlsxBytes(rows(), sheet))));
}

const FREQUENCY_HEAD = [
  "Question", "Heading", ...[["Primary studies", "primary studies"], ["Reviews", "reviews"]].flatMap(([name, plural]) => [
    name, `All ${plural} that pass`, `Share of ${plural} that pass (%)`, `All ${plural} coded on the question`, `Share of ${plural} coded (%)`]),
];

/** @param {import("./frequencies.js").Frequencies[]} questions */
export function frequencyRows(questions) {
  const cells = (count, all, coded) => ["primary", "reviews"].flatMap((kind) => [
    count[kind], all[kind], shareOf(count[kind], all[kind]), coded ? coded[kind] : null, coded ? shareOf(count[kind], coded[kind]) : null]);
  return [FREQUENCY_HEAD, ...questions.flatMap(({ id, title, lines, none, all, coded }) => [
    ...lines.map(({ path, count }) => [title, path, ...cells(count, all, coded)]),
    [title, id === YEAR ? WITHOUT_YEAR : NONE_WORDS, ...cells(none, all, null)],
    [title, PASSING_WORDS, ...cells(all, all, null)],
  ])];
}

/** A line for each cell that is shown, with the shares of its row, its column and of all.
 *  @param {import("./crosstab.js").Crosstab} crosstab */
export function crosstabRows(map, view, crosstab) {
  const [rows, columns] = [map.byId.get(view.rows), map.byId.get(view.columns)];
  const kinds = [["primary", "Primary studies", "primary studies"], ["reviews", "Reviews", "reviews"]];
  const bases = [["row", "of the row"], ["column", "of the column"], ["all", "that pass"]];
  const head = [rows.title, columns.title === rows.title ? `${columns.title} (columns)` : columns.title,
    ...kinds.flatMap(([, name, plural]) => [name, ...bases.flatMap(([, words]) => [`All ${plural} ${words}`, `Share of ${plural} ${words} (%)`])])];
  const name = (dimension, position, all) => (position === null ? all : position === NONE_PLACE ? NONE_WORDS : headingPath(dimension, position));
  const line = (row, column) => {
    const count = crosstab.at(row, column);
    return [name(rows, row, "All rows"), name(columns, column, "All columns"), ...kinds.flatMap(([kind]) => [count[kind],
      ...bases.flatMap(([shares]) => { const base = crosstab.base(row, column, shares)[kind]; return [base, shareOf(count[kind], base)]; })])];
  };
  return [head, ...[...crosstab.rows, NONE_PLACE, null].flatMap((row) => [...crosstab.columns, NONE_PLACE, null].map((column) => line(row, column)))];
}
