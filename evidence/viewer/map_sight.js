// Part of the map's viewer (see __init__.py): which rows and columns of the table are in sight.

/** The places, from the first to the one after the last, that lie at least in part between two points.
 *  @param {{start: number, end: number}[]} places one after the other
 *  @returns {[number, number]} */
export function placesBetweenPoints(places, from, to) {
  const first = places.findIndex(({ end }) => end > from);
  const after = places.findIndex(({ start }) => start >= to);
  if (first < 0) return [0, 0];
  return [first, after < 0 ? places.length : Math.max(first, after)];
}

/** Rows and columns in the window of what scrolls, and as many pixels around it. The last row and the
 *  last column, which have the totals, stand in places of their own.
 *  @param {HTMLElement} scroll
 *  @param {HTMLTableElement} table with a row of totals as its foot
 *  @param {number[]} margins
 *  @returns {{rows: [number, number], columns: [number, number]}[]} for each margin */
export function sightsOf(scroll, table, margins) {
  const { left, right, top, bottom } = scroll.getBoundingClientRect();
  const boxes = (elements) => [...elements].map((one) => one.getBoundingClientRect());
  const rows = boxes(table.tBodies[0].rows).map((box) => ({ start: box.top, end: box.bottom }));
  const columns = boxes([...table.tFoot.rows[0].cells].slice(1)).map((box) => ({ start: box.left, end: box.right }));
  return margins.map((margin) => ({ rows: placesBetweenPoints(rows, top - margin, bottom + margin), columns: placesBetweenPoints(columns, left - margin, right + margin) }));
}
