// Part of the map's viewer (see __init__.py): one direction for each study and cell, of one type of
// contrast, by the rule of synthesis/within_study.py (Boon and Thomson 2021, doi:10.1002/jrsm.1458).

import { CONTRASTS } from "./map_address.js";
import { closedCodes } from "./map_columns.js";

export const EFFECT_DIRECTIONS = ["favourable", "unfavourable", "conflicting", "no change", "not stated"];
const DIRECTION_CODES = ["better", "worse", "no change", "mixed"];
const CLEAR_DIRECTIONS = ["favourable", "unfavourable", "no change"]; // of the first three codes

/**
 * What the findings of one study say together.
 * @param {ArrayLike<number>} votes  findings better, worse, no change, mixed; those without a direction left out
 * @param {boolean} countNoChange  whether no change is a third direction, or only where there is nothing else
 */
export function withinStudy(votes, countNoChange) {
  const [better, worse, noChange, mixed] = votes;
  if (!(better + worse + noChange + mixed)) return "not stated";
  const counted = [better, worse, countNoChange || !(better + worse + mixed) ? noChange : 0];
  const all = counted[0] + counted[1] + counted[2] + mixed;
  const prevailing = counted.findIndex((count) => 10 * count >= 7 * all);
  return prevailing < 0 ? "conflicting" : CLEAR_DIRECTIONS[prevailing];
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
 * @returns {(cell: number) => Record<string, number>}
 */
export function directionsOf(map, view, passing) {
  const rows = map.byId.get(view.rows);
  const columns = map.byId.get(view.columns);
  const across = columns.ids.length + 1;
  const size = (rows.ids.length + 1) * across;
  const counts = new Int32Array(size * EFFECT_DIRECTIONS.length);
  const votes = new Int32Array(size * DIRECTION_CODES.length);
  const voteOf = votesOfFindings(map, contrastOf(map, view));
  const stamp = new Int32Array(size).fill(-1);
  const codes = [rows, columns].map((dimension) => ({ ...closedCodes(dimension), ofStudy: dimension.of === "study" }));
  for (let study = 0; study < map.size; study += 1) {
    if (!passing.study[study]) continue;
    const touched = [];
    for (let finding = map.first[study]; finding < map.first[study + 1]; finding += 1) {
      if (!passing.finding[finding] || voteOf[finding] === NOT_OF_CONTRAST) continue;
      const [down, aside] = codes.map(({ starts, positions, ofStudy }) => {
        const unit = ofStudy ? study : finding;
        return positions.subarray(starts[unit], starts[unit + 1]);
      });
      for (const row of down) {
        for (const column of aside) {
          const cell = row * across + column;
          if (stamp[cell] !== study) {
            stamp[cell] = study;
            touched.push(cell);
          }
          if (voteOf[finding] >= 0) votes[cell * DIRECTION_CODES.length + voteOf[finding]] += 1;
        }
      }
    }
    for (const cell of touched) {
      const own = votes.subarray(cell * DIRECTION_CODES.length, (cell + 1) * DIRECTION_CODES.length);
      const direction = withinStudy(own, map.document.directions.count_no_change);
      counts[cell * EFFECT_DIRECTIONS.length + EFFECT_DIRECTIONS.indexOf(direction)] += 1;
      own.fill(0);
    }
  }
  return (cell) => Object.fromEntries(EFFECT_DIRECTIONS.map((direction, i) => [direction, counts[cell * EFFECT_DIRECTIONS.length + i]]));
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
