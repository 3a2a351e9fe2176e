// Part of the map's viewer: two squares, of primary studies and of reviews, divided by segments; areas
// are as the numbers.

import { shape } from "../map_elements.js";
import { pairOfPictures } from "./pair_of_pictures.js";
import { isPale, segmentFill } from "./segment_patterns.js";

export function mosaicMark(place, cell, frame) {
  pairOfPictures(place, cell, frame, (parts, { x, bottom, side }) => {
    const all = parts.reduce((sum, { number }) => sum + number, 0);
    let top = bottom - side;
    return parts.map(({ index, number }) => {
      const height = side * number / all;
      const rect = shape("rect", { x, y: top, width: side, height, fill: segmentFill(index), class: isPale(index) ? "pale" : null });
      top += height;
      return rect;
    });
  });
}
