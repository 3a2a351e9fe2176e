// Part of the map's viewer (see __init__.py): how many of the studies that pass have each heading of
// a question, as synthesis/study_counts.py counts them; of findings only those that pass.

import { NONE_OF_THESE, YEAR } from "../map_address.js";
import { REVIEW } from "../map_columns.js";
import { hasHeading, unitReader, visitUnits } from "../map_counts.js";
import { passingOf } from "../map_filters.js";
import { headingLabel, headingPath } from "../map_texts.js";
import { shownHeadings } from "../shown_headings.js";

/**
 * @typedef {{primary: number, reviews: number}} Apart
 * @typedef {object} FrequencyLine
 * @property {string} id  of the heading, or the year
 * @property {string} label
 * @property {string} path  the label behind those above it
 * @property {number} depth
 * @property {Apart} count
 *
 * @typedef {object} Frequencies
 * @property {string} id  of the dimension, or YEAR
 * @property {string} title
 * @property {boolean} isOfFindings
 * @property {FrequencyLine[]} lines  that are shown, in order
 * @property {Apart} none  studies that have none of the headings
 * @property {Apart} all  studies that pass
 * @property {Apart} coded  those of them that have any of the headings
 */

/** The frequencies of a question under the filters of a view. @returns {Frequencies} */
export function frequenciesOf(map, view, id, passing = passingOf(map, view)) {
  return id === YEAR ? yearFrequencies(map, view, passing) : headingFrequencies(map, view, map.byId.get(id), passing);
}

/** Of every question that the map has, years first. @returns {Frequencies[]} */
export function allFrequencies(map, view) {
  const passing = passingOf(map, view);
  return [YEAR, ...map.byId.keys()].map((id) => frequenciesOf(map, view, id, passing));
}

function headingFrequencies(map, view, dimension, passing) {
  const counts = headingCounts(map, dimension, passing);
  const countAt = (position) => counts.at(position);
  const shown = shownHeadings(dimension, ["*"], "scheme", view.hide_empty, (position) => Object.values(countAt(position)));
  const least = Math.min(...shown.map((position) => dimension.depths[position]));
  const lines = shown.map((position) => ({
    id: dimension.ids[position], label: headingLabel(dimension, position), path: headingPath(dimension, position),
    depth: dimension.depths[position] - least, count: countAt(position),
  }));
  return { id: dimension.id, title: dimension.title, isOfFindings: dimension.of === "finding", lines, ...counts.whole };
}

/** By heading, and of all studies how many have any heading and how many have none. */
export function headingCounts(map, dimension, passing) {
  const number = dimension.ids.length;
  const tally = newTally(map, number);
  const read = unitReader(dimension);
  for (let study = 0; study < map.size; study += 1) {
    if (!passing.study[study]) continue;
    visitUnits(map, passing, "either", study, (finding) => {
      const [positions, from, to] = read(study, finding);
      for (let i = from; i < to; i += 1) tally.count(study, positions[i]);
    });
    tally.end(study);
  }
  return tally;
}

/** Counts studies in so many places, each once in each. */
function newTally(map, places) {
  const { roles } = map.studies;
  const primary = new Int32Array(places);
  const reviews = new Int32Array(places);
  const stamp = new Int32Array(places).fill(-1);
  const whole = { none: { primary: 0, reviews: 0 }, all: { primary: 0, reviews: 0 }, coded: { primary: 0, reviews: 0 } };
  let last = -1; // the study that was counted last
  return {
    whole,
    at: (place) => ({ primary: primary[place], reviews: reviews[place] }),
    count(study, place) {
      last = study;
      if (stamp[place] === study) return;
      stamp[place] = study;
      (roles[study] & REVIEW ? reviews : primary)[place] += 1;
    },
    end(study) {
      const kind = roles[study] & REVIEW ? "reviews" : "primary";
      whole.all[kind] += 1;
      whole[last === study ? "coded" : "none"][kind] += 1;
    },
  };
}

// From the first year to the last; without those of no study where empty ones are hidden.
function yearFrequencies(map, view, passing) {
  const { year } = map.studies;
  const years = year.filter((each, study) => each !== null && passing.study[study]);
  const first = years.reduce((least, each) => Math.min(least, each), Infinity);
  const last = years.reduce((most, each) => Math.max(most, each), -Infinity);
  const tally = newTally(map, years.length ? last - first + 1 : 0);
  for (let study = 0; study < map.size; study += 1) {
    if (!passing.study[study]) continue;
    if (year[study] !== null) tally.count(study, year[study] - first);
    tally.end(study);
  }
  const lines = [];
  for (let each = first; each <= last; each += 1) {
    const count = tally.at(each - first);
    if (!view.hide_empty || count.primary || count.reviews) lines.push({ id: String(each), label: String(each), path: String(each), depth: 0, count });
  }
  return { id: YEAR, title: "Year", isOfFindings: false, lines, ...tally.whole };
}

/** Positions of the studies of a line: of all that pass for null, of those with none of its question.
 *  @param {[string, string | null]} line  as a view has it
 *  @returns {number[]} */
export function studiesOfLine(map, view, [id, heading]) {
  const passing = passingOf(map, view);
  const isIn = id === YEAR ? isOfYear(map, heading) : isOfHeading(map, passing, map.byId.get(id), heading);
  return [...map.studies.id.keys()].filter((study) => passing.study[study] && (heading === null || isIn(study)));
}

function isOfYear(map, year) {
  const wanted = year === NONE_OF_THESE ? null : Number(year);
  return (study) => map.studies.year[study] === wanted;
}

function isOfHeading(map, passing, dimension, heading) {
  const read = unitReader(dimension);
  const wanted = heading === NONE_OF_THESE ? null : dimension.position.get(heading);
  return (study) => {
    let has = false;
    visitUnits(map, passing, "either", study, (finding) => { has ||= hasHeading(read(study, finding), wanted); });
    return has !== (heading === NONE_OF_THESE);
  };
}
