// Part of the map's viewer (see __init__.py): one direction for each study and cell, of one type of
// contrast, by the rule of synthesis/within_study.py (Boon and Thomson 2021, doi:10.1002/jrsm.1458).

import { CONTRASTS } from "./map_address.js";
import { HIGH_QUALITY, LOW_QUALITY, NO_INFORMATION, SOME_CONCERNS, closedCodes } from "./map_columns.js";

export const EFFECT_DIRECTIONS = ["favourable", "unfavourable", "conflicting", "no change", "not stated"];
const DIRECTION_CODES = ["better", "worse", "no change", "mixed"];

const USUAL_PERCENT = 70; // where a document of an earlier day does not say it

/**
 * What the findings of one study say together; those without a direction are left out.
 * @param {number} better  how many findings
 * @param {number} worse
 * @param {number} noChange
 * @param {number} mixed
 * @param {boolean} countNoChange  whether no change is a third direction, or only where there is nothing else
 * @param {number} [agreePercent]  the share of findings from which on a direction prevails
 */
export function withinStudy(better, worse, noChange, mixed, countNoChange, agreePercent = USUAL_PERCENT) {
  const others = better + worse + mixed;
  if (!(others + noChange)) return "not stated";
  const unchanged = countNoChange || !others ? noChange : 0;
  const most = agreePercent * (others + unchanged); // in whole numbers: a share has no exact binary form
  if (100 * better >= most) return "favourable";
  if (100 * worse >= most) return "unfavourable";
  return 100 * unchanged >= most ? "no change" : "conflicting";
}

const APPRAISAL_NAMES = ["high", "some", "low", "unclear"];

// Position among APPRAISAL_NAMES: the lowest of a study's judgements speaks for it.
function appraisalOf(roles) {
  if (roles & LOW_QUALITY) return 2;
  if (roles & SOME_CONCERNS) return 1;
  return roles & HIGH_QUALITY ? 0 : 3;
}

/** The contrast that is shown: as asked for, or the first that a finding has; null where there is none. */
export function contrastOf(map, view) {
  if (view.contrast !== null) return view.contrast;
  const contrasts = map.byId.get(CONTRASTS);
  if (!contrasts) return null;
  const has = new Uint8Array(contrasts.ids.length);
  for (const position of closedCodes(contrasts).positions) has[position] = 1;
  return contrasts.ids[has.indexOf(1)] ?? null;
}

/**
 * By cell, how many studies have each direction; of the findings that pass and are of the contrast.
 * `appraisal` says how these studies were judged, {high, some, low, unclear}; null where nobody judged
 * any study of the map.
 * @returns {(cell: number) => any}
 */
export function directionsOf(map, view, passing) {
  const rows = map.byId.get(view.rows);
  const columns = map.byId.get(view.columns);
  const across = columns.ids.length + 1;
  const size = (rows.ids.length + 1) * across;
  const counts = new Int32Array(size * EFFECT_DIRECTIONS.length);
  const votes = new Int32Array(size * DIRECTION_CODES.length);
  const judged = new Int32Array(size * APPRAISAL_NAMES.length);
  const { roles } = map.studies;
  const isJudged = roles.some((each) => each & (HIGH_QUALITY | SOME_CONCERNS | LOW_QUALITY | NO_INFORMATION));
  const { count_no_change: countNoChange, agree_percent: agreePercent } = map.document.directions;
  const voteOf = votesOfFindings(map, contrastOf(map, view));
  const stamp = new Int32Array(size).fill(-1);
  const [rowCodes, columnCodes] = [rows, columns].map(closedCodes);
  for (let study = 0; study < map.size; study += 1) {
    if (!passing.study[study]) continue;
    const touched = [];
    for (let finding = map.first[study]; finding < map.first[study + 1]; finding += 1) {
      if (!passing.finding[finding] || voteOf[finding] === NOT_OF_CONTRAST) continue;
      const down = rows.of === "study" ? study : finding;
      const aside = columns.of === "study" ? study : finding;
      for (let i = rowCodes.starts[down]; i < rowCodes.starts[down + 1]; i += 1) {
        for (let j = columnCodes.starts[aside]; j < columnCodes.starts[aside + 1]; j += 1) {
          const cell = rowCodes.positions[i] * across + columnCodes.positions[j];
          if (stamp[cell] !== study) {
            stamp[cell] = study;
            touched.push(cell);
          }
          if (voteOf[finding] >= 0) votes[cell * DIRECTION_CODES.length + voteOf[finding]] += 1;
        }
      }
    }
    for (const cell of touched) {
      const own = cell * DIRECTION_CODES.length;
      const direction = withinStudy(votes[own], votes[own + 1], votes[own + 2], votes[own + 3], countNoChange, agreePercent);
      counts[cell * EFFECT_DIRECTIONS.length + EFFECT_DIRECTIONS.indexOf(direction)] += 1;
      judged[cell * APPRAISAL_NAMES.length + appraisalOf(roles[study])] += 1;
      votes.fill(0, own, own + DIRECTION_CODES.length);
    }
  }
  const named = (names, numbers, cell) => Object.fromEntries(names.map((name, i) => [name, numbers[cell * names.length + i]]));
  return (cell) => ({ ...named(EFFECT_DIRECTIONS, counts, cell), appraisal: isJudged ? named(APPRAISAL_NAMES, judged, cell) : null });
}

const NO_VOTE = -1;
const NOT_OF_CONTRAST = -2;

// Of each finding the position of its direction among DIRECTION_CODES.
function votesOfFindings(map, contrast) {
  const votes = new Int32Array(map.findings.study.length).fill(NOT_OF_CONTRAST);
  const contrasts = map.byId.get(CONTRASTS);
  const directions = map.byId.get("property:direction");
  if (!contrasts || !directions || contrast === null) return votes;
  const wanted = contrasts.position.get(contrast);
  const { starts, positions } = closedCodes(contrasts);
  for (let finding = 0; finding < votes.length; finding += 1) {
    if (!positions.subarray(starts[finding], starts[finding + 1]).includes(wanted)) continue;
    const code = directions.codes[finding];
    votes[finding] = code < 0 ? NO_VOTE : DIRECTION_CODES.indexOf(directions.ids[code]);
  }
  return votes;
}
