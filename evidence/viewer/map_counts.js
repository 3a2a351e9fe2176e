// Part of the map's viewer (see __init__.py): counts studies in cells, as synthesis/crosstab.py does,
// which it is tested against. Arrays and stamps instead of sets, so that a filter shows at once.

import { directionsOf } from "./map_directions.js";
import { cellKinds } from "./map_cells.js";
import { REVIEW, closedCodes, segmentHeadings } from "./map_columns.js";
import { allOf, passingOf } from "./map_filters.js";
import { shownHeadings } from "./shown_headings.js";

/**
 * @typedef {object} CellCount
 * @property {number} primary  studies that pass, reviews left out
 * @property {number} reviews
 * @property {{position: number, primary: number, reviews: number}[]} segments  those of
 *   segmentHeadings that occur, in order; -1, last, for studies without a code
 * @property {string | null} kind  see map_cells.js; null for totals
 * @property {{primary: number, reviews: number}} without  whatever the filters
 * @property {Record<string, number> | null} directions  see map_directions.js
 *
 * @typedef {object} Grid
 * @property {number} across  columns with the total, which stands last, as it does among the rows
 * @property {Int32Array} primary  by cell
 * @property {Int32Array} reviews
 * @property {number} slots  segments and "not coded"; 0 without segments
 * @property {Int32Array} primaryIn  by cell and slot
 * @property {Int32Array} reviewsIn
 * @property {Uint8Array} placed  by study
 */

const NO_UNIT = -1;
const NO_CODES = { starts: new Int32Array(2), positions: new Int32Array(0) };

/** Everything about one view that a drawing asks for. Rows and columns are positions; null is a total. */
export function mapCounts(map, view) {
  const rows = map.byId.get(view.rows);
  const columns = map.byId.get(view.columns);
  const segment = view.segment === null ? null : map.byId.get(view.segment);
  const passing = passingOf(map, view);
  const units = unitsOf([rows, columns], segment, passing);
  const grid = gridOf(map, rows, columns, segment, passing, units);
  const base = unfilteredOf(map, rows, columns);
  const tops = segment ? segmentHeadings(segment) : [];
  const directions = view.view === "directions" ? directionsOf(map, view, passing) : null;
  const cell = (row, column) => (row ?? rows.ids.length) * grid.across + (column ?? columns.ids.length);
  const totals = (position, isRow) => {
    const at = isRow ? cell(position, null) : cell(null, position);
    return [grid.primary[at], grid.reviews[at]];
  };
  const figures = (row, column) => {
    const at = cell(row, column);
    return { primary: grid.primary[at], reviews: grid.reviews[at], kind: row === null || column === null ? null : base.kinds[at],
      without: { primary: base.grid.primary[at], reviews: base.grid.reviews[at] } };
  };
  const shown = [
    shownHeadings(rows, view.open_rows, view.order_rows, view.hide_empty, (at) => totals(at, true)),
    shownHeadings(columns, view.open_columns, view.order_columns, view.hide_empty, (at) => totals(at, false)),
  ];
  return {
    rows: shown[0],
    columns: shown[1],
    /** @returns {CellCount} */
    at(row, column) {
      const at = cell(row, column);
      return { ...figures(row, column), segments: segmentsAt(grid, at, tops), directions: row === null || column === null ? null : (directions?.(at) ?? null) };
    },
    /** The same without segments and directions, which take long where every cell is asked. */
    figures,
    /** The largest numbers of any cell that is shown, totals left out, by which marks are scaled. */
    most: () => largestOf(grid, shown[0].flatMap((row) => shown[1].map((column) => cell(row, column)))),
    /** Positions of the studies of a cell, a total or one of their segments, in their order. */
    studies: (row, column, position = null) => studiesAt(map, { rows, columns, segment, passing, units }, row, column, position),
    unplaced: unplacedOf(map, rows, columns, passing, units, grid.placed),
    passing: passing.count,
    of: map.size,
    coded_together: rows.axis !== null && columns.axis !== null && (rows.of === "study" || columns.of === "study"),
  };
}

