// Part of the coding desk (see __init__.py): how large pages are shown, kept for each person in the
// browser.

const STEPS = [50, 75, 100, 125, 150, 200, 300]; // percent of the width of the pane, or of what can be read
const AS_WIDE_AS_CAN_BE_READ = 100;
/** As wide as the pane, however small the letters become. */
export const FIT = "fit";

/** The next size up (1) or down (-1) in percent, or as wide as the pane (0).
 *  @param {number | "fit"} size as it is now */
export function zoomed(size, step) {
  if (!step) return FIT;
  const percent = size === FIT ? AS_WIDE_AS_CAN_BE_READ : size;
  return step > 0 ? STEPS.find((one) => one > percent) ?? STEPS.at(-1) : STEPS.findLast((one) => one < percent) ?? STEPS[0];
}

/** The size that this person chose last, of which nothing is believed.
 *  @param {string} storage how the names of the person and review begin */
export function keptZoom(storage) {
  try {
    const kept = localStorage.getItem(zoomName(storage));
    if (kept === FIT) return FIT;
    return STEPS.includes(Number(kept)) ? Number(kept) : AS_WIDE_AS_CAN_BE_READ;
  } catch {
    return AS_WIDE_AS_CAN_BE_READ;
  }
}

export function keepZoom(storage, size) {
  try { localStorage.setItem(zoomName(storage), String(size)); } catch { /* then it is as usual next time */ }
}

// The outbox takes whatever begins with the storage's name for its own.
function zoomName(storage) {
  return `zoom-${storage}`;
}
