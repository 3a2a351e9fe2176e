// Part of the coding desk (see __init__.py): how wide the three panes are and which are hidden.

export const PANES = ["text", "scheme", "findings"];
const LEAST = { text: 220, scheme: 260, findings: 250 }; // pixels
const USUAL = { text: 0.4, scheme: 0.33, findings: 0.27 }; // of the width, as shares
export const NARROW = 760; // below, the panes are tabs

const READING = { text: 0.66, scheme: 0.34, findings: 0.3 }; // while one reads, without the findings

/** @typedef {{shares: Record<string, number>, hidden: string[], before?: Layout|null}} Layout before: as
 *    it was until the text was made wide for reading */

/** @param {unknown} kept what the browser kept, of which nothing is believed
 *  @returns {Layout} */
export function layoutFrom(kept) {
  const shares = { ...USUAL };
  for (const pane of PANES) {
    const share = kept?.shares?.[pane];
    if (typeof share === "number" && share > 0.02 && share < 1) shares[pane] = share;
  }
  const hidden = PANES.filter((pane) => Array.isArray(kept?.hidden) && kept.hidden.includes(pane));
  const layout = { shares, hidden: hidden.length < PANES.length ? hidden : [] };
  return kept?.before ? { ...layout, before: layoutFrom({ ...kept.before, before: null }) } : layout;
}

/** Makes the text wide for reading, or everything as it was before. */
export function forReading(layout) {
  const { before, ...now } = layout;
  return before ?? { shares: { ...READING }, hidden: ["findings"], before: now };
}

/** The widths of the panes that are shown, in pixels; together they fill the width. */
export function widths(layout, total) {
  const shown = PANES.filter((pane) => !layout.hidden.includes(pane));
  const sum = shown.reduce((all, pane) => all + layout.shares[pane], 0);
  const found = Object.fromEntries(shown.map((pane) => [pane, (total * layout.shares[pane]) / sum]));
  for (const pane of shown) { // whoever is too narrow takes from the widest
    const lack = LEAST[pane] - found[pane];
    if (lack <= 0) continue;
    const widest = shown.reduce((one, two) => (found[two] - LEAST[two] > found[one] - LEAST[one] ? two : one));
    const given = Math.min(lack, Math.max(0, found[widest] - LEAST[widest]));
    found[pane] += given;
    found[widest] -= given;
  }
  return found;
}

/** Moves the edge behind a pane; what one gains the next one that is shown loses.
 *  @returns {Layout} */
export function moveEdge(layout, pane, pixels, total) {
  const shown = PANES.filter((one) => !layout.hidden.includes(one));
  const next = shown[shown.indexOf(pane) + 1];
  if (!next) return layout;
  const now = widths(layout, total);
  const by = Math.max(LEAST[pane] - now[pane], Math.min(pixels, now[next] - LEAST[next]));
  const sum = shown.reduce((all, one) => all + layout.shares[one], 0);
  const shares = { ...layout.shares };
  for (const one of shown) shares[one] = (now[one] / total) * sum;
  shares[pane] += (by / total) * sum;
  shares[next] -= (by / total) * sum;
  return { ...layout, shares };
}

/** Hides or shows a pane; the last one stays. */
export function toggled(layout, pane) {
  const hidden = layout.hidden.includes(pane) ? layout.hidden.filter((one) => one !== pane) : [...layout.hidden, pane];
  return hidden.length < PANES.length ? { ...layout, hidden } : layout;
}
