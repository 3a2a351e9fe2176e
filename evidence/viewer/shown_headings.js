// Part of the map's viewer (see __init__.py): which rows or columns stand there, and in which order.

import { ALL_BRANCHES } from "./map_address.js";

/**
 * Positions of the headings that are shown: the tops, and what lies below an open heading.
 * @param {string[]} open  ids of the headings whose branch stands open, or "*"
 * @param {"scheme" | "count" | string[]} order  of headings under the same one
 * @param {boolean} hideEmpty  whether those without a study that passes are left out
 * @param {(position: number) => [number, number]} countOf  primary studies and reviews
 * @returns {number[]}
 */
export function shownHeadings(dimension, open, order, hideEmpty, countOf) {
  const below = new Map();
  dimension.ids.forEach((_, position) => {
    if (hideEmpty && countOf(position).every((count) => count === 0)) return;
    const parent = dimension.parents[position];
    below.set(parent, [...(below.get(parent) ?? []), position]);
  });
  const isOpen = open.includes(ALL_BRANCHES) ? () => true : (position) => open.includes(dimension.ids[position]);
  const compare = comparison(dimension, order, countOf);
  const shown = [];
  const add = (parent) => {
    for (const position of (below.get(parent) ?? []).sort(compare)) {
      shown.push(position);
      if (isOpen(position)) add(position);
    }
  };
  add(-1);
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
