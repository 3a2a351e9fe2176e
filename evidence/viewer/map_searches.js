// Part of the map's viewer (see __init__.py): the numbered searches and which studies each finds, as
// evidence/synthesis/map_search/searches.py has them. Texts are folded once; a search is evaluated once.

import { wholeWords } from "./folded_texts.js";
import { closedCodes } from "./map_columns.js";
import { LONGEST_SEARCH, faultWords, parsedSearch, searchTokens } from "./map_search_parser.js";
import { TEXT_FIELDS, codeNames, writtenSearch } from "./map_search_terms.js";

/**
 * @typedef {object} MapSearch
 * @property {number} number  from 1
 * @property {string} text  as it was written
 * @property {import("./map_search_terms.js").SearchNode | import("./map_search_parser.js").SearchFault} asks
 * @property {Uint8Array} studies  1 for each study that it finds, whatever the filters
 * @property {number} count
 */

export const MOST_SEARCHES = 50;
const MOST_TERMS = 1000; // whose studies are kept
const TEXT_KEYS = /^(?:texts|searches|terms|field texts|empty fields|words of .*)$/; // of the cache

/** All searches of a view in their order. @returns {MapSearch[]} */
export function mapSearches(map, texts) {
  const key = JSON.stringify(texts);
  const last = map.cache.get("searches");
  if (last?.key === key) return last.searches;
  const searches = [];
  for (const [place, text] of texts.entries()) {
    const asks = parsedSearch(text, codeNames(map), searches.map((search) => search.asks.kind !== "fault"));
    searches.push(mapSearch(map, searches, { number: place + 1, text, asks }));
  }
  map.cache.set("searches", { key, searches });
  return searches;
}

// What it finds is looked for when it is asked for: a link can hold many searches and show one.
function mapSearch(map, searches, { number, text, asks }) {
  let studies = null;
  return {
    number, text, asks,
    get studies() {
      studies ??= asks.kind === "fault" ? new Uint8Array(map.size) : studiesOf(map, asks, searches);
      return studies;
    },
    get count() {
      return this.studies.reduce((sum, each) => sum + each, 0);
    },
  };
}

/**
 * What can be kept of the searches of an address; one that cannot be read stays, so that no number changes.
 * @param {string[]} asked
 * @param {number | null} search
 * @returns {{texts: string[], search: number | null, told: string[]}}
 */
export function readableSearches(map, asked, search) {
  if (!asked.length && search === null) return { texts: [], search, told: [] };
  const told = [];
  const texts = asked.slice(0, MOST_SEARCHES);
  if (asked.length > MOST_SEARCHES) told.push(`The address has more than ${MOST_SEARCHES} searches; the others are left out.`);
  texts.forEach((text, place) => {
    if ([...text].length <= LONGEST_SEARCH) return;
    told.push(`Search #${place + 1} has more than ${LONGEST_SEARCH} characters; it is left out.`);
    texts[place] = "";
  });
  const searches = mapSearches(map, texts);
  const faulty = searches.filter(({ asks }) => asks.kind === "fault");
  told.push(...faulty.map(({ number, asks }) => `Search #${number} cannot be read: ${faultWords(asks)}`));
  if (search === null || (searches[search - 1] && !faulty.includes(searches[search - 1]))) return { texts, search, told };
  told.push(`The address shows search #${search}, which cannot be read or is not there.`);
  return { texts, search: null, told };
}

/** The searches without one, to which no other may refer; the numbers behind it become one less. */
export function withoutSearch(texts, number) {
  return texts.filter((_, place) => place !== number - 1).map((text) => renumbered(text, number));
}

/** The changes of a view that take a search away. */
export function viewWithoutSearch({ searches, search }, number) {
  const left = search === number ? null : search;
  return { searches: withoutSearch(searches, number), search: left > number ? left - 1 : left };
}

function renumbered(text, number) {
  const signs = [...text];
  for (const { kind, text: written, at, end } of searchTokens(text).reverse()) {
    const other = kind === "reference" && /^#[0-9]{1,4}$/.test(written) ? Number(written.slice(1)) : 0;
    if (other > number) signs.splice(at, end - at, `#${other - 1}`);
  }
  return signs.join("");
}

