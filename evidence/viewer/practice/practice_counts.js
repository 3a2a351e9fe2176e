// Part of the map's viewer (see __init__.py): counts services beside studies, as
// evidence/synthesis/practice/practice_table.py does, which it is tested against. What a cell says is
// judged by all studies and services, whatever the filters.

import { closedCodes } from "../map_columns.js";
import { unitReader, visitUnits } from "../map_counts.js";
import { allOf, passingOf } from "../map_filters.js";
import { AREA_DIMENSION, practiceAxes } from "./practice_columns.js";

/**
 * @typedef {import("./practice_view.js").PracticePlace} Place
 *
 * @typedef {object} PracticeCell
 * @property {number[] | null} studies  positions of those that pass; null where they are not counted
 * @property {number[] | null} services
 * @property {string | null} situation  of SITUATIONS
 * @property {number} overlap  services of one kind in one area, where these are several; else 0
 * @property {{verdict: string, why: string, ratings: [string, string][]} | null} provision
 *
 * @typedef {object} PracticeTable
 * @property {Place[]} rows  last ALL_SERVICES, the total of all rows
 * @property {Place[]} columns
 * @property {{rows: any, columns: any, isOverlaid: boolean}} axes
 * @property {(row: Place, column: Place) => PracticeCell} at
 * @property {number} passing  services
 * @property {(row: Place) => boolean} isBareRow  a heading of studies alone, under which no study of the map is
 * @property {(column: Place) => boolean} isBareColumn
 * @property {number[]} apart  studies that pass, are coded on the question and stand in no row
 */

export const ALL_SERVICES = ["service", null];
export const ALL_STUDIES = ["study", null];
const SEVERAL_SERVICES = 2; // of one kind in one area, which may be too many

/** @returns {PracticeTable} */
export function practiceTable(map, view) {
  const { practice } = map;
  const chosen = practiceAxes(practice, view.practice);
  const axes = { rows: practiceAxis(map, chosen.rows), columns: practiceAxis(map, chosen.columns), isOverlaid: chosen.isOverlaid, studyColumns: map.byId.get(view.practice.study_columns) ?? null };
  const passing = passingServices(practice, view.practice.filters);
  const now = practiceCounting(map, axes, passingOf(map, view), passing);
  const everyone = practiceCounting(map, axes, allOf(map), new Uint8Array(practice.size).fill(1));
  const shown = { practice, axes, now, everyone, show: view.practice.show };
  const cells = new Map(); // each is asked for several times
  return {
    rows: rowsShown(shown),
    columns: columnsShown(shown),
    axes,
    at(row, column) {
      const key = JSON.stringify([row, column]);
      if (!cells.has(key)) cells.set(key, practiceCell(shown, row, column));
      return cells.get(key);
    },
    passing: passing.reduce((sum, each) => sum + each, 0),
    isBareRow: (row) => row[0] === "study" && !everyone.studiesAt(row, ALL_STUDIES).length,
    isBareColumn: (column) => chosen.isOverlaid && column[0] === "study" && column[1] !== null && !everyone.studiesAt(ALL_SERVICES, column).length,
    apart: now.apart(),
  };
}

/** A dimension of services, with the one of studies that asks for the same. */
function practiceAxis(map, id) {
  const dimension = map.practice.byId.get(id);
  const join = map.practice.joins.get(id);
  const ofStudies = join ? map.byId.get(join.of_studies) : null;
  const pairs = join?.pairs ?? new Map();
  const places = [...dimension.ids.map((heading) => ["service", heading]), ...unpairedHeadings(ofStudies, pairs).map((heading) => ["study", heading])];
  const headingsOf = ([side, heading]) => (side === "study" ? [heading] : pairs.get(heading) ?? []).map((each) => ofStudies.position.get(each));
  return { dimension, ofStudies, places, headingsOf };
}

// The widest headings of studies that nothing below, above or at is joined with.
function unpairedHeadings(ofStudies, pairs) {
  if (!ofStudies) return [];
  const { ids, parents, position } = ofStudies;
  const [isJoined, joinedBelow] = [new Uint8Array(ids.length), new Uint8Array(ids.length)];
  for (const heading of [...pairs.values()].flat()) {
    isJoined[position.get(heading)] = 1;
    for (let at = position.get(heading); at >= 0; at = parents[at]) joinedBelow[at] = 1;
  }
  const covered = new Uint8Array(ids.length);
  return ids.filter((_, at) => {
    const above = parents[at] >= 0 && covered[parents[at]];
    covered[at] = Number(above || isJoined[at] || !joinedBelow[at]);
    return !above && !joinedBelow[at];
  });
}

