// Part of the map's viewer (see __init__.py): a view as the part of an address after "#", and back.
// The same as evidence/synthesis/map_address.py; what each part means is written in map_view.py.

import { UnreadablePart, addressedCodes, addressedDimension, decodedPart, readable, shortenedPart } from "./address_reading.js";
import { encodedPart } from "./encoded_parts.js";
import { readableSearches } from "./map_searches.js";
import { PLAIN_PRACTICE, PRACTICE_READERS, practiceParts } from "./practice/practice_view.js";

/**
 * @typedef {object} View
 * @property {"map" | "list" | "frequencies" | "crosstab" | "practice"} page
 * @property {string} rows
 * @property {string} columns
 * @property {string | null} segment
 * @property {string} view
 * @property {{dimension: string, mode: "any" | "all" | "none", codes: string[]}[]} filters
 * @property {[number | null, number | null]} years
 * @property {string} words
 * @property {string[]} searches
 * @property {number | null} search
 * @property {{version: number, which: ("added" | "recoded")[]} | null} since
 * @property {string[]} open_rows
 * @property {string[]} open_columns
 * @property {boolean} hide_empty
 * @property {"scheme" | "count" | string[]} order_rows
 * @property {"scheme" | "count" | string[]} order_columns
 * @property {string | null} contrast
 * @property {string | null} question  a dimension, or YEAR; null for all
 * @property {"none" | "row" | "column" | "all"} shares
 * @property {"label" | "year"} order_list
 * @property {[string | null, string | null] | null} at  in the crosstab NONE_OF_THESE, too
 * @property {[string, string | null] | null} line  question and heading, year or NONE_OF_THESE
 * @property {"primary" | "reviews" | null} only
 * @property {number | null} study
 * @property {import("./practice/practice_view.js").PracticeView} practice
 */

export const DRAWINGS = ["numbers", "bubbles", "table", "directions", "mosaic", "donut"];
export const CONTRASTS = "axis:contrast";
export const ALL_BRANCHES = "*";
export const YEAR = "year";
export const NONE_OF_THESE = "~";
export const MAP_PAGES = ["map", "list", "frequencies", "crosstab", "practice"];
const SHARES = ["none", "row", "column", "all"];
const LIST_ORDERS = ["label", "year"];
const ONLY = ["primary", "reviews"];
const MOST_TOLD = 10; // sentences; an address can have thousands of parts
const FILTER_MODES = ["any", "all", "none"];
const REPEATED_PARTS = ["f", "find", "pf"];
const PLAIN_VIEW = {
  page: "map",
  segment: null,
  view: "numbers",
  filters: [],
  years: [null, null],
  words: "",
  searches: [],
  search: null,
  since: null,
  open_rows: [],
  open_columns: [],
  hide_empty: false,
  order_rows: "scheme",
  order_columns: "scheme",
  contrast: null,
  question: null,
  shares: "none",
  order_list: "label",
  at: null,
  line: null,
  only: null,
  study: null,
  practice: PLAIN_PRACTICE,
};

/** What the map begins with, where no address says otherwise. @returns {{view: View, told: string[]}} */
export function beginningView(map) {
  if (map.document.view) return viewFromAddress(map.document.view, map);
  return { view: defaultView(map), told: [] };
}

/** The axis of findings, else a question that is called so, else the first. @returns {string} */
function usual(ids, axis) {
  return [`axis:${axis}`, `question:${axis}`].find((id) => ids.includes(id)) ?? ids[0];
}

/** Interventions by outcomes, divided by the design; what there is not is replaced. @returns {View} */
export function defaultView(map) {
  const ids = map.dimensions.map(({ id }) => id);
  const rows = usual(ids, "intervention");
  const others = ids.some((id) => id !== rows) ? ids.filter((id) => id !== rows) : ids;
  const columns = usual(others, "outcome");
  const segment = ids.find((id) => id.includes("design") && id !== rows && id !== columns) ?? null;
  return { ...PLAIN_VIEW, rows, columns, segment };
}

