// Part of the map's viewer: primary studies left, reviews right, never one picture of both.

import { shape } from "../map_elements.js";
import { NOT_CODED } from "./segment_patterns.js";

const HEIGHT = 34; // pixels
const WIDTH = 46;
const LEAST_SIDE = 6;
const MIDDLE = 1;

/** @param {(parts: {index: number, number: number}[], box: {x: number, bottom: number, side: number}) => SVGElement[]} draw */
export function pairOfPictures(place, cell, frame, draw) {
  const scale = Math.min(HEIGHT / Math.sqrt(Math.max(frame.most.primary, frame.most.reviews)), (WIDTH - MIDDLE) / frame.most.pair);
  const sideOf = (number) => (number ? Math.max(LEAST_SIDE, scale * Math.sqrt(number)) : 0);
  const svg = shape("svg", { class: "picture", width: WIDTH, height: HEIGHT, "aria-hidden": "true", focusable: "false" });
  const left = (WIDTH - MIDDLE - sideOf(cell.primary) - sideOf(cell.reviews)) / 2;
  for (const [kind, isRight] of [["primary", false], ["reviews", true]]) {
    if (!cell[kind]) continue;
    const side = sideOf(cell[kind]);
    const parts = frame.indexOf ? cell.segments.map((part) => ({ index: frame.indexOf.get(part.position), number: part[kind] })).filter(({ number }) => number) : [{ index: isRight ? NOT_CODED : 0, number: cell[kind] }];
    const group = shape("g", { class: isRight ? "reviews-picture" : null });
    group.append(...draw(parts, { x: isRight ? left + sideOf(cell.primary) + MIDDLE : left, bottom: (HEIGHT + Math.max(sideOf(cell.primary), sideOf(cell.reviews))) / 2, side }));
    svg.append(group);
  }
  place.replaceChildren(svg);
}