function passingServices(practice, filters) {
  const passing = new Uint8Array(practice.size).fill(1);
  for (const { dimension: id, codes } of filters) {
    const has = codes.map((code) => servicesWith(practice.byId.get(id), code));
    for (let at = 0; at < passing.length; at += 1) if (!has.some((each) => each[at])) passing[at] = 0;
  }
  return passing;
}

function servicesWith(dimension, heading) {
  const { starts, positions } = closedCodes(dimension);
  const wanted = dimension.position.get(heading);
  const has = new Uint8Array(starts.length - 1);
  for (let at = 0; at < has.length; at += 1) for (let i = starts[at]; i < starts[at + 1]; i += 1) if (positions[i] === wanted) has[at] = 1;
  return has;
}

// Those that pass some filters, or all.
function practiceCounting(map, axes, passing, services) {
  const grid = axes.rows.ofStudies ? studyGrid(map, axes, passing) : null;
  const [servicesKnown, studiesKnown] = [new Map(), new Map()]; // what was asked already
  const everyService = [...services.keys()].filter((at) => services[at]);

  function cached(cache, key, make) {
    const text = JSON.stringify(key);
    if (!cache.has(text)) cache.set(text, make());
    return cache.get(text);
  }

  // Those with a heading: as a list, and by position.
  function servicesOf(axis, [side, heading]) {
    return cached(servicesKnown, [axis.dimension.id, side, heading], () => {
      if (heading === null) return { list: everyService, has: services };
      const has = side === "study" ? new Uint8Array(services.length) : servicesWith(axis.dimension, heading);
      return { list: everyService.filter((at) => has[at]), has };
    });
  }

  function servicesAt(row, column) {
    const [one, other] = [servicesOf(axes.rows, row), servicesOf(axes.columns, column)].sort((first, second) => first.list.length - second.list.length);
    return one.list.filter((at) => other.has[at]);
  }

  function studiesAt(row, column) {
    return grid ? cached(studiesKnown, [row, column], () => foundStudies(row, column)) : [];
  }

  function foundStudies(row, column) {
    const rows = row[1] === null ? axes.rows.places : [row];
    const isTotal = column[0] === "study" && column[1] === null;
    const across = isTotal ? [null] : axes.isOverlaid || !axes.studyColumns ? axes.columns.headingsOf(column) : [axes.studyColumns.position.get(column[1])];
    const found = new Set(rows.flatMap((each) => axes.rows.headingsOf(each)).flatMap((down) => across.flatMap((each) => grid.cell(down, each))));
    return [...found].sort((one, other) => one - other);
  }

  function apart() {
    const placed = new Set(studiesAt(ALL_SERVICES, ALL_STUDIES));
    return grid ? grid.coded.filter((study) => !placed.has(study)) : [];
  }

  return { servicesAt, studiesAt, apart, servicesWith: (dimension, place) => servicesOf({ dimension }, place).list };
}

// By heading of the rows, and by heading of both, which studies have it, or have them together.
function studyGrid(map, axes, passing) {
  const down = axes.rows.ofStudies;
  const across = (axes.isOverlaid ? axes.columns.ofStudies : axes.studyColumns) ?? down;
  const readers = [unitReader(down), unitReader(across)];
  const cells = new Map();
  const coded = [];
  const mark = (row, column, study) => {
    const key = row * (across.ids.length + 1) + (column ?? across.ids.length);
    const listed = cells.get(key);
    if (!listed) cells.set(key, [study]);
    else if (listed.at(-1) !== study) listed.push(study);
  };
  for (let study = 0; study < map.size; study += 1) {
    if (!passing.study[study]) continue;
    let isCoded = false;
    visitUnits(map, passing, "either", study, (finding) => {
      const [rowAt, rowFrom, rowTo] = readers[0](study, finding);
      const [columnAt, columnFrom, columnTo] = readers[1](study, finding);
      isCoded ||= rowFrom < rowTo;
      for (let i = rowFrom; i < rowTo; i += 1) {
        mark(rowAt[i], null, study);
        for (let j = columnFrom; j < columnTo; j += 1) mark(rowAt[i], columnAt[j], study);
      }
    });
    if (isCoded) coded.push(study);
  }
  return { coded, cell: (row, column) => cells.get(row * (across.ids.length + 1) + (column ?? across.ids.length)) ?? [] };
}

