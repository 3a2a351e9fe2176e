// Part of the map's viewer (see __init__.py): which studies, and which of their findings, count.
// Codes of findings hold for one finding; see evidence/synthesis/map_filters.py.

import { foldedText, foldedWords } from "./folded_texts.js";
import { closedCodes } from "./map_columns.js";
import { fieldTexts, mapSearches } from "./map_searches.js";

/**
 * @typedef {object} Passing
 * @property {Uint8Array} study  1 where a study counts, wherever it stands
 * @property {Uint8Array} finding  1 where a finding meets what is asked of findings
 * @property {boolean} bare  whether a study without findings does
 * @property {boolean} ofFindings  whether a code of findings is asked for
 * @property {number} count  how many studies count
 */

/** @returns {Passing} */
export function passingOf(map, { filters, years, words, searches, search, since }) {
  const study = new Uint8Array(map.size).fill(1);
  const finding = new Uint8Array(map.findings.study.length).fill(1);
  let bare = true;
  let ofFindings = false;
  keepYears(map, study, years);
  keepWords(map, study, words);
  if (search !== null) mapSearches(map, searches)[search - 1].studies.forEach((isFound, at) => (study[at] &= isFound));
  if (since !== null) keepChanged(map, study, since.which);
  for (const { dimension: id, mode, codes } of filters) {
    const dimension = map.byId.get(id);
    if (dimension.of === "study") keepCoded(dimension, study, mode, codes);
    else {
      keepCoded(dimension, finding, mode, codes);
      bare = bare && mode === "none";
      ofFindings = true;
    }
  }
  const passing = { study, finding, bare, ofFindings, count: 0 };
  for (let at = 0; at < map.size; at += 1) {
    if (study[at] && ofFindings && !hasUnit(map, passing, at)) study[at] = 0;
    passing.count += study[at];
  }
  return passing;
}

/** Everything, without filters. */
export function allOf(map) {
  return passingOf(map, { filters: [], years: [null, null], words: "", searches: [], search: null, since: null });
}

function hasUnit(map, passing, study) {
  const from = map.first[study];
  const to = map.first[study + 1];
  if (from === to) return passing.bare;
  for (let at = from; at < to; at += 1) if (passing.finding[at]) return true;
  return false;
}

function keepYears(map, study, [since, until]) {
  if (since === null && until === null) return;
  map.studies.year.forEach((year, at) => {
    if (year === null || (since !== null && year < since) || (until !== null && year > until)) study[at] = 0;
  });
}

function keepWords(map, study, words) {
  const wanted = foldedWords(words);
  if (!wanted.length) return;
  studyTexts(map).forEach((text, at) => {
    if (study[at] && !wanted.every((word) => text.includes(word))) study[at] = 0;
  });
}

/** The studies that were added or recoded since the version that the document tells of. */
function keepChanged(map, study, which) {
  const changed = new Set(which.flatMap((kind) => map.document.since[kind]));
  for (let at = 0; at < map.size; at += 1) if (!changed.has(at)) study[at] = 0;
}

/** Of each study all texts in which words are looked for, folded; made once. */
export function studyTexts(map) {
  if (map.cache.has("texts")) return map.cache.get("texts");
  const fields = Object.values(fieldTexts(map));
  const texts = map.studies.label.map((_, at) => foldedText(fields.flatMap((field) => field[at]).join("\n")));
  map.cache.set("texts", texts);
  return texts;
}

function keepCoded(dimension, units, mode, codes) {
  const wanted = new Uint8Array(dimension.ids.length);
  for (const code of codes) wanted[dimension.position.get(code)] = 1;
  const number = new Set(codes).size;
  const { starts, positions } = closedCodes(dimension);
  for (let unit = 0; unit < units.length; unit += 1) {
    if (!units[unit]) continue;
    let has = 0;
    for (let i = starts[unit]; i < starts[unit + 1]; i += 1) has += wanted[positions[i]];
    if (mode === "any" ? !has : mode === "all" ? has < number : has) units[unit] = 0;
  }
}

/**
 * For each heading of a dimension, how many of the studies that pass all filters on other
 * dimensions have it; on a dimension of findings one finding has it and passes.
 */
export function filterCounts(map, view, dimensionId) {
  const dimension = map.byId.get(dimensionId);
  const passing = passingOf(map, { ...view, filters: view.filters.filter((each) => each.dimension !== dimensionId) });
  const counts = new Int32Array(dimension.ids.length);
  const stamp = new Int32Array(dimension.ids.length).fill(-1);
  const { starts, positions } = closedCodes(dimension);
  const count = (study, unit) => {
    for (let i = starts[unit]; i < starts[unit + 1]; i += 1) {
      if (stamp[positions[i]] === study) continue;
      stamp[positions[i]] = study;
      counts[positions[i]] += 1;
    }
  };
  for (let study = 0; study < map.size; study += 1) {
    if (!passing.study[study]) continue;
    if (dimension.of === "study") count(study, study);
    else for (let at = map.first[study]; at < map.first[study + 1]; at += 1) if (passing.finding[at]) count(study, at);
  }
  return counts;
}
