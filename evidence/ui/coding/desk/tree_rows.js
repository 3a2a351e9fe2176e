// Part of the coding desk (see __init__.py): which rows of a tree are shown. A branch that is closed
// gives no rows, so that a scheme of thousands of codes is drawn at once.

import { above, below } from "./scheme.js";

/** @typedef {{id: string, option: import("./scheme.js").Option, level: number, position: number, size: number,
 *   open: boolean|null, hit: boolean}} TreeRow open: null where nothing is below; hit: the search named it */

export const MOST_HITS = 60; // options that a search shows; more are counted

/** @param {Set<string>} opened branches that stand open
 *  @param {string} search words that must all stand in a label or those above it; "" for none
 *  @returns {{rows: TreeRow[], hits: number, left: number}} left: hits that are not shown */
export function treeRows(scheme, question, opened, search = "") {
  const wanted = folded(search).split(/\s+/).filter(Boolean);
  if (!wanted.length) return { rows: openRows(question.options, opened, []), hits: 0, left: 0 };
  const shown = new Set();
  let hits = 0;
  for (const [id, place] of scheme.places.get(question.id)) {
    if (!names(place.option.label, wanted)) continue;
    hits++;
    if (hits > MOST_HITS) continue;
    shown.add(id);
    for (const other of above(scheme, question.id, id)) shown.add(other);
  }
  return { rows: hitRows(question.options, wanted, shown, opened, []), hits, left: Math.max(0, hits - MOST_HITS) };
}

function openRows(options, opened, rows, level = 1) {
  options.forEach((option, at) => {
    const open = option.options.length ? opened.has(option.id) : null;
    rows.push({ id: option.id, option, level, position: at + 1, size: options.length, open, hit: false });
    if (open) openRows(option.options, opened, rows, level + 1);
  });
  return rows;
}

function hitRows(options, wanted, shown, opened, rows, level = 1) {
  const here = options.filter((option) => shown.has(option.id));
  here.forEach((option, at) => {
    const hit = names(option.label, wanted);
    const inside = option.options.some((one) => shown.has(one.id));
    const open = option.options.length ? inside || opened.has(option.id) : null;
    rows.push({ id: option.id, option, level, position: at + 1, size: here.length, open, hit });
    if (inside) hitRows(option.options, wanted, shown, opened, rows, level + 1);
    else if (open) openRows(option.options, opened, rows, level + 1);
  });
  return rows;
}

function names(label, wanted) {
  const text = foldedLabel(label);
  return wanted.every((word) => text.includes(word));
}

const known = new Map(); // labels do not change while a page is open
function foldedLabel(label) {
  let text = known.get(label);
  if (text === undefined) known.set(label, (text = folded(label)));
  return text;
}

/** Without case and accents, as people search. */
export function folded(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

/** The option that a search followed by Enter means: the only hit, or the one that is called so,
 *  or begins so, first in reading order. One option, whatever else holds the words. */
export function bestHit(options, search) {
  const sought = folded(search.trim());
  if (!sought) return null;
  const texts = options.map((option) => folded(option.label));
  for (const fits of [(text) => text === sought, (text) => text.startsWith(sought), (text) => text.includes(sought)]) {
    const at = texts.findIndex(fits);
    if (at >= 0) return options[at];
  }
  const wanted = sought.split(/\s+/);
  return options.find((_, at) => wanted.every((word) => texts[at].includes(word))) ?? null;
}

/** What to change so that all below an option are ticked; unticked where all were.
 *  @returns {{ids: string[], chosen: boolean}} */
export function allBelow(scheme, question, optionId, chosen) {
  const ids = below(scheme, question.id, optionId).filter((one) => one.selectable).map((one) => one.id);
  const missing = ids.filter((id) => !chosen.has(id));
  return missing.length ? { ids: missing, chosen: true } : { ids, chosen: false };
}

/** How many below each option are chosen, for branches that are closed.
 *  @returns {Map<string, number>} */
export function chosenBelow(scheme, question, chosen) {
  const counts = new Map();
  for (const id of chosen) for (const other of above(scheme, question.id, id)) counts.set(other, (counts.get(other) ?? 0) + 1);
  return counts;
}

/** Branches that stand open at first: those that hold what is chosen; all of a small tree. */
export function openAtFirst(scheme, question, chosen, few = 15) {
  const places = scheme.places.get(question.id);
  const opened = new Set();
  for (const id of places.size <= few ? places.keys() : chosen) for (const other of above(scheme, question.id, id)) opened.add(other);
  return opened;
}
