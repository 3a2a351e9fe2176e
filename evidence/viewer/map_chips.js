// Part of the map's viewer (see __init__.py): the filters that hold, each to be taken off.

import { element, press, writeText } from "./map_elements.js";
import { headingLabel } from "./map_texts.js";
import { passingWords } from "./map_words.js";

const LABELS = 3; // of one filter; of more their number is said
const MODES = { any: "", all: "all of ", none: "not " };

/** What a filter asks for, in words. */
export function filterWords(map, { dimension: id, mode, codes }) {
  const dimension = map.byId.get(id);
  const labels = codes.map((code) => headingLabel(dimension, dimension.position.get(code)));
  const shown = labels.slice(0, LABELS).join(mode === "all" ? " and " : " or ");
  return `${dimension.title}: ${MODES[mode]}${shown}${labels.length > LABELS ? ` and ${labels.length - LABELS} more` : ""}`;
}

export function yearWords([since, until]) {
  if (since === null) return `until ${until}`;
  return until === null ? `since ${since}` : `${since} to ${until}`;
}

export function sinceWords({ version, which }) {
  return `${which.join(" or ")} since version ${version}`.replace(/^./, (first) => first.toUpperCase());
}

/** The filters of a view with what takes each off. */
export function filterChips(map, view) {
  const chips = view.filters.map((filter, at) => ({ text: filterWords(map, filter), without: { filters: view.filters.filter((_, other) => other !== at) } }));
  if (view.years.some((year) => year !== null)) chips.push({ text: `Years: ${yearWords(view.years)}`, without: { years: [null, null] } });
  if (view.words) chips.push({ text: `Words: ${view.words}`, without: { words: "" } });
  if (view.search !== null) chips.push({ text: `Search #${view.search}: ${view.searches[view.search - 1]}`, without: { search: null } });
  if (view.since !== null) chips.push({ text: sinceWords(view.since), without: { since: null } });
  if (view.hide_empty) chips.push({ text: "Empty rows and columns hidden", without: { hide_empty: false } });
  return chips;
}

export function mapChips(viewer) {
  const passing = element("span", { class: "map-passing" });
  const list = element("ul", { "aria-label": "Filters" });
  const all = press("Take all off", () => { viewer.change({ filters: [], years: [null, null], words: "", search: null, since: null, hide_empty: false }); viewer.focusMap(); }, { class: "map-quiet" });
  const line = element("div", { class: "map-chips" }, passing, list, all);

  function update() {
    const chips = filterChips(viewer.map, viewer.view);
    const isFiltered = chips.some(({ without }) => !("hide_empty" in without));
    list.replaceChildren(...chips.map((chip, at) => element("li", {},
      press("", () => takeOff(chip, at), { "aria-label": `Take off: ${chip.text}` }, element("span", { text: chip.text, dir: "auto" }), element("span", { text: "×", "aria-hidden": "true" })))));
    writeText(passing, isFiltered ? passingWords(viewer.counts.passing, viewer.map.size, viewer.view) : "");
    all.hidden = chips.length < 2;
    line.hidden = !chips.length;
  }

  function takeOff(chip, at) {
    viewer.change(chip.without);
    const left = list.querySelectorAll("button");
    if (left.length) left[Math.min(at, left.length - 1)].focus();
    else viewer.focusMap();
  }

  return { element: line, update };
}
