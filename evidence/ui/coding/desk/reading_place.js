// Part of the coding desk (see __init__.py): where a person reads in each study, kept in the browser,
// so that a text stands where it was left after another study, another scheme or a reload.

const MOST_STUDIES = 60;
const MOST_LETTERS = 120; // of a search

/** @typedef {{text: string, page: number, down: number, zoom: number, search: string}} ReadingPlace
 *    text: "abstract" or "file:…"; page: from 1, 0 for an abstract; down: how far down the page, or the
 *    abstract, as a share of its height; zoom: percent */

/** The place in a study, of which nothing is believed; null where none is kept.
 *  @param {string} storage how the names of the person and review begin
 *  @returns {ReadingPlace|null} */
export function keptReading(storage, studyId) {
  const row = keptRows(storage).find((one) => one[0] === studyId);
  if (!row) return null;
  const [, text, page, down, zoom, search] = row;
  const number = (value, least, most, usual) => (typeof value === "number" && value >= least && value <= most ? value : usual);
  return { text: typeof text === "string" ? text : "abstract", page: Math.floor(number(page, 0, 1e5, 0)), down: number(down, 0, 1, 0),
    zoom: number(zoom, 10, 1000, 0), search: typeof search === "string" ? search.slice(0, MOST_LETTERS) : "" };
}

/** Keeps the place; of the studies those that were read last.
 *  @param {ReadingPlace} place */
export function keepReading(storage, studyId, { text, page, down, zoom, search }) {
  const row = [studyId, text, page, Math.round(down * 1000) / 1000, zoom, search.slice(0, MOST_LETTERS)];
  const rows = [row, ...keptRows(storage).filter((one) => one[0] !== studyId)].slice(0, MOST_STUDIES);
  try { localStorage.setItem(readingName(storage), JSON.stringify(rows)); } catch { /* then the text begins at its beginning */ }
}

function keptRows(storage) {
  try {
    const rows = JSON.parse(localStorage.getItem(readingName(storage)) ?? "[]");
    return Array.isArray(rows) ? rows.filter(Array.isArray) : [];
  } catch {
    return [];
  }
}

// The outbox takes whatever begins with the storage's name for its own.
function readingName(storage) {
  return `reading-${storage}`;
}
