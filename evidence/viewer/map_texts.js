// Part of the map's viewer (see __init__.py): the headings of a dimension, in words.

export function headingLabel(dimension, position) {
  return position < 0 ? "not coded" : dimension.labels[position] || dimension.ids[position];
}

export function hasBelow(dimension, position) {
  return dimension.depths[position + 1] > dimension.depths[position];
}

/** "Health › Mental health": the heading with all above it. */
export function headingPath(dimension, position) {
  const labels = [];
  for (let at = position; at >= 0; at = dimension.parents[at]) labels.unshift(headingLabel(dimension, at));
  return labels.join(" › ");
}
