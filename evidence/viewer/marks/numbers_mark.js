// Part of the map's viewer: primary studies large, reviews small, and a bar for the segments.

import { element, shape, writeAttribute, writeText } from "../map_elements.js";
import { stackedBar } from "./stacked_bar.js";

const BAR = 4;
const BAR_GAP = 1;

/** @param {HTMLElement} content of the cell; what it has is changed, not made anew */
export function numbersMark(content, cell, frame) {
  if (!content.firstChild) content.append(element("span", { class: "primary" }), element("span", { class: "reviews" }));
  const [primary, reviews] = content.children;
  writeText(primary, cell.primary ? String(cell.primary) : cell.reviews ? "–" : frame.isTotal ? "0" : "");
  writeText(reviews, cell.reviews ? `${cell.reviews} r` : "");
  let bar = content.children[2];
  const segments = frame.indexOf ? cell.segments ?? [] : [];
  if (!segments.length) return bar?.remove();
  bar ??= content.appendChild(shape("svg", { class: "bar", "aria-hidden": "true", focusable: "false" }));
  const parts = (kind) => segments.map((segment) => ({ index: frame.indexOf.get(segment.position), number: segment[kind] }));
  let at = stackedBar(bar, parts("primary"), 0, BAR);
  at = stackedBar(bar, parts("reviews"), cell.primary ? BAR + BAR_GAP : 0, BAR, at);
  writeAttribute(bar, "height", cell.primary && cell.reviews ? BAR * 2 + BAR_GAP : BAR);
  while (bar.children.length > at) bar.lastElementChild.remove();
}
