// Part of the map's viewer: two rings, of primary studies and of reviews, divided by segments; areas
// are as the numbers.

import { shape } from "../map_elements.js";
import { pairOfPictures } from "./pair_of_pictures.js";
import { isPale, segmentFill } from "./segment_patterns.js";

const HOLE = 0.5; // of the radius

export function donutMark(place, cell, frame) {
  pairOfPictures(place, cell, frame, (parts, { x, bottom, side }) => {
    const all = parts.reduce((sum, { number }) => sum + number, 0);
    const radius = side / 2;
    const [middleX, middleY] = [x + radius, bottom - radius];
    let from = 0;
    return parts.map(({ index, number }) => {
      const to = from + number / all;
      const path = shape("path", { d: ringPart(middleX, middleY, radius, from, to), fill: segmentFill(index), "fill-rule": "evenodd", class: isPale(index) ? "pale" : null });
      from = to;
      return path;
    });
  });
}

/** A part of a ring between two shares of the whole turn, from the top on. */
export function ringPart(x, y, radius, from, to) {
  const point = (share, far) => {
    const angle = 2 * Math.PI * share - Math.PI / 2;
    return `${(x + far * Math.cos(angle)).toFixed(2)} ${(y + far * Math.sin(angle)).toFixed(2)}`;
  };
  const inner = radius * HOLE;
  if (to - from > 0.999) { // an arc cannot end where it begins
    const circle = (far, sweep) => `M${point(0, far)}A${far} ${far} 0 1 ${sweep} ${point(0.5, far)}A${far} ${far} 0 1 ${sweep} ${point(0, far)}Z`;
    return circle(radius, 1) + circle(inner, 0);
  }
  const isLarge = to - from > 0.5 ? 1 : 0;
  return `M${point(from, radius)}A${radius} ${radius} 0 ${isLarge} 1 ${point(to, radius)}L${point(to, inner)}A${inner} ${inner} 0 ${isLarge} 0 ${point(from, inner)}Z`;
}
