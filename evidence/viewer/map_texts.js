// Part of the map's viewer (see __init__.py): the headings of a dimension, in words.

export function headingLabel(dimension, position) {
  return position < 0 ? "not coded" : dimension.labels[position] || dimension.ids[position];
}

export function hasBelow(dimension, position) {
  return dimension.depths[position + 1] > dimension.depths[position];
}

/** "Health › Mental health": the heading with all above it. What stands alone over all others says
 *  nothing of one of them and is left out. */
export function headingPath(dimension, position) {
  const labels = [headingLabel(dimension, position)];
  for (let at = dimension.parents[position]; at >= 0 && !standsOverAll(dimension, at); at = dimension.parents[at]) labels.unshift(headingLabel(dimension, at));
  return labels.join(" › ");
}

// It is the first in reading order, and each that follows is deeper; so are those under it, each alone.
function standsOverAll({ depths }, position) {
  return depths.slice(position + 1).every((depth) => depth > depths[position]) && depths.slice(0, position).every((depth) => depth < depths[position])
    && depths.slice(0, position).every((depth, at) => at === 0 || depth > depths[at - 1]);
}