/** The numbers that a search's text refers to, in their order. */
export function referredNumbers(text) {
  const numbers = searchTokens(text).filter(({ kind, text: written }) => kind === "reference" && /^#[0-9]{1,4}$/.test(written)).map(({ text: written }) => Number(written.slice(1)));
  return [...new Set(numbers)].sort((one, other) => one - other);
}

/** The searches that refer to one. */
export function referringNumbers(texts, number) {
  return texts.flatMap((text, place) => (referredNumbers(text).includes(number) ? [place + 1] : []));
}

/** The fields in which no study of the map has a text. */
export function emptyFields(map) {
  if (!map.cache.has("empty fields")) {
    const fields = Object.entries(fieldTexts(map));
    map.cache.set("empty fields", fields.filter(([, column]) => column.every((texts) => texts.every((text) => !text.trim()))).map(([field]) => field));
  }
  return map.cache.get("empty fields");
}

/** Puts abstracts to the reports that have these titles; what was found without them is forgotten.
 *  @param {{studies: number[], reports: [string, string][][]}} abstracts  by study, titles with abstracts */
export function addAbstracts(map, { studies, reports }) {
  studies.forEach((id, at) => {
    const own = map.studies.reports[map.studyPosition.get(id)] ?? [];
    const waiting = [...reports[at]];
    for (const report of own) {
      const place = waiting.findIndex(([title]) => title === (report.title ?? ""));
      if (place >= 0) [[, report.abstract]] = waiting.splice(place, 1);
    }
  });
  for (const key of [...map.cache.keys()]) if (TEXT_KEYS.test(key)) map.cache.delete(key);
}

/** "#3: #1 not #2, where #1: work* and #2: …": a search with all that it rests on. */
export function searchWords(texts, number) {
  const rests = new Set();
  const add = (text) => referredNumbers(text).forEach((other) => {
    if (rests.has(other) || !texts[other - 1]) return;
    rests.add(other);
    add(texts[other - 1]);
  });
  add(texts[number - 1]);
  const others = [...rests].sort((one, other) => one - other).map((other) => `#${other}: ${texts[other - 1]}`);
  return `#${number}: ${texts[number - 1]}${others.length ? `, where ${others.join("; ")}` : ""}`;
}

/** How a search was understood, where that is not what was written; "" where it is. */
export function understoodAs(map, { text, asks }) {
  if (asks.kind === "fault") return "";
  const understood = writtenSearch(asks, codeNames(map));
  return understood === text ? "" : understood;
}

/** @returns {Uint8Array} */
function studiesOf(map, node, searches) {
  if (node.kind === "reference") return searches[node.number - 1].studies;
  if (node.kind === "not") return studiesOf(map, node.part, searches).map((each) => 1 - each);
  if (node.kind === "and" || node.kind === "or") {
    const [first, ...others] = node.parts.map((part) => studiesOf(map, part, searches));
    return first.map((each, study) => (node.kind === "and" ? each && others.every((other) => other[study]) : each || others.some((other) => other[study])) ? 1 : 0);
  }
  return keptTerm(map, node);
}

function keptTerm(map, node) {
  if (!map.cache.has("terms")) map.cache.set("terms", new Map());
  const terms = map.cache.get("terms");
  const key = JSON.stringify(node);
  if (terms.size >= MOST_TERMS) terms.clear();
  if (!terms.has(key)) terms.set(key, { years: studiesOfYears, code: studiesOfCode, words: studiesOfWords }[node.kind](map, node));
  return terms.get(key);
}

function studiesOfYears(map, { since, until }) {
  return Uint8Array.from(map.studies.year, (year) => (year !== null && (since === null || year >= since) && (until === null || year <= until) ? 1 : 0));
}

function studiesOfCode(map, { dimension: id, heading }) {
  const dimension = map.byId.get(id);
  const wanted = dimension.position.get(heading);
  const { starts, positions } = closedCodes(dimension);
  const studies = new Uint8Array(map.size);
  for (let unit = 0; unit < starts.length - 1; unit += 1) {
    for (let at = starts[unit]; at < starts[unit + 1]; at += 1) if (positions[at] === wanted) studies[dimension.of === "study" ? unit : map.findings.study[unit]] = 1;
  }
  return studies;
}

function studiesOfWords(map, { words, isBeginning, field }) {
  const wanted = ` ${words.join(" ")}${isBeginning ? "" : " "}`;
  const columns = (field ? [field] : TEXT_FIELDS).map((each) => foldedField(map, each));
  return Uint8Array.from({ length: map.size }, (_, study) => (columns.some((texts) => texts[study].includes(wanted)) ? 1 : 0));
}

// Of each study the words of one field, each text in a line of its own.
function foldedField(map, field) {
  const key = `words of ${field}`;
  if (!map.cache.has(key)) map.cache.set(key, fieldTexts(map)[field].map((texts) => texts.map(wholeWords).join("\n")));
  return map.cache.get(key);
}

/** By field, of each study the texts in which words are looked for; made once.
 *  @returns {Record<string, string[][]>} */
export function fieldTexts(map) {
  if (map.cache.has("field texts")) return map.cache.get("field texts");
  const fields = Object.fromEntries(TEXT_FIELDS.map((field) => [field, Array.from({ length: map.size }, () => [])]));
  const { quotation, note, study } = map.findings;
  const { notes } = map.document;
  map.studies.label.forEach((label, at) => fields.study[at].push(label));
  map.studies.reports.forEach((reports, at) => {
    for (const { title = "", abstract = "", authors = [], journal = "" } of reports ?? []) {
      fields.title[at].push(title);
      fields.abstract[at].push(abstract);
      fields.author[at].push(...authors);
      fields.journal[at].push(journal);
    }
  });
  quotation?.forEach((text, at) => fields.quotation[study[at]].push(text));
  note?.forEach((text, at) => fields.note[study[at]].push(text));
  notes?.text.forEach((text, at) => fields.note[notes.study[at]].push(text));
  map.cache.set("field texts", fields);
  return fields;
}
