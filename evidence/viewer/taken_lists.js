// Part of the map's viewer (see __init__.py): what people take away of a map. RIS and a table of a
// list of studies, a table of the cells of a view; CSV is made here, XLSX in taken_workbook.js.

import { inOneLine, inParagraphs, safeCell } from "./taken_texts.js";

/** @typedef {(string | number | null)[]} TakenRow
 *  @typedef {{title?: string, authors?: string[], year?: number, journal?: string, volume?: string, issue?: string,
 *   pages?: string, doi?: string, link?: string, abstract?: string, type?: string}} MapReport */

// The tag of RIS for each type of citations/types.py.
const RIS_TYPES = {
  article: "JOUR", magazine: "MGZN", newspaper: "NEWS", book: "BOOK", chapter: "CHAP", encyclopedia: "ENCYC",
  conference: "CPAPER", thesis: "THES", report: "RPRT", preprint: "UNPB", web: "ELEC", data: "DATA", software: "COMP",
  patent: "PAT", legal: "CASE", media: "VIDEO", other: "GEN",
};
const NO_TYPE = "GEN";

/** All reports of studies, each as an entry of RIS; its ID is the study, LB says how it is called.
 *  @param {any} document  of the map
 *  @param {number[]} studies  positions
 *  @returns {string} */
export function takenRis(document, studies) {
  return studies.flatMap((study) => reportsOf(document, study).map((report, at) => risEntry(document, study, report, at))).join("");
}

function risEntry(document, study, report, at) {
  const key = `study${document.studies.id[study]}${at ? `-${at + 1}` : ""}`;
  const text = [...risFields(key, inOneLine(document.studies.label[study]), report), ["U5", exactValues(report)]].filter(([, value]) => value);
  return `${text.map(([tag, value]) => `${tag}  - ${value}\n`).join("")}ER  - \n\n`;
}

/** Tags and values in the order of citations/formats/ris_writer.py. */
function risFields(key, label, report) {
  const [start, end] = parted(report.pages ?? "");
  return [
    ["TY", RIS_TYPES[report.type] ?? NO_TYPE],
    ["ID", key],
    ["TI", inOneLine(report.title)],
    ...(report.authors ?? []).map((name) => ["AU", personOf(name)]),
    ["PY", inOneLine(report.year)],
    ["T2", inOneLine(report.journal)],
    ["VL", inOneLine(report.volume)],
    ["IS", inOneLine(report.issue)],
    ["SP", inOneLine(start)],
    ["EP", inOneLine(end)],
    ["DO", inOneLine(report.doi)],
    ["UR", inOneLine(report.link)],
    ["LB", label],
    ["AB", inParagraphs(report.abstract)],
  ];
}

// What our reader would not give back as it is: markup, entities, LaTeX, marks that nobody sees, words
// that databases write for nothing, and pages that are none.
const READ_OTHERWISE = /&#?\w+;|<[!/?\p{L}]|[\\\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f]|^\[?(?:na|n\/a|null|none|nan|undefined|not available|not specified|no abstract|no abstract available\.?|abstract not available|publisher: abstract available from the publisher\.)\]?$/iu;
const PAGES = /^(?:[A-Za-z]?\d+|[A-Za-z]?\d+-[A-Za-z]?\d+)$/;
const AS_NAMED = /^[^,;&]+, [^;&]+$/;

