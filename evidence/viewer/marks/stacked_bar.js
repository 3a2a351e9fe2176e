// Part of the map's viewer: thin bars of shares. They are one background: as shapes of their own, the parts
// of a thousand cells took most of the time of a frame.

import { GROUND, isPale, segmentImage } from "./segment_patterns.js";

export const BAR_HEIGHT = 4; // pixels
const BAR_GAP = 1;
const drawn = new WeakMap(); // what each bar shows, so that only what differs is written

/** Draws bars below each other, over the whole width of a place; those without a number are left out.
 *  @param {HTMLElement} place
 *  @param {{index: number, number: number}[][]} bars */
export function stackedBars(place, bars) {
  const filled = bars.filter((parts) => parts.some(({ number }) => number));
  const text = barsBackground(filled);
  if (drawn.get(place) === text) return;
  drawn.set(place, text);
  place.style.cssText = `height: ${filled.length * (BAR_HEIGHT + BAR_GAP) - BAR_GAP}px; background: ${text}`;
}

/** The background that shows bars as stackedBars draws them. */
export function barsBackground(bars) {
  return [...bars.flatMap((parts, at) => barLayers(parts, at * (BAR_HEIGHT + BAR_GAP))), GROUND].join(", ");
}

function barLayers(parts, top) {
  const all = parts.reduce((sum, { number }) => sum + number, 0);
  let before = 0;
  return parts.filter(({ number }) => number).flatMap(({ index, number }) => {
    const share = number / all;
    const place = share < 1 ? before / (1 - share) : 0; // as background-position has it: 1 is at the end
    before += share;
    const [at, wide] = [`${(100 * place).toFixed(1)}%`, `${(100 * share).toFixed(1)}%`];
    const whole = (image) => `${image} ${at} ${top}px / ${wide} ${BAR_HEIGHT}px no-repeat`;
    if (!isPale(index)) return [whole(segmentImage(index))];
    const outline = whole("linear-gradient(currentColor, currentColor)");
    return [`${segmentImage(index)} calc(${at} + ${(0.5 - place).toFixed(2)}px) ${top + 0.5}px / calc(${wide} - 1px) ${BAR_HEIGHT - 1}px no-repeat`, outline];
  });
}