/** What is looked at one by one: "findings"; "either", the findings or else the study; "studies". */
function unitsOf(axes, segment, passing) {
  if (axes.some(({ of }) => of === "finding")) return "findings";
  return segment?.of === "finding" || passing.ofFindings ? "either" : "studies";
}

/** Calls `visit` with each finding that passes, or with NO_UNIT for the study as a whole. */
export function visitUnits(map, passing, units, study, visit) {
  const from = map.first[study];
  const to = map.first[study + 1];
  if (units === "studies" || (units === "either" && from === to)) {
    visit(NO_UNIT);
    return;
  }
  for (let at = from; at < to; at += 1) if (passing.finding[at]) visit(at);
}

/** The codes of a dimension, and which of them are a unit's: [codes, from, to]. */
export function unitReader(dimension) {
  const codes = closedCodes(dimension);
  const ofStudy = dimension.of === "study";
  return (study, finding) => {
    const unit = ofStudy ? study : finding;
    return unit === NO_UNIT ? [NO_CODES.positions, 0, 0] : [codes.positions, codes.starts[unit], codes.starts[unit + 1]];
  };
}

/** @returns {Grid} */
function gridOf(map, rows, columns, segment, passing, units) {
  const down = rows.ids.length + 1;
  const across = columns.ids.length + 1;
  const tops = segment ? segmentHeadings(segment) : [];
  const slots = segment ? tops.length + 1 : 0;
  const slotOf = new Int32Array(segment ? segment.ids.length : 0).fill(-1);
  tops.forEach((position, slot) => (slotOf[position] = slot));
  const primary = new Int32Array(down * across);
  const reviews = new Int32Array(down * across);
  const primaryIn = new Int32Array(down * across * slots);
  const reviewsIn = new Int32Array(down * across * slots);
  const stamp = new Int32Array(down * across).fill(-1);
  const stampIn = new Int32Array(down * across * slots).fill(-1);
  const placed = new Uint8Array(map.size);
  const [readRows, readColumns] = [unitReader(rows), unitReader(columns)];
  const readSegments = segment ? unitReader(segment) : null;
  const unitSlots = new Int32Array(slots);
  const { roles } = map.studies;
  for (let study = 0; study < map.size; study += 1) {
    if (!passing.study[study]) continue;
    const isReview = (roles[study] & REVIEW) !== 0;
    const count = isReview ? reviews : primary;
    const countIn = isReview ? reviewsIn : primaryIn;
    visitUnits(map, passing, units, study, (finding) => {
      const [rowAt, rowFrom, rowTo] = readRows(study, finding);
      const [columnAt, columnFrom, columnTo] = readColumns(study, finding);
      if (rowFrom === rowTo || columnFrom === columnTo) return;
      placed[study] = 1;
      const slotCount = readSegments ? slotsOf(readSegments(study, finding), slotOf, unitSlots) : 0;
      for (let i = rowFrom; i <= rowTo; i += 1) {
        const start = (i === rowTo ? down - 1 : rowAt[i]) * across;
        for (let j = columnFrom; j <= columnTo; j += 1) {
          const cell = start + (j === columnTo ? across - 1 : columnAt[j]);
          if (stamp[cell] !== study) {
            stamp[cell] = study;
            count[cell] += 1;
          }
          for (let k = 0; k < slotCount; k += 1) {
            const inside = cell * slots + unitSlots[k];
            if (stampIn[inside] === study) continue;
            stampIn[inside] = study;
            countIn[inside] += 1;
          }
        }
      }
    });
  }
  return { across, primary, reviews, slots, primaryIn, reviewsIn, placed };
}

// Which slots a unit has, written into `into`; the last slot stands for no code.
function slotsOf([positions, from, to], slotOf, into) {
  let count = 0;
  for (let i = from; i < to; i += 1) if (slotOf[positions[i]] >= 0) into[count++] = slotOf[positions[i]];
  if (!count) into[count++] = into.length - 1;
  return count;
}

function segmentsAt(grid, cell, tops) {
  const segments = [];
  for (let slot = 0; slot < grid.slots; slot += 1) {
    const at = cell * grid.slots + slot;
    const primary = grid.primaryIn[at];
    const reviews = grid.reviewsIn[at];
    if (primary || reviews) segments.push({ position: tops[slot] ?? -1, primary, reviews });
  }
  return segments;
}