/** The values that the usual tags cannot hold, as citations/formats/exact_values.py reads them. */
function exactValues(report) {
  const odd = [];
  const keep = (name, value, isUsual) => isUsual || odd.push([name, "", value]);
  const { pages = "", abstract = "", authors = [], journal = "" } = report;
  for (const name of ["title", "volume", "issue"]) keep(name, report[name] ?? "", isUsual(report[name] ?? ""));
  keep("journal", journal, !journal || (report.type !== "book" && isUsual(journal)));
  keep("pages", pages, !pages || (PAGES.test(pages) && isWhole(pages)));
  keep("abstract", abstract, abstract === inParagraphs(abstract) && !READ_OTHERWISE.test(abstract));
  keep("authors", authors.map(nameParts), authors.every((name) => isUsual(name) && (AS_NAMED.test(name) || !/[,;&]/.test(name))));
  if (!odd.length) return "";
  return JSON.stringify(["waymark", ...odd]).replace(/[^\x20-\x7e]|[{}@#%&<>=~$^_`]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function isUsual(text) {
  return text === inOneLine(text) && !READ_OTHERWISE.test(text);
}

/** "349-369", not "349-69", which readers complete. */
function isWhole(pages) {
  const [start, end] = parted(pages);
  return !end || (end.length >= start.length && end !== start);
}

function nameParts(name) {
  const at = name.indexOf(", ");
  return at < 0 ? [name, ""] : [name.slice(0, at), name.slice(at + 2)];
}

function parted(pages) {
  const at = pages.indexOf("-");
  return at < 0 ? [pages, ""] : [pages.slice(0, at), pages.slice(at + 1)];
}

/** A name; a comma behind it keeps a name that has no given name from being parted. */
function personOf(name) {
  const text = inOneLine(name);
  return !text || text.includes(",") ? text : `${text},`;
}

/** A study without a report is named by its label. @returns {MapReport[]} */
function reportsOf(document, study) {
  const reports = document.studies.reports[study] ?? [];
  return reports.length ? reports : [{ title: document.studies.label[study], year: document.studies.year[study] }];
}

const LEADS = ["Study", "Year", "Title", "Authors", "Journal", "Volume", "Issue", "Pages", "DOI", "Link", "Further reports"];

/** Studies as a table, its head first: the main report of each, and its codes on every dimension.
 *  @param {any} document
 *  @param {number[]} studies  positions
 *  @returns {TakenRow[]} */
export function studyRows(document, studies) {
  const { dimensions } = document;
  const hasAbstracts = studies.some((study) => reportsOf(document, study)[0].abstract);
  const paths = dimensions.map(pathsOf);
  const units = firstUnits(document);
  const head = [...LEADS, ...distinct(dimensions.map(({ title }) => title)), ...(hasAbstracts ? ["Abstract"] : [])];
  return [head, ...studies.map((study) => {
    const [main, ...further] = reportsOf(document, study);
    const codes = dimensions.map((dimension, at) => codesOf(dimension, units, study).map((code) => paths[at][code]).join("; "));
    const cells = [
      document.studies.label[study], document.studies.year[study], main.title, (main.authors ?? []).join("; "), main.journal,
      main.volume, main.issue, main.pages, main.doi, main.link, further.map(reportLine).join("\n"), ...codes,
    ];
    return [...cells, ...(hasAbstracts ? [main.abstract] : [])].map((cell) => cell ?? null);
  })];
}

function reportLine({ authors = [], year, title = "" }) {
  const names = authors.slice(0, 3).join("; ") + (authors.length > 3 ? " et al." : "");
  return [names, year, title].filter(Boolean).join(". ");
}

/** "Health › Mental health" for every heading of a dimension. */
function pathsOf({ headings }) {
  const above = [];
  return headings.label.map((label, at) => {
    above.length = headings.depth[at];
    above.push(label || headings.id[at]);
    return above.join(" › ");
  });
}

/** Of each study its first finding, and one more at the end. */
function firstUnits(document) {
  const first = new Array(document.studies.id.length + 1).fill(0);
  for (const study of document.findings.study) first[study + 1]++;
  for (let study = 1; study < first.length; study++) first[study] += first[study - 1];
  return first;
}

/** Positions of the headings that stand for a study or for one of its findings, in reading order. */
function codesOf(dimension, first, study) {
  const ticked = dimension.of === "study" ? [dimension.codes[study]] : dimension.codes.slice(first[study], first[study + 1]);
  return [...new Set(ticked.flat())].filter((code) => code >= 0).sort((one, other) => one - other);
}

/** Titles of which no two are the same, for the head of a table. */
function distinct(titles) {
  const used = new Set(LEADS);
  return titles.map((title) => {
    let wanted = title;
    for (let number = 2; used.has(wanted); number++) wanted = `${title} (${number})`;
    used.add(wanted);
    return wanted;
  });
}

const UNCODED_WORDS = "not coded";

/** The cells of a view as a table, its head first: a line for each cell that is shown, with the
 *  totals of rows and columns, in which a study counts once.
 *  @param {any} document
 *  @param {{rows: string, columns: string, segment: string | null}} view
 *  @param {any} counts  of mapCounts
 *  @returns {TakenRow[]} */
export function cellRows(document, view, counts) {
  const byId = (id) => document.dimensions.find((dimension) => dimension.id === id);
  const [rows, columns, segment] = [byId(view.rows), byId(view.columns), view.segment ? byId(view.segment) : null];
  const [rowPaths, columnPaths] = [pathsOf(rows), pathsOf(columns)];
  const segmentPaths = segment ? pathsOf(segment) : [];
  const parts = segment ? segmentPositions(counts) : [];
  const partHeads = parts.flatMap((position) => {
    const name = `${segment.title}: ${position < 0 ? UNCODED_WORDS : segmentPaths[position]}`;
    return [`${name}, primary studies`, `${name}, reviews`];
  });
  const head = [rows.title, columns.title === rows.title ? `${columns.title} (columns)` : columns.title, "Primary studies", "Reviews", "Kind of cell", ...partHeads];
  const line = (row, column) => {
    const cell = counts.at(row, column);
    const segments = new Map((cell.segments ?? []).map((part) => [part.position, part]));
    const names = [row === null ? "All rows" : rowPaths[row], column === null ? "All columns" : columnPaths[column]];
    const kind = row === null || column === null ? "total" : cell.kind;
    return [...names, cell.primary, cell.reviews, kind, ...parts.flatMap((position) => [segments.get(position)?.primary ?? 0, segments.get(position)?.reviews ?? 0])];
  };
  return [head, ...[...counts.rows, null].flatMap((row) => [...counts.columns, null].map((column) => line(row, column)))];
}

/** The segments that any cell has, in reading order; "not coded" last. */
function segmentPositions(counts) {
  const positions = new Set();
  for (const row of [...counts.rows, null])
    for (const column of [...counts.columns, null]) for (const { position } of counts.at(row, column).segments ?? []) positions.add(position);
  return [...positions].sort((one, other) => (one < 0 ? Infinity : one) - (other < 0 ? Infinity : other));
}

/** A table as CSV in UTF-8, by whose mark Excel knows the encoding; no cell can run as a formula.
 *  @param {TakenRow[]} rows
 *  @returns {string} */
export function csvText(rows) {
  return `\ufeff${rows.map((row) => `${row.map(csvCell).join(",")}\r\n`).join("")}`;
}

function csvCell(cell) {
  const text = String(safeCell(cell));
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