/** Rows and columns always stand in it; of the rest, what differs from the plain view. */
export function addressOf(view) {
  const parts = [["rows", encodedPart(view.rows)], ["columns", encodedPart(view.columns)]];
  const add = (name, value) => parts.push([name, value]);
  if (view.segment !== null) add("segment", encodedPart(view.segment));
  if (view.view !== "numbers") add("view", view.view);
  for (const { dimension, mode, codes } of view.filters) add("f", `${encodedPart(dimension)}~${mode}~${idsText(codes)}`);
  if (view.years.some((year) => year !== null)) add("years", view.years.map((year) => year ?? "").join("-"));
  if (view.words) add("words", encodedPart(view.words));
  for (const text of view.searches) add("find", encodedPart(text));
  if (view.search !== null) add("search", String(view.search));
  if (view.since !== null) add("since", `${view.since.version}~${view.since.which.join(",")}`);
  if (view.open_rows.length) add("openrows", idsText(view.open_rows));
  if (view.open_columns.length) add("opencolumns", idsText(view.open_columns));
  if (view.hide_empty) add("empty", "hide");
  if (view.order_rows.length && view.order_rows !== "scheme") add("orderrows", orderText(view.order_rows));
  if (view.order_columns.length && view.order_columns !== "scheme") add("ordercolumns", orderText(view.order_columns));
  if (view.contrast !== null) add("contrast", encodedPart(view.contrast));
  if (view.page !== "map") add("page", view.page);
  if (view.question !== null) add("question", encodedPart(view.question));
  if (view.shares !== "none") add("shares", view.shares);
  if (view.order_list !== "label") add("orderlist", view.order_list);
  if (view.at) add("at", view.at.map(placeText).join(","));
  if (view.line) add("line", `${encodedPart(view.line[0])},${placeText(view.line[1])}`);
  if (view.only) add("only", view.only);
  if (view.study !== null) add("study", String(view.study));
  parts.push(...practiceParts(view.practice));
  return parts.map(([name, value]) => `${name}=${value}`).join("&");
}

