// Part of the coding desk (see __init__.py): how large pages are shown, kept for each person in the
// browser.

const STEPS = [50, 75, 100, 125, 150, 200, 300]; // percent of the width of the pane
const FIT = 100;

/** The next size up (1) or down (-1), or as wide as the pane (0); percent. */
export function zoomed(percent, step) {
  if (!step) return FIT;
  return step > 0 ? STEPS.find((one) => one > percent) ?? STEPS.at(-1) : STEPS.findLast((one) => one < percent) ?? STEPS[0];
}

/** The size that this person chose last, of which nothing is believed.
 *  @param {string} storage how the names of the person and review begin */
export function keptZoom(storage) {
  try {
    const kept = Number(localStorage.getItem(zoomName(storage)));
    return STEPS.includes(kept) ? kept : FIT;
  } catch {
    return FIT;
  }
}

export function keepZoom(storage, percent) {
  try { localStorage.setItem(zoomName(storage), String(percent)); } catch { /* then it is as usual next time */ }
}

// The outbox takes whatever begins with the storage's name for its own.
function zoomName(storage) {
  return `zoom-${storage}`;
}
