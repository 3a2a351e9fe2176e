// Part of the map's viewer (see __init__.py): two questions crossed, with the studies that have none
// of the headings of one, as synthesis/whole_crosstab.py counts them.

import { REVIEW } from "../map_columns.js";
import { hasHeading, unitReader, visitUnits } from "../map_counts.js";
import { passingOf } from "../map_filters.js";
import { shownHeadings } from "../shown_headings.js";

export const NONE_PLACE = -1; // in the place of a row or a column

/**
 * @typedef {object} Crosstab  rows and columns are positions, NONE_PLACE, or null for a total
 * @property {number[]} rows  that are shown, in order
 * @property {number[]} columns
 * @property {(row: number | null, column: number | null) => Apart} at
 * @property {(row: number | null, column: number | null, shares: string) => Apart} base  what the
 *   cell is a share of: its row, its column, or all that pass
 * @property {(row: number | null, column: number | null) => number[]} studies  positions
 * @property {number[]} apart  studies with headings of both, but never in one finding: only in totals
 *
 * @typedef {{primary: number, reviews: number}} Apart
 */

/** @returns {Crosstab} */
export function crosstabOf(map, view) {
  const [rows, columns] = [map.byId.get(view.rows), map.byId.get(view.columns)];
  const passing = passingOf(map, view);
  const readers = [unitReader(rows), unitReader(columns)];
  const across = columns.ids.length + 2; // behind the headings: none of them, and the total
  const cell = (row, column) => gridPlace(rows, row) * across + gridPlace(columns, column);
  const grid = countedGrid(map, passing, readers, [rows, columns], across);
  const at = (row, column) => ({ primary: grid.primary[cell(row, column)], reviews: grid.reviews[cell(row, column)] });
  const shown = (axis, dimension, countAt) => shownHeadings(dimension, view[`open_${axis}`], view[`order_${axis}`], view.hide_empty, (position) => Object.values(countAt(position)));
  return {
    rows: shown("rows", rows, (position) => at(position, null)),
    columns: shown("columns", columns, (position) => at(null, position)),
    at,
    base: (row, column, shares) => at(shares === "row" ? row : null, shares === "column" ? column : null),
    studies: (row, column) => studiesOfCell(map, passing, readers, row, column),
    apart: grid.apart,
  };
}

function gridPlace(dimension, position) {
  if (position === null) return dimension.ids.length + 1;
  return position === NONE_PLACE ? dimension.ids.length : position;
}

function countedGrid(map, passing, readers, dimensions, across) {
  const [noRow, noColumn] = dimensions.map(({ ids }) => ids.length);
  const [allRows, allColumns] = [noRow + 1, noColumn + 1];
  const [primary, reviews, stamp] = [0, 1, 2].map(() => new Int32Array((noRow + 2) * across));
  stamp.fill(-1);
  const apart = [];
  for (let study = 0; study < map.size; study += 1) {
    if (!passing.study[study]) continue;
    const count = map.studies.roles[study] & REVIEW ? reviews : primary;
    const mark = (row, column) => {
      const cell = row * across + column;
      if (stamp[cell] === study) return;
      stamp[cell] = study;
      count[cell] += 1;
    };
    const [ownRows, ownColumns] = [new Set(), new Set()];
    let isInCell = false;
    visitUnits(map, passing, "either", study, (finding) => {
      const [rowAt, rowFrom, rowTo] = readers[0](study, finding);
      const [columnAt, columnFrom, columnTo] = readers[1](study, finding);
      for (let i = rowFrom; i < rowTo; i += 1) ownRows.add(rowAt[i]);
      for (let j = columnFrom; j < columnTo; j += 1) ownColumns.add(columnAt[j]);
      isInCell ||= rowFrom < rowTo && columnFrom < columnTo;
      for (let i = rowFrom; i < rowTo; i += 1) for (let j = columnFrom; j < columnTo; j += 1) mark(rowAt[i], columnAt[j]);
    });
    if (ownRows.size && ownColumns.size && !isInCell) apart.push(study);
    const [standRows, standColumns] = [ownRows.size ? ownRows : [noRow], ownColumns.size ? ownColumns : [noColumn]];
    if (!ownRows.size || !ownColumns.size) for (const row of standRows) for (const column of standColumns) mark(row, column);
    for (const row of standRows) mark(row, allColumns);
    for (const column of standColumns) mark(allRows, column);
    mark(allRows, allColumns);
  }
  return { primary, reviews, apart };
}

// In a cell of two headings one unit has both; else the study as a whole is asked.
function studiesOfCell(map, passing, readers, row, column) {
  const isPair = row !== null && column !== null && row >= 0 && column >= 0;
  const wanted = [row, column];
  return [...map.studies.id.keys()].filter((study) => {
    if (!passing.study[study]) return false;
    const has = [false, false];
    let isIn = false;
    visitUnits(map, passing, "either", study, (finding) => {
      const here = readers.map((read, axis) => hasHeading(read(study, finding), wanted[axis] >= 0 ? wanted[axis] : null));
      isIn ||= here[0] && here[1];
      here.forEach((each, axis) => (has[axis] ||= each));
    });
    if (isPair) return isIn;
    return wanted.every((each, axis) => each === null || has[axis] === each >= 0);
  });
}
