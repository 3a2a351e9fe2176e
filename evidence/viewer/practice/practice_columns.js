// Part of the map's viewer (see __init__.py): the services of a document. They are sorted as studies
// are, and stand in lists of their own, so that none is ever counted among the studies.

export const AREA_DIMENSION = "by:@area"; // as practice_view.py has them
export const SERVICE_DIMENSION = "by:@service";

/**
 * @typedef {object} PracticeMap
 * @property {any} services  columns of the document
 * @property {number} size
 * @property {any[]} dimensions  as those of studies, whose codes are of services
 * @property {Map<string, any>} byId
 * @property {Map<string, {of_studies: string, pairs: Map<string, string[]>}>} joins  by id of a dimension of services
 * @property {string | null} kinds
 * @property {Map<string, {verdict: string, why: string, ratings: [string, string][]}>} provision  by JSON of kind and area
 * @property {string} caption
 * @property {string} rule
 */

/** @param {any} part  of the document
 *  @param {Function} readDimension  as map_columns.js reads those of studies
 *  @returns {PracticeMap | null} */
export function readPractice(part, readDimension) {
  if (!part) return null;
  const dimensions = part.dimensions.map((each) => readDimension({ ...each, of: "service", axis: null, headings: { ...each.headings, role: [] } }));
  return {
    services: part.services,
    size: part.services.id.length,
    dimensions,
    byId: new Map(dimensions.map((each) => [each.id, each])),
    joins: new Map(part.joins.map(({ question, of_studies, pairs }) => [question, { of_studies, pairs: groupedPairs(pairs) }])),
    kinds: part.kinds,
    provision: new Map(part.provision.marks.map(([kind, area, verdict, why, ratings]) => [JSON.stringify([kind, area]), { verdict, why, ratings }])),
    caption: part.caption,
    rule: part.provision.rule,
  };
}

function groupedPairs(pairs) {
  const grouped = new Map();
  for (const [one, other] of pairs) grouped.set(one, [...(grouped.get(one) ?? []), other]);
  return grouped;
}

/** Ids of rows and columns: what is chosen, else the usual ones, and by what columns of studies divide. */
export function practiceAxes(practice, { rows: ownRows, columns: ownColumns, study_columns: ownStudies }) {
  const ids = practice.dimensions.map(({ id }) => id);
  const questions = ids.filter((id) => id !== AREA_DIMENSION && id !== SERVICE_DIMENSION);
  const joined = questions.filter((id) => practice.joins.has(id));
  const rows = ownRows ?? [practice.kinds, ...joined, ...questions, AREA_DIMENSION].find((id) => id);
  const columns = ownColumns ?? [AREA_DIMENSION, ...ids].find((id) => id !== rows);
  const isOverlaid = practice.joins.has(rows) && practice.joins.has(columns);
  return { rows, columns, isOverlaid, ofStudies: isOverlaid ? practice.joins.get(columns).of_studies : ownStudies };
}
