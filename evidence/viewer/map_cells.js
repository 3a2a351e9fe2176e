// Part of the map's viewer (see __init__.py): what each cell is, as synthesis/map_cells.py says it.

import { HIGH_QUALITY, LOW_WEIGHT, ONGOING, REVIEW, isWithin } from "./map_columns.js";

export const CELL_KINDS = ["not applicable", "no study", "ongoing only", "low weight only", "few", "synthesis gap", "evidence"];
/** No or few studies and reviews. */
export const ABSOLUTE_GAPS = ["no study", "few"];

/**
 * By cell, its kind; judged by all studies, whatever the filters.
 * @param {import("./map_counts.js").Grid} grid  without filters
 * @param {(visit: (study: number, cell: number) => void) => void} visitAll  every study of every cell
 * @returns {string[]}
 */
export function cellKinds(map, rows, columns, grid, visitAll) {
  const { few, several, recent_since: recentSince, not_applicable: marked } = map.gaps;
  const { roles, year } = map.studies;
  const done = new Int32Array(grid.primary.length);
  const weighty = new Int32Array(grid.primary.length);
  const good = new Int32Array(grid.primary.length);
  visitAll((study, cell) => {
    if (roles[study] & ONGOING) return;
    done[cell] += 1;
    if (!(roles[study] & LOW_WEIGHT)) weighty[cell] += 1;
    const isGood = roles[study] & REVIEW && roles[study] & HIGH_QUALITY;
    if (isGood && (recentSince === null || (year[study] !== null && year[study] >= recentSince))) good[cell] += 1;
  });
  const kindOf = (cell) => {
    const primary = grid.primary[cell];
    const all = primary + grid.reviews[cell];
    if (!all) return "no study";
    if (!done[cell]) return "ongoing only";
    if (!weighty[cell]) return "low weight only";
    if (all <= few) return "few";
    return several > 0 && primary >= several && !good[cell] ? "synthesis gap" : "evidence";
  };
  const kinds = Array.from(grid.primary, (_, cell) => kindOf(cell));
  for (const cell of markedCells(rows, columns, marked)) kinds[cell] = "not applicable";
  return kinds;
}

// The cells that are not applicable by hand, and all that lie in them; either way round.
function markedCells(rows, columns, marked) {
  const cells = [];
  for (const [first, above, second, beside] of marked) {
    for (const [one, other, row, column] of [[first, second, above, beside], [second, first, beside, above]]) {
      if (rows.id === one && columns.id === other && rows.position.has(row) && columns.position.has(column)) {
        for (const down of branchOf(rows, rows.position.get(row))) {
          for (const across of branchOf(columns, columns.position.get(column))) cells.push(down * (columns.ids.length + 1) + across);
        }
      }
    }
  }
  return cells;
}

function branchOf(dimension, above) {
  return dimension.ids.map((_, position) => position).filter((position) => isWithin(dimension, position, above));
}
