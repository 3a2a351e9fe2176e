// Part of the map's viewer: a thin bar of shares, whose parts stay when only their sizes change.

import { shape, writeAttribute } from "../map_elements.js";
import { isPale, segmentFill } from "./segment_patterns.js";

const drawn = new WeakMap(); // what each rect says, so that only what differs is written

/** Draws parts side by side over the whole width.
 *  @param {SVGElement} svg
 *  @param {{index: number, number: number}[]} parts
 *  @param {number} top in pixels
 *  @param {number} height in pixels
 *  @param {number} from which of the rects of the svg is the first of this bar
 *  @returns the place of the next rect */
export function stackedBar(svg, parts, top, height, from = 0) {
  const all = parts.reduce((sum, { number }) => sum + number, 0);
  let left = 0;
  let at = from;
  for (const { index, number } of parts) {
    if (!number) continue;
    const width = (100 * number) / all;
    drawPart(svg.children[at] ?? svg.appendChild(shape("rect", { height })), index, left.toFixed(1), width.toFixed(1), top);
    left += width;
    at++;
  }
  return at;
}

function drawPart(rect, index, left, width, top) {
  const before = drawn.get(rect) ?? {};
  if (before.left !== left) rect.setAttribute("x", `${left}%`);
  if (before.width !== width) rect.setAttribute("width", `${width}%`);
  if (before.top !== top) rect.setAttribute("y", top);
  if (before.index !== index) {
    rect.setAttribute("fill", segmentFill(index));
    writeAttribute(rect, "class", isPale(index) ? "pale" : null);
  }
  drawn.set(rect, { index, left, width, top });
}
