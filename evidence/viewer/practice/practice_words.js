// Part of the map's viewer (see __init__.py): what is said of services beside studies.

import { counted, countWords } from "../map_words.js";
import { headingPath } from "../map_texts.js";
import { countedApart } from "../pages/shares.js";

export const STUDY_SIGN = "●";
export const REVIEW_SIGN = "○";
export const SERVICE_SIGN = "■";

/** What can be said of a cell, with what it means and the line that marks it, see map_viewer.css. */
export const SITUATIONS = [
  ["research and practice", "both", "studies are coded so, and services report it"],
  ["practice without research", "practice", "services report it, and no study is coded so"],
  ["research without practice", "research", "studies are coded so, and no service reports it"],
  ["neither research nor practice", "neither", "a gap of both"],
  ["nobody answered", "one", "no service of the area has a complete form, so nothing is said of practice there"],
  ["asked of services only", "one", "no heading of studies is joined with it, so nothing is said of research"],
  ["asked of studies only", "one", "no answer of services is joined with it, so nothing is said of practice"],
];

export function situationMark(situation) {
  return SITUATIONS.find(([words]) => words === situation)?.[1] ?? null;
}

/** "2 services" */
export function servicesWords(number) {
  return number ? counted(number, "service") : "no service";
}

export function overlapWords(number) {
  return `${number} of one kind here: possible overlap`;
}

/** "less than the rule asks for – 1 post for 2 teams; suitability: partly" */
export function provisionWords({ verdict, why, ratings }) {
  return [[verdict, why].filter(Boolean).join(" – "), ...ratings.map(([words]) => words)].join("; ");
}

/** All that is said of a cell after its row and column. */
export function practiceCellWords(map, cell) {
  const words = [];
  if (cell.studies) words.push(countWords(countedApart(map, cell.studies)));
  if (cell.services) words.push(servicesWords(cell.services.length));
  if (cell.situation) words.push(cell.situation);
  if (cell.overlap) words.push(overlapWords(cell.overlap));
  if (cell.provision) words.push(provisionWords(cell.provision));
  return words.join("; ");
}

/** The name of a row or a column; totals are named by their side. */
export function practicePlaceName(axis, place, studyColumns = null) {
  const [side, heading] = place;
  if (heading === null) return side === "study" ? "All studies" : "All services";
  const dimension = side === "service" ? axis.dimension : studyColumns ?? axis.ofStudies;
  return headingPath(dimension, dimension.position.get(heading));
}

/** "Intervention: Placement; Training", of studies, where the words differ from those of services. */
export function joinedWords(axis, place) {
  if (place[0] === "study") return `${axis.ofStudies.title}, of studies`;
  const names = axis.headingsOf(place).map((position) => headingPath(axis.ofStudies, position));
  const own = practicePlaceName(axis, place);
  return names.length && names.join() !== own ? `of studies: ${names.join("; ")}` : "";
}
