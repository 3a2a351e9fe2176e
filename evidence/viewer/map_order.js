// Part of the map's viewer (see __init__.py): the order of headings by hand, among those that stand
// under the same heading.

/** The order after one heading has gone some places up or down among its siblings.
 *  @param {{ids: string[], parents: ArrayLike<number>}} dimension
 *  @param {number[]} shown positions as they stand there
 *  @param {string|string[]} order as it was: what is put in order by hand elsewhere stays so
 *  @param {number} position of the heading that goes
 *  @param {number} by places, negative for up or left
 *  @returns {string[]|null} null where it cannot go there */
export function orderAfterMove({ ids, parents }, shown, order, position, by) {
  const siblings = shown.filter((other) => parents[other] === parents[position]);
  const from = siblings.indexOf(position);
  const to = from + by;
  if (!by || to < 0 || to >= siblings.length) return null;
  siblings.splice(from, 1);
  siblings.splice(to, 0, position);
  const moved = siblings.map((sibling) => ids[sibling]);
  const kept = Array.isArray(order) ? order : shown.map((other) => ids[other]);
  return [...kept.filter((id) => !moved.includes(id)), ...moved];
}

/** By how many places a heading goes to stand where another is; 0 where it is no sibling. */
export function placesBetween({ parents }, shown, position, onto) {
  if (parents[position] !== parents[onto]) return 0;
  const siblings = shown.filter((other) => parents[other] === parents[position]);
  return siblings.indexOf(onto) - siblings.indexOf(position);
}
