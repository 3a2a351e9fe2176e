// Part of the map's viewer: a disc for primary studies and a hollow square for reviews; areas are as
// the numbers. Each segment has its own place in the cell.

import { shape } from "../map_elements.js";
import { isPale, segmentFill } from "./segment_patterns.js";

const SIDE = 46;
const LEAST = 2.5; // half a side, in pixels
const OVER = 1.25; // a large mark may stand over the edge of its place

export function bubblesMark(place, cell, frame) {
  const entries = frame.indexOf ? [...frame.indexOf.values()] : [null];
  const across = Math.ceil(Math.sqrt(entries.length));
  const room = SIDE / across;
  const most = frame.indexOf ? frame.most.segment : Math.max(frame.most.primary, frame.most.reviews);
  const svg = shape("svg", { class: "picture", width: SIDE, height: Math.ceil(entries.length / across) * room, "aria-hidden": "true", focusable: "false" });
  const parts = frame.indexOf ? cell.segments.map((part) => [frame.indexOf.get(part.position), part]) : [[null, cell]];
  for (const [index, { primary, reviews }] of parts) {
    const slot = entries.indexOf(index);
    const [x, y] = [(slot % across + 0.5) * room, (Math.floor(slot / across) + 0.5) * room];
    const half = (number) => Math.max(LEAST, (OVER * room * Math.sqrt(number / most)) / 2);
    if (primary) svg.append(shape("circle", { cx: x, cy: y, r: half(primary), fill: index === null ? "currentColor" : segmentFill(index), class: index !== null && isPale(index) ? "pale" : null }));
    if (reviews) svg.append(shape("rect", { x: x - half(reviews), y: y - half(reviews), width: 2 * half(reviews), height: 2 * half(reviews), class: "review-square" }));
  }
  place.replaceChildren(svg);
}
