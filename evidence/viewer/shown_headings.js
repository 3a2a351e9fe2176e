// Part of the map's viewer (see __init__.py): which rows or columns stand there, and in which order.

import { ALL_BRANCHES } from "./map_address.js";
import { firstHeadings, headingsBelow } from "./map_columns.js";

/**
 * Positions of the headings that are shown: the first ones, and what lies below an open heading.
 * @param {string[]} open  ids of the headings whose branch stands open, or "*"
 * @param {"scheme" | "count" | string[]} order  of headings under the same one
 * @param {boolean} hideEmpty  whether those without a study that passes are left out
 * @param {(position: number) => [number, number]} countOf  primary studies and reviews
 * @returns {number[]}
 */
export function shownHeadings(dimension, open, order, hideEmpty, countOf) {
  const compare = comparison(dimension, order, countOf);
  const isOpen = open.includes(ALL_BRANCHES) ? () => true : (position) => open.includes(dimension.ids[position]);
  const shown = [];
  const add = (positions, alwaysOpen) => {
    const filled = hideEmpty ? positions.filter((position) => countOf(position).some((count) => count > 0)) : positions;
    for (const position of filled.toSorted(compare)) {
      shown.push(position);
      if (alwaysOpen || isOpen(position)) add(headingsBelow(dimension, position), false);
    }
  };
  const first = firstHeadings(dimension);
  add(first, first.length === 1);
  return shown;
}

// By hand, what is not listed follows in the scheme's order; so do equal counts.
function comparison(dimension, order, countOf) {
  if (order === "scheme") return (a, b) => a - b;
  if (order === "count") {
    return (a, b) => {
      const [of, than] = [countOf(a), countOf(b)];
      return than[0] - of[0] || than[1] - of[1] || a - b;
    };
  }
  const rank = new Map(order.map((id, i) => [dimension.position.get(id), i]));
  return (a, b) => (rank.get(a) ?? order.length) - (rank.get(b) ?? order.length) || a - b;
}