// No largest number is less than one. `pair`: of the sums of the roots of both, which are sides of squares.
function largestOf({ primary, reviews, slots, primaryIn, reviewsIn }, cells) {
  const most = { primary: 1, reviews: 1, segment: 1, pair: 1 };
  for (const cell of cells) {
    most.primary = Math.max(most.primary, primary[cell]);
    most.reviews = Math.max(most.reviews, reviews[cell]);
    most.pair = Math.max(most.pair, Math.sqrt(primary[cell]) + Math.sqrt(reviews[cell]));
    for (let at = cell * slots; at < (cell + 1) * slots; at += 1) most.segment = Math.max(most.segment, primaryIn[at], reviewsIn[at]);
  }
  return most;
}

// The counts and kinds that hold whatever the filters, made once for rows and columns.
function unfilteredOf(map, rows, columns) {
  const key = JSON.stringify(["unfiltered", rows.id, columns.id]);
  if (!map.cache.has(key)) {
    const passing = allOf(map);
    const units = unitsOf([rows, columns], null, passing);
    const grid = gridOf(map, rows, columns, null, passing, units);
    map.cache.set(key, { grid, kinds: cellKinds(map, rows, columns, grid, (visit) => visitCells(map, rows, columns, passing, units, visit)) });
  }
  return map.cache.get(key);
}

/** Calls `visit` with each study and cell that has it, once; totals left out. */
function visitCells(map, rows, columns, passing, units, visit) {
  const across = columns.ids.length + 1;
  const stamp = new Int32Array((rows.ids.length + 1) * across).fill(-1);
  const [readRows, readColumns] = [unitReader(rows), unitReader(columns)];
  for (let study = 0; study < map.size; study += 1) {
    if (!passing.study[study]) continue;
    visitUnits(map, passing, units, study, (finding) => {
      const [rowAt, rowFrom, rowTo] = readRows(study, finding);
      const [columnAt, columnFrom, columnTo] = readColumns(study, finding);
      for (let i = rowFrom; i < rowTo; i += 1) {
        for (let j = columnFrom; j < columnTo; j += 1) {
          const cell = rowAt[i] * across + columnAt[j];
          if (stamp[cell] === study) continue;
          stamp[cell] = study;
          visit(study, cell);
        }
      }
    });
  }
}

function studiesAt(map, { rows, columns, segment, passing, units }, row, column, position) {
  const readers = [[unitReader(rows), row], [unitReader(columns), column]];
  const readSegments = segment && position !== null ? unitReader(segment) : null;
  const wanted = readSegments && position < 0 ? segmentHeadings(segment) : [position];
  const studies = [];
  for (let study = 0; study < map.size; study += 1) {
    if (!passing.study[study]) continue;
    let stands = false;
    visitUnits(map, passing, units, study, (finding) => {
      if (stands) return;
      const isIn = readers.every(([read, wanted]) => hasHeading(read(study, finding), wanted));
      if (!isIn || !readSegments) stands = isIn;
      else stands = wanted.some((each) => hasHeading(readSegments(study, finding), each)) === position >= 0;
    });
    if (stands) studies.push(study);
  }
  return studies;
}

// null asks for any heading at all.
export function hasHeading([positions, from, to], wanted) {
  if (wanted === null) return from < to;
  for (let i = from; i < to; i += 1) if (positions[i] === wanted) return true;
  return false;
}

function unplacedOf(map, rows, columns, passing, units, placed) {
  const unplaced = [];
  const readers = [rows, columns].map(unitReader);
  for (let study = 0; study < map.size; study += 1) {
    if (passing.study[study] && !placed[study]) unplaced.push({ study, reason: whyNot(study) });
  }
  return unplaced;

  function whyNot(study) {
    let any = false;
    const has = [false, false];
    visitUnits(map, passing, units, study, (finding) => {
      any = true;
      readers.forEach((read, i) => (has[i] ||= hasHeading(read(study, finding), null)));
    });
    if (!any) return "no finding";
    const missing = [rows, columns].find((_, i) => !has[i]);
    return missing ? `no code on “${missing.title}”` : "no finding that is coded on both";
  }
}
