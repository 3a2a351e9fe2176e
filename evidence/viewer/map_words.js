// Part of the map's viewer (see __init__.py): what is said of a cell, a heading, a filter.

/** What is said of the kinds of cells (map_cells.js); "evidence" needs no word. */
export const KIND_WORDS = {
  "not applicable": "not applicable",
  "no study": "no study",
  "ongoing only": "ongoing studies only",
  "low weight only": "studies of low weight only",
  "few": "few studies",
  "synthesis gap": "synthesis gap: several studies, no recent review of high quality",
  "none under these filters": "none under these filters",
};

/** The signs of evidence/charts/directions.py. */
export const DIRECTION_SIGNS = [
  ["favourable", "▲"], ["unfavourable", "▼"], ["conflicting", "◄►"], ["no change", "●"], ["not stated", "–"],
];

/** How the studies that have a direction are judged; for each its place among the patterns. */
export const APPRAISALS = [["high", "high quality", 0], ["some", "some concerns", 1], ["low", "low quality", 2], ["unclear", "no judgement", 3]];

export function counted(number, singular, plural = `${singular}s`) {
  return `${number} ${number === 1 ? singular : plural}`;
}

/** "48 primary studies, 20 reviews": they are never added, since reviews may hold the studies. */
export function countWords({ primary, reviews }) {
  const words = [];
  if (primary || !reviews) words.push(primary ? counted(primary, "primary study", "primary studies") : "no primary study");
  if (reviews) words.push(counted(reviews, "review"));
  return words.join(", ");
}

export function segmentWords(segments, labelFor) {
  return segments.filter(({ primary, reviews }) => primary || reviews)
    .map((segment) => `${labelFor(segment.position)}: ${countWords(segment)}`);
}

export function directionWords(directions) {
  return DIRECTION_SIGNS.filter(([name]) => directions[name]).map(([name]) => `${directions[name]} ${name}`);
}

export const NONE_UNDER_FILTERS = "none under these filters";

/** The kind as it is drawn: a cell of which no study passes the filters is no gap. Totals have none. */
export function drawnKind({ kind, primary, reviews, without }) {
  const isEmptied = kind !== "not applicable" && !primary && !reviews && (without.primary || without.reviews);
  return isEmptied ? NONE_UNDER_FILTERS : kind;
}

function appraisalWords(appraisal) {
  return APPRAISALS.filter(([key]) => appraisal[key]).map(([key, word]) => `${word}: ${counted(appraisal[key], "study", "studies")}`);
}

/** What is said of a kind that a cell has; under filters, by which studies it was judged. */
export function kindWordsOf(cell, kind) {
  const isFiltered = cell.primary !== cell.without.primary || cell.reviews !== cell.without.reviews;
  return isFiltered && kind !== "not applicable" ? `${KIND_WORDS[kind]} (of all studies: ${countWords(cell.without)})` : KIND_WORDS[kind];
}

/** What a cell says after its row and column. */
export function cellWords(cell, labelFor) {
  const words = [];
  const kind = drawnKind(cell);
  if (cell.primary || cell.reviews) words.push(countWords(cell));
  if (kind === NONE_UNDER_FILTERS) words.push(`${kind} (without them: ${countWords(cell.without)})`);
  else if (kind && kind !== "evidence") words.push(kindWordsOf(cell, kind));
  else if (!words.length) words.push("no study");
  if (cell.directions && (cell.primary || cell.reviews)) words.push(directionWords(cell.directions).join(", ") || "no study with this contrast");
  if (cell.directions?.appraisal) words.push(appraisalWords(cell.directions.appraisal).join(", "));
  words.push(...segmentWords(cell.segments ?? [], labelFor));
  return words.filter(Boolean).join("; ");
}

/** "312 of 800 studies pass the filters.", or are found where the search is the only one.
 *  @param {object} view */
export function passingWords(passing, all, view) {
  if (!all) return "This map has no study.";
  const of = `${passing} of ${counted(all, "study", "studies")}`;
  const hasOthers = view.filters.length || view.words || view.since !== null || view.years.some((year) => year !== null);
  if (view.search !== null && !hasOthers) return `${of} ${passing === 1 ? "is" : "are"} found by search #${view.search}.`;
  return hasOthers ? `${of} ${passing === 1 ? "passes" : "pass"} the filters.` : `${counted(all, "study", "studies")}, no filter.`;
}
