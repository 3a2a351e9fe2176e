// Part of the map's viewer: primary studies large, reviews small, and a bar for the segments.

import { element, writeText } from "../map_elements.js";
import { stackedBars } from "./stacked_bar.js";

/** @param {HTMLElement} content of the cell; what it has is changed, not made anew */
export function numbersMark(content, cell, frame) {
  if (!content.firstChild) content.append(element("span", { class: "primary" }), element("span", { class: "reviews" }));
  const [primary, reviews] = content.children;
  writeText(primary, cell.primary ? String(cell.primary) : cell.reviews ? "–" : frame.isTotal ? "0" : "");
  writeText(reviews, cell.reviews ? `${cell.reviews} r` : "");
  const segments = frame.indexOf ? cell.segments ?? [] : [];
  const bar = content.children[2];
  if (!segments.length) return bar?.remove();
  const parts = (kind) => segments.map((segment) => ({ index: frame.indexOf.get(segment.position), number: segment[kind] }));
  stackedBars(bar ?? content.appendChild(element("span", { class: "bar" })), [parts("primary"), parts("reviews")]);
}
