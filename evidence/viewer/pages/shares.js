// Part of the map's viewer (see __init__.py): primary studies and reviews apart, and their shares,
// which never stand without what they are a share of.

import { REVIEW } from "../map_columns.js";
import { counted } from "../map_words.js";

const TENTHS_FROM = 1000; // studies; below that a tenth of a per cent would be less than one study
const KIND_NAMES = { primary: ["primary study", "primary studies"], reviews: ["review", "reviews"] };

/** @typedef {"primary" | "reviews"} StudyKind
 *  @typedef {Record<StudyKind, number>} Apart */

/** Those of a list that are asked for.
 *  @param {number[]} studies  positions
 *  @param {StudyKind | null} only  null for all */
export function onlyThese(map, studies, only) {
  return only === null ? studies : studies.filter((study) => Boolean(map.studies.roles[study] & REVIEW) === (only === "reviews"));
}

/** How many of a list are primary studies, how many reviews. @returns {Apart} */
export function countedApart(map, studies) {
  return { primary: onlyThese(map, studies, "primary").length, reviews: onlyThese(map, studies, "reviews").length };
}

/** A share in per cent, for tables that are taken away; null where there is nothing to be a share of. */
export function shareOf(part, base) {
  return base ? Math.round((part / base) * 10_000) / 100 : null;
}

/** "28 %"; what is some but rounds to none is "<1 %", what is not all but rounds to it ">99 %". */
export function shareText(part, base) {
  if (!base) return "–";
  const digits = base >= TENTHS_FROM ? 1 : 0;
  const least = 10 ** -digits;
  const share = (part / base) * 100;
  const text = share.toFixed(digits);
  if (part && Number(text) === 0) return `<${least} %`;
  if (part < base && Number(text) === 100) return `>${100 - least} %`;
  return `${text} %`;
}

/** "12 primary studies"
 *  @param {StudyKind} kind */
export function kindWords(kind, count) {
  return counted(count, ...KIND_NAMES[kind]);
}

/** "that pass the filters", or "on this map" where all do. */
export function passingBase(map, { primary, reviews }) {
  return primary + reviews === map.size ? "on this map" : "that pass the filters";
}