function rowsShown({ axes, show }) {
  return [...axes.rows.places.filter(([side]) => show !== "services" || side === "service"), ALL_SERVICES];
}

function columnsShown({ axes, show }) {
  const columns = [];
  if (axes.rows.ofStudies && show !== "services") {
    columns.push(ALL_STUDIES);
    if (!axes.isOverlaid && axes.studyColumns) columns.push(...axes.studyColumns.ids.map((heading) => ["study", heading]));
  }
  if (show === "studies") return [...columns, ...(axes.isOverlaid ? axes.columns.places : [])];
  const hasBoth = axes.isOverlaid && show === "both";
  return [...columns, ...axes.columns.places.filter(([side]) => hasBoth || side === "service"), ALL_SERVICES];
}

function isAllServices([side, heading]) {
  return side === "service" && heading === null;
}

/** @returns {PracticeCell} */
function practiceCell(shown, row, column) {
  const { axes, now, everyone, show, practice } = shown;
  const isOfStudies = column[0] === "study" || (axes.isOverlaid && !isAllServices(column));
  const isOfServices = row[0] !== "study" && column[0] !== "study" && show !== "studies";
  const place = isOfServices ? kindAndArea(practice, axes, row, column) : null;
  const together = place ? everyone.servicesAt(row, column).length : 0;
  return {
    studies: isOfStudies && show !== "services" && isAskedOfStudies(axes, row, column) ? now.studiesAt(row, column) : null,
    services: isOfServices ? now.servicesAt(row, column) : null,
    situation: show === "both" ? situationOf(shown, row, column) : null,
    overlap: together >= SEVERAL_SERVICES ? together : 0,
    provision: (place && practice.provision.get(JSON.stringify(place))) ?? null,
  };
}

// Whether what a row and a column stand for was asked of studies.
function isAskedOfStudies(axes, row, column) {
  const byCell = axes.isOverlaid && column[1] !== null;
  return (isAllServices(row) || axes.rows.headingsOf(row).length > 0) && (!byCell || axes.columns.headingsOf(column).length > 0);
}

// Nothing is said of totals of rows, nor where columns divide services by what no area is and no study was asked.
function situationOf({ axes, everyone }, row, column) {
  const isWhole = isAllServices(column);
  const isTold = isWhole || axes.isOverlaid || axes.columns.dimension.id === AREA_DIMENSION;
  const isBeside = column[0] === "study" && (column[1] === null || !axes.isOverlaid);
  if (!axes.rows.ofStudies || isAllServices(row) || isBeside || !isTold) return null;
  if (row[0] === "study" || column[0] === "study") return "asked of studies only";
  if (isUnanswered(axes.rows, row, everyone) || isUnanswered(axes.columns, column, everyone)) return "nobody answered";
  const byCell = axes.isOverlaid && !isWhole;
  if (!isAskedOfStudies(axes, row, column)) return "asked of services only";
  const hasStudies = everyone.studiesAt(row, byCell ? column : ALL_STUDIES).length > 0;
  const hasServices = everyone.servicesAt(row, column).length > 0;
  if (hasStudies) return hasServices ? "research and practice" : "research without practice";
  return hasServices ? "practice without research" : "neither research nor practice";
}

// Whether a place is an area of which no service has a form.
function isUnanswered({ dimension }, place, everyone) {
  return dimension.id === AREA_DIMENSION && place[1] !== null && !everyone.servicesWith(dimension, place).length;
}

// Of which kind and area a cell is; null where it is not of both.
function kindAndArea({ kinds }, axes, row, column) {
  const ids = [axes.rows.dimension.id, axes.columns.dimension.id];
  if (kinds === null || !ids.includes(kinds) || !ids.includes(AREA_DIMENSION)) return null;
  const place = [kinds, AREA_DIMENSION].map((id) => (ids[0] === id ? row : column)[1]);
  return place.includes(null) ? null : place;
}
