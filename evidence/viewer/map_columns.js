// Part of the map's viewer (see __init__.py): reads the document. Codes stand as ticked; here they
// are widened by the headings above them, once for each dimension that is asked for.

import { readPractice } from "./practice/practice_columns.js";

/**
 * @typedef {object} Codes  positions of headings, for each study or finding from starts[i] to starts[i + 1]
 * @property {Int32Array} starts
 * @property {Int32Array} positions
 *
 * @typedef {object} Dimension
 * @property {string} id
 * @property {string} title
 * @property {"study" | "finding"} of
 * @property {string | null} axis
 * @property {string[]} ids  of its headings, in reading order
 * @property {string[]} labels
 * @property {number[]} depths
 * @property {string[]} helps
 * @property {string[]} roles
 * @property {Int32Array} parents  positions; -1 at the top
 * @property {Map<string, number>} position  by id
 * @property {(number | number[])[]} codes  as ticked, -1 for none
 * @property {Codes | null} closed  with the headings above; see closedCodes
 *
 * @typedef {object} EvidenceMap
 * @property {any} document
 * @property {Dimension[]} dimensions
 * @property {Map<string, Dimension>} byId
 * @property {number} size  how many studies
 * @property {any} studies  columns of the document
 * @property {any} findings  columns of the document
 * @property {Int32Array} first  of each study its first finding; one more at the end
 * @property {Map<number, number>} studyPosition  by id
 * @property {{few: number, several: number, recent_since: number | null, not_applicable: string[][]}} gaps
 * @property {import("./practice/practice_columns.js").PracticeMap | null} practice
 * @property {Map<string, any>} cache
 */

export const MAP_FORMAT = "waymark-map 1";
export const REVIEW = 1;
export const ONGOING = 2;
export const LOW_WEIGHT = 4;
export const HIGH_QUALITY = 8;
export const SOME_CONCERNS = 16;
export const LOW_QUALITY = 32;
export const NO_INFORMATION = 64;

/** @returns {EvidenceMap} */
export function readMap(json) {
  const document = typeof json === "string" ? JSON.parse(json) : json;
  if (document?.format !== MAP_FORMAT) throw new Error(`This is no map that can be read here: ${String(document?.format)}`);
  const dimensions = document.dimensions.map(readDimension);
  const size = document.studies.id.length;
  const byId = new Map();
  for (const dimension of dimensions) if (!byId.has(dimension.id)) byId.set(dimension.id, dimension);
  return {
    document,
    dimensions,
    byId,
    size,
    studies: document.studies,
    findings: document.findings,
    first: firstFindings(document.findings.study, size),
    studyPosition: new Map(document.studies.id.map((id, position) => [id, position])),
    gaps: document.gaps,
    practice: readPractice(document.practice, readDimension),
    cache: new Map(),
  };
}

function readDimension(read) {
  const { id: ids, label: labels, depth: depths, help: helps, role: roles } = read.headings;
  const position = new Map();
  ids.forEach((id, i) => position.has(id) || position.set(id, i));
  return { id: read.id, title: read.title, of: read.of, axis: read.axis, ids, labels, depths, helps, roles, parents: parentsOf(depths), position, codes: read.codes, closed: null };
}

function parentsOf(depths) {
  const parents = new Int32Array(depths.length).fill(-1);
  const open = [];
  depths.forEach((depth, i) => {
    while (open.length && depths[open[open.length - 1]] >= depth) open.pop();
    if (open.length) parents[i] = open[open.length - 1];
    open.push(i);
  });
  return parents;
}

function firstFindings(study, size) {
  const first = new Int32Array(size + 1);
  for (const position of study) first[position + 1] += 1;
  for (let i = 0; i < size; i += 1) first[i + 1] += first[i];
  return first;
}

/** The codes with all headings above them, each heading once. @returns {Codes} */
export function closedCodes(dimension) {
  if (dimension.closed) return dimension.closed;
  const { codes, parents } = dimension;
  const starts = new Int32Array(codes.length + 1);
  const positions = [];
  const stamp = new Int32Array(parents.length).fill(-1);
  codes.forEach((ticked, unit) => {
    for (const code of typeof ticked === "number" ? [ticked] : ticked) {
      for (let at = code; at >= 0 && stamp[at] !== unit; at = parents[at]) {
        stamp[at] = unit;
        positions.push(at);
      }
    }
    starts[unit + 1] = positions.length;
  });
  dimension.closed = { starts, positions: Int32Array.from(positions) };
  return dimension.closed;
}

/**
 * Positions of the headings that divide the cells; by their tree they never overlap. A heading that
 * stands alone at the top with all others below it divides nothing.
 */
export function segmentHeadings(dimension) {
  return topHeadings(dimension, () => true);
}

/**
 * Positions of the headings with which rows or columns begin. A heading that stands alone at the top
 * with all others below it is left out, unless a study is on it alone.
 */
export function firstHeadings(dimension) {
  return topHeadings(dimension, (top) => !dimension.codes.some((ticked) => (typeof ticked === "number" ? ticked : ticked.at(-1)) === top));
}

function topHeadings(dimension, mayGo) {
  let tops = headingsBelow(dimension, -1);
  while (tops.length === 1 && mayGo(tops[0])) {
    const below = headingsBelow(dimension, tops[0]);
    if (!below.length) break;
    tops = below;
  }
  return tops;
}

/** Positions of the headings right below one; of those at the top for -1. */
export function headingsBelow(dimension, above) {
  return [...dimension.ids.keys()].filter((position) => dimension.parents[position] === above);
}

/** Whether one heading is another, or stands below it. */
export function isWithin(dimension, position, above) {
  let at = position;
  while (at > above) at = dimension.parents[at];
  return at === above;
}
