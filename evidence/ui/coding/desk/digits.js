// Part of the coding desk (see __init__.py): what digits mean that follow each other. Who types 12
// means a number, and not the first code here and the second of whatever comes next.

const FOLLOWS_MS = 600;

/** @typedef {{place: string, one: boolean, at: number}} Pressed a digit that ticked or was left: where,
 *    whether only one code can be chosen there, and when, in milliseconds */

/** Whether a digit ticks. One that follows another at once, with no other key between, does so only
 *  at the same question, and only where several codes can be chosen.
 *  @param {Pressed|null} last the digit before  @param {Pressed} now */
export function digitTicks(last, now) {
  if (!last || now.at - last.at >= FOLLOWS_MS) return true;
  return last.place === now.place && !last.one;
}
