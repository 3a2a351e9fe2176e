// Part of the map's viewer (see __init__.py): what is chosen of services beside studies as parts of an
// address, and back. The same as evidence/synthesis/practice/practice_view.py.

import { addressedCodes, addressedDimension, decodedPart, readable, shortenedPart } from "../address_reading.js";
import { encodedPart } from "../encoded_parts.js";
import { practiceAxes } from "./practice_columns.js";

/**
 * @typedef {["service" | "study", string | null]} PracticePlace  a heading with its side; null for its total
 *
 * @typedef {object} PracticeView
 * @property {"studies" | "services" | "both"} show
 * @property {string | null} rows
 * @property {string | null} columns
 * @property {string | null} study_columns
 * @property {string[]} closed_rows  ids of headings below which nothing is shown
 * @property {string[]} closed_columns
 * @property {{dimension: string, codes: string[]}[]} filters
 * @property {[PracticePlace, PracticePlace] | null} at
 * @property {string | null} service
 */

export const SHOWN = ["studies", "services", "both"];
export const PLAIN_PRACTICE = { show: "both", rows: null, columns: null, study_columns: null, closed_rows: [], closed_columns: [], filters: [], at: null, service: null };
const STUDIES_MARK = "~";

/** Names and values of the parts that differ from the plain view. */
export function practiceParts(view) {
  const parts = [];
  if (view.show !== "both") parts.push(["show", view.show]);
  for (const [name, id] of [["prows", view.rows], ["pcolumns", view.columns], ["pstudies", view.study_columns]]) if (id !== null) parts.push([name, encodedPart(id)]);
  for (const [name, codes] of [["prclosed", view.closed_rows], ["pcclosed", view.closed_columns]]) if (codes.length) parts.push([name, codes.map(encodedPart).join(",")]);
  for (const { dimension, codes } of view.filters) parts.push(["pf", `${encodedPart(dimension)}~${codes.map(encodedPart).join(",")}`]);
  if (view.at) parts.push(["pat", view.at.map(([side, heading]) => (side === "study" ? STUDIES_MARK : "") + (heading === null ? "" : encodedPart(heading))).join(",")]);
  if (view.service !== null) parts.push(["service", encodedPart(view.service)]);
  return parts;
}

function practiceReader(name, read) {
  return (value, view, reading) => {
    if (!reading.map.practice) reading.told.push(`This map has no services, so a part of the address is left: ${name}`);
    else view.practice = { ...view.practice, ...read(value, view.practice, reading) };
  };
}

function axisReader(name) {
  return (value, _, { map, told }) => ({ [name]: addressedDimension(value, map.practice.byId, told)?.id ?? null });
}

function closedReader(axis) {
  return (value, view, { map, told }) => ({ [`closed_${axis}`]: addressedCodes(value, map.practice.byId.get(practiceAxes(map.practice, view)[axis]), told) });
}

/** By name of a part, in the order in which they are read: places come after rows and columns. */
export const PRACTICE_READERS = [
  ["show", (value) => {
    readable(SHOWN.includes(value));
    return { show: value };
  }],
  ["prows", axisReader("rows")],
  ["pcolumns", axisReader("columns")],
  ["pstudies", (value, view, { map, told }) => ({ study_columns: addressedDimension(value, map.byId, told)?.id ?? view.study_columns })],
  ["prclosed", closedReader("rows")],
  ["pcclosed", closedReader("columns")],
  ["pf", (value, view, { map, told }) => {
    const [id, codes, ...more] = value.split("~");
    readable(codes !== undefined && !more.length);
    const dimension = addressedDimension(id, map.practice.byId, told);
    const there = dimension ? addressedCodes(codes, dimension, told) : [];
    return there.length ? { filters: [...view.filters, { dimension: dimension.id, codes: there }] } : {};
  }],
  ["pat", (value, view, { map, told }) => {
    const parts = value.split(",");
    readable(parts.length === 2 && parts[0] !== STUDIES_MARK);
    const { rows, columns, ofStudies } = practiceAxes(map.practice, view);
    const ofRows = map.byId.get(map.practice.joins.get(rows)?.of_studies);
    const row = addressedSide(parts[0], map.practice.byId.get(rows), ofRows, told);
    const column = addressedSide(parts[1], map.practice.byId.get(columns), map.byId.get(ofStudies), told);
    return row && column ? { at: [row, column] } : {};
  }],
  ["service", (value, _, { map, told }) => {
    const id = decodedPart(value);
    if (map.practice.services.id.includes(id)) return { service: id };
    told.push(`The address names a service that this map does not have: ${shortenedPart(id)}`);
    return {};
  }],
].map(([name, read]) => [name, practiceReader(name, read)]);

// What a part stands for; null where it is not there.
function addressedSide(part, ofServices, ofStudies, told) {
  if (part === "" || part === STUDIES_MARK) return [part ? "study" : "service", null];
  const isStudy = part.startsWith(STUDIES_MARK);
  const [code] = addressedCodes(isStudy ? part.slice(1) : part, isStudy ? ofStudies : ofServices, told);
  return code === undefined ? null : [isStudy ? "study" : "service", code];
}