/** Whether the studies that an address counts depend on their texts. */
export function asksForWords(address) {
  return /(?:^#?|&)(?:find|words)=/.test(address);
}

function placeText(id) {
  return id === null || id === NONE_OF_THESE ? (id ?? "") : encodedPart(id);
}

function idsText(ids) {
  return ids.map((id) => (id === ALL_BRANCHES ? ALL_BRANCHES : encodedPart(id))).join(",");
}

function orderText(order) {
  return typeof order === "string" ? order : `hand~${idsText(order)}`;
}

/**
 * The view that an address asks for; what cannot be read or is not there is dropped and told.
 * @param {string} text  what stands after "#"
 * @returns {{view: View, told: string[]}}
 */
export function viewFromAddress(text, map) {
  const told = [];
  const unreadable = (part) => told.push(`A part of the address cannot be read: ${shortenedPart(part)}`);
  const parts = new Map();
  for (const part of text.replace(/^#/, "").split("&").filter(Boolean)) {
    const equals = part.indexOf("=");
    const name = part.slice(0, Math.max(equals, 0));
    if (equals < 0 || !ADDRESS_READERS.has(name) || (parts.has(name) && !REPEATED_PARTS.includes(name))) unreadable(part);
    else parts.set(name, [...(parts.get(name) ?? []), part.slice(equals + 1)]);
  }
  const { rows, columns } = defaultView(map);
  const view = { ...PLAIN_VIEW, rows, columns, filters: [], searches: [] };
  for (const [name, read] of ADDRESS_READERS) {
    for (const value of parts.get(name) ?? []) {
      try {
        read(value, view, { map, told });
      } catch (error) {
        if (!(error instanceof UnreadablePart)) throw error;
        unreadable(`${name}=${value}`);
      }
    }
  }
  const { texts, search, told: faults } = readableSearches(map, view.searches, view.search);
  return { view: { ...view, searches: texts, search }, told: firstTold([...told, ...faults]) };
}

function firstTold(told) {
  const more = told.length - MOST_TOLD;
  return more > 0 ? [...told.slice(0, MOST_TOLD), `And ${more} more of such parts.`] : told;
}

// What a part stands for: a heading, none of them, or all; nothing where it is not there.
function addressedPlace(part, dimension, reading) {
  if (part === "" || part === NONE_OF_THESE) return [part || null];
  return addressedCodes(part, dimension, reading.told);
}

function choiceReader(name, choices) {
  return (value, view) => {
    readable(choices.includes(value));
    view[name] = value;
  };
}

function dimensionReader(name) {
  return (value, view, reading) => {
    const dimension = addressedDimension(value, reading.map.byId, reading.told);
    if (dimension) view[name] = dimension.id;
  };
}

function branchReader(name, of) {
  return (value, view, reading) => {
    view[name] = value === ALL_BRANCHES ? [ALL_BRANCHES] : addressedCodes(value, reading.map.byId.get(view[of]), reading.told);
  };
}

function orderReader(name, of) {
  return (value, view, reading) => {
    readable(value === "scheme" || value === "count" || value.startsWith("hand~"));
    if (!value.startsWith("hand~")) view[name] = value;
    else {
      const ids = addressedCodes(value.slice("hand~".length), reading.map.byId.get(view[of]), reading.told);
      view[name] = ids.length ? ids : "scheme";
    }
  };
}

// Rows and columns come first: others rest on them.
const ADDRESS_READERS = new Map([
  ["page", (value, view, reading) => {
    choiceReader("page", MAP_PAGES)(value, view, reading);
    if (value !== "practice" || reading.map.practice) return;
    view.page = "map";
    reading.told.push("This map has no services, so the map of studies is shown");
  }],
  ["rows", dimensionReader("rows")],
  ["columns", dimensionReader("columns")],
  ["segment", dimensionReader("segment")],
  ["view", choiceReader("view", DRAWINGS)],
  ["f", (value, view, reading) => {
    const [id, mode, codes, ...more] = value.split("~");
    readable(codes !== undefined && !more.length && FILTER_MODES.includes(mode));
    const dimension = addressedDimension(id, reading.map.byId, reading.told);
    const there = dimension ? addressedCodes(codes, dimension, reading.told) : [];
    if (there.length) view.filters.push({ dimension: dimension.id, mode, codes: there });
  }],
  ["years", (value, view) => {
    const years = /^([0-9]{1,4})?-([0-9]{1,4})?$/.exec(value);
    readable(years && value !== "-");
    view.years = [years[1], years[2]].map((year) => (year === undefined ? null : Number(year)));
  }],
  ["words", (value, view) => {
    view.words = decodedPart(value);
  }],
  ["find", (value, view) => {
    view.searches.push(""); // stays where it cannot be read, so that the others keep their numbers
    view.searches[view.searches.length - 1] = decodedPart(value);
  }],
  ["search", (value, view) => {
    readable(/^[0-9]{1,4}$/.test(value));
    view.search = Number(value);
  }],
  ["since", (value, view, { map, told }) => {
    const asked = /^([0-9]{1,9})~(added|recoded|added,recoded)$/.exec(value);
    readable(asked);
    const version = Number(asked[1]);
    if (version === map.document.since?.number) view.since = { version, which: asked[2].split(",") };
    else told.push(`The address asks for what changed since version ${version}, which is not told here`);
  }],
  ["openrows", branchReader("open_rows", "rows")],
  ["opencolumns", branchReader("open_columns", "columns")],
  ["empty", (value, view) => {
    readable(value === "hide");
    view.hide_empty = true;
  }],
  ["orderrows", orderReader("order_rows", "rows")],
  ["ordercolumns", orderReader("order_columns", "columns")],
  ["contrast", (value, view, reading) => {
    const [code = null] = addressedCodes(value, reading.map.byId.get(CONTRASTS), reading.told);
    view.contrast = code;
  }],
  ["question", (value, view, reading) => {
    if (value === YEAR) view.question = YEAR;
    else dimensionReader("question")(value, view, reading);
  }],
  ["shares", choiceReader("shares", SHARES)],
  ["orderlist", choiceReader("order_list", LIST_ORDERS)],
  ["at", (value, view, reading) => {
    const parts = value.split(",");
    readable(parts.length === 2 && (view.page === "crosstab" || !parts.includes(NONE_OF_THESE)));
    const at = parts.flatMap((part, i) => addressedPlace(part, reading.map.byId.get(i ? view.columns : view.rows), reading));
    if (at.length === 2) view.at = at;
  }],
  ["line", (value, view, reading) => {
    const [question, part, ...more] = value.split(",");
    readable(part !== undefined && !more.length);
    if (question === YEAR) {
      readable(part === "" || part === NONE_OF_THESE || /^[0-9]{1,4}$/.test(part));
      view.line = [YEAR, part || null];
      return;
    }
    const dimension = addressedDimension(question, reading.map.byId, reading.told);
    for (const heading of dimension ? addressedPlace(part, dimension, reading) : []) view.line = [dimension.id, heading];
  }],
  ["only", choiceReader("only", ONLY)],
  ["study", (value, view, { map, told }) => {
    readable(/^[0-9]{1,15}$/.test(value));
    const id = Number(value);
    if (map.studyPosition.has(id)) view.study = id;
    else told.push(`The address names a study that this map does not have: ${id}`);
  }],
  ...PRACTICE_READERS,
]);
