// Part of the map's viewer (see __init__.py): services beside studies as tables that people take away,
// their heads first. Each count stands beside its base.

import { headingPath } from "../map_texts.js";
import { countedApart } from "../pages/shares.js";
import { ALL_SERVICES } from "./practice_counts.js";
import { SERVICE_DIMENSION } from "./practice_columns.js";
import { practicePlaceName } from "./practice_words.js";

/** A line for each cell that is shown: what stands there, of how many, and what that says.
 *  @returns {import("../taken_lists.js").TakenRow[]} */
export function practiceRows(map, table, passing) {
  const { rows, columns, axes } = table;
  const head = [axes.rows.dimension.title, axes.columns.dimension.id === axes.rows.dimension.id ? `${axes.columns.dimension.title} (columns)` : axes.columns.dimension.title,
    "Primary studies", "Reviews", "Studies and reviews that pass", "Services", "Services that pass", "Situation (all studies and services)",
    "Services of one kind in one area", "Provision", "Provision: numbers, what is missing, rule", "Provision as rated"];
  const name = (axis, place, studyColumns) => (place === ALL_SERVICES && axis === axes.rows ? "All rows" : practicePlaceName(axis, place, studyColumns));
  return [head, ...rows.flatMap((row) => columns.map((column) => {
    const cell = table.at(row, column);
    const studies = cell.studies && countedApart(map, cell.studies);
    return [name(axes.rows, row), name(axes.columns, column, axes.isOverlaid ? null : axes.studyColumns), studies ? studies.primary : null, studies ? studies.reviews : null, studies ? passing.count : null,
      cell.services ? cell.services.length : null, cell.services ? table.passing : null, cell.situation, cell.overlap || null, cell.provision?.verdict ?? null, cell.provision?.why ?? null, cell.provision?.ratings.map(ratingLine).join("\n") ?? null];
  }))];
}

/** "suitability: partly (why)" @param {[string, string]} rating */
export function ratingLine([words, reason]) {
  return reason ? `${words} (${reason})` : words;
}

const SERVICE_LEADS = ["Service", "Area", "Run by", "When"];

/** A line for each of these services, with its codes on every question. */
export function serviceRows(practice, services) {
  const questions = practice.dimensions.filter(({ id }) => !id.startsWith("by:@"));
  const head = [...SERVICE_LEADS, "Rated", ...questions.map(({ title }) => (SERVICE_LEADS.includes(title) ? `${title} (answer)` : title))];
  const { label, area, provider, when, ratings } = practice.services;
  return [head, ...services.map((at) => [label[at], area[at], provider[at], when[at], ratings[at].map(ratingLine).join("\n"), ...questions.map((each) => serviceCodes(each, at).join("; "))])];
}

/** What a service answered to a question, in words. */
export function serviceCodes(dimension, at) {
  if (dimension.id === SERVICE_DIMENSION) return [];
  return dimension.codes[at].map((position) => headingPath(dimension, position));
}
