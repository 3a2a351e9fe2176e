// Part of the map's viewer (see __init__.py): whose studies stand in the side panel on the pages
// beside the map.

import { NONE_OF_THESE, YEAR } from "../map_address.js";
import { headingPath } from "../map_texts.js";
import { countWords } from "../map_words.js";
import { placeOfPractice } from "../practice/practice_panel.js";
import { NONE_PLACE } from "./crosstab.js";
import { studiesOfLine } from "./frequencies.js";
import { countedApart, passingBase } from "./shares.js";
import { NONE_WORDS, WITHOUT_YEAR } from "./taken_tables.js";

/** What is open on such a page; null where nothing is.
 *  @returns {{title: string, studies: number[], words: string} | null} */
export function placeOnPage(viewer) {
  const { map, view } = viewer;
  const place = { frequencies: placeOfLine, crosstab: placeOfCell, practice: placeOfPractice }[view.page]?.(viewer);
  return place ? { words: countWords(countedApart(map, place.studies)), ...place } : null;
}

function placeOfLine({ map, view }) {
  if (!view.line) return null;
  const studies = studiesOfLine(map, view, view.line);
  return { studies, title: view.line[1] === null ? `All studies ${passingBase(map, countedApart(map, studies))}` : lineTitle(map, view.line) };
}

function placeOfCell({ map, view, crosstab, unplacedOpen }) {
  if (unplacedOpen) return { studies: crosstab.apart, title: "Headings of both, but no finding with both" };
  if (!view.at) return null;
  const dimensions = [map.byId.get(view.rows), map.byId.get(view.columns)];
  const [row, column] = view.at.map((id, axis) => (id === null ? null : (dimensions[axis].position.get(id) ?? NONE_PLACE)));
  const studies = crosstab.studies(row, column);
  const names = view.at.map((id, axis) => (id === null ? null : lineTitle(map, [dimensions[axis].id, id]))).filter((name) => name !== null);
  return { studies, title: names.join(" × ") || `All studies ${passingBase(map, countedApart(map, studies))}` };
}

function lineTitle(map, [id, heading]) {
  if (id === YEAR) return heading === NONE_OF_THESE ? WITHOUT_YEAR : heading;
  const dimension = map.byId.get(id);
  return `${dimension.title}: ${heading === NONE_OF_THESE ? NONE_WORDS.toLowerCase() : headingPath(dimension, dimension.position.get(heading))}`;
}
