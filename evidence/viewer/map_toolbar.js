// Part of the map's viewer (see __init__.py): the title, the views and the acts above the map.

import { element, labelledSelect, press, writeAttribute, writeText } from "./map_elements.js";
import { offerDownload } from "./downloads.js";
import { CONTRASTS } from "./map_address.js";
import { contrastOf } from "./map_directions.js";
import { searchWords } from "./map_searches.js";
import { UPRIGHT_OVER } from "./map_heads.js";
import { headingPath } from "./map_texts.js";
import { counted } from "./map_words.js";
import { MARKS } from "./marks/marks.js";
import { cellRows, csvText } from "./taken_lists.js";

export const VIEW_NAMES = { numbers: "Numbers", bubbles: "Bubbles", table: "Table", directions: "Directions", mosaic: "Mosaic", donut: "Donut" };
const WORDS_WAIT_MS = 250;
const CLIPBOARD_WAIT_MS = 1500;
const SMALL_MARKS = new Set(["bubbles", "mosaic", "donut"]);
const SEGMENTS_SEEN = 2; // in a mark of a table with more than UPRIGHT_OVER columns

export function mapToolbar(viewer) {
  const { map } = viewer;
  const title = element("h2", { text: map.document.title || "Map", dir: "auto", class: viewer.options.embed ? "map-unseen" : "map-title" });
  const caption = element("p", { dir: "auto" });
  const views = Object.entries(VIEW_NAMES).filter(([name]) => name in MARKS && (name !== "directions" || viewer.hasDirections))
    .map(([name, text]) => press(text, () => viewer.change({ view: name }), { data: { view: name } }));
  const words = element("input", { type: "search", class: "map-words", "aria-label": "Words in titles, authors, journals, abstracts and notes", placeholder: "Search…", dir: "auto" });
  const layout = press("Rows and columns", () => viewer.togglePanel("layout"), { "aria-expanded": "false", class: "map-open-layout" });
  const filter = press("Filter", () => viewer.togglePanel("filter"), { "aria-expanded": "false", class: "map-open-filter" });
  const searches = press("Searches", () => viewer.togglePanel("searches"), { "aria-expanded": "false", class: "map-open-searches" });
  const copy = press("Copy link", () => copyLink());
  const copied = element("span", { class: "map-small", "aria-hidden": "true" }); // said to screen readers by viewer.say
  const cells = press("Cells as CSV", () => {
    takeWords();
    offerDownload("map-cells.csv", "text/csv", csvText(cellRows(map.document, viewer.view, viewer.counts)));
  });
  const linkField = element("input", { class: "map-link", readonly: true, hidden: true, "aria-label": "Link to this picture" });
  const unplaced = press("", () => viewer.openUnplaced(), { class: "map-quiet" });
  const { strays } = map.document;
  const strayed = press(`${counted(strays.length, "code")} not in the scheme`, () => viewer.openUnplaced(), { class: "map-quiet", hidden: !strays.length });
  const contrasts = map.byId.get(CONTRASTS);
  const contrast = labelledSelect("Contrast", contrasts ? contrasts.ids.map((id, position) => [id, headingPath(contrasts, position)]) : [], "", (id) => viewer.change({ contrast: id }));
  const drawings = element("div", { class: "map-views", role: "group", "aria-label": "View" }, ...views, contrast);
  const bar = element("div", { class: "map-toolbar" },
    drawings,
    element("div", { class: "map-acts", role: "group", "aria-label": "Tools" }, layout, filter, searches, words, copy, copied, linkField, cells));
  const top = element("header", { class: "map-top" }, title, element("div", { class: "map-caption" }, caption, unplaced, strayed), bar);
  let waiting = 0;

  words.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(takeWords, WORDS_WAIT_MS);
  });

  // What was typed counts before anything is taken away, also when no time has passed since.
  function takeWords() {
    clearTimeout(waiting);
    if (waiting) viewer.change({ words: words.value.trim() });
    waiting = 0;
  }

  function update() {
    const { view, counts } = viewer;
    drawings.hidden = cells.hidden = view.page !== "map";
    layout.hidden = !["map", "crosstab"].includes(view.page);
    for (const button of views) writeAttribute(button, "aria-pressed", String(button.dataset.view === view.view));
    writeAttribute(layout, "aria-expanded", String(viewer.panel === "layout"));
    writeAttribute(filter, "aria-expanded", String(viewer.panel === "filter"));
    writeText(filter, view.filters.length ? `Filter (${view.filters.length})` : "Filter");
    writeAttribute(searches, "aria-expanded", String(viewer.panel === "searches"));
    writeText(searches, view.searches.length ? `Searches (${view.searches.length})` : "Searches");
    if (words.getRootNode().activeElement !== words) words.value = view.words;
    linkField.hidden = true;
    writeText(copied, "");
    writeText(caption, captionWords(viewer));
    unplaced.hidden = view.page !== "map" || !counts.unplaced.length;
    strayed.hidden = view.page !== "map" || !strays.length;
    writeText(unplaced, `${counts.unplaced.length} not placed`);
    contrast.hidden = view.view !== "directions";
    contrast.querySelector("select").value = contrastOf(map, view) ?? "";
  }

  // Without permission to write the clipboard, the link stands there to be copied.
  async function copyLink() {
    takeWords();
    const address = viewer.address();
    try {
      await Promise.race([navigator.clipboard.writeText(address), noAnswer()]);
      linkField.hidden = true;
      tellCopied("The link is copied: it opens this picture.");
    } catch {
      linkField.hidden = false;
      linkField.value = address;
      linkField.focus();
      linkField.select();
      tellCopied("Copy the link from the field:");
    }
  }

  // A browser may ask first, and be answered late or never.
  function noAnswer() {
    return new Promise((_, refuse) => { setTimeout(refuse, CLIPBOARD_WAIT_MS); });
  }

  function tellCopied(text) {
    writeText(copied, text);
    viewer.say(text);
  }

  return { element: top, update };
}

function captionWords({ map, view, counts, frame }) {
  const all = map.size;
  const missing = counts.unplaced.length;
  const [rows, columns] = [map.byId.get(view.rows), map.byId.get(view.columns)];
  return [
    map.document.caption,
    view.page !== "map" ? counts.passing === all && counted(all, "study", "studies") : all ? `${counts.passing - missing} of ${counted(all, "study", "studies")} placed` : "no study: what is coded will stand here",
    view.page === "map" && `${counted(rows.ids.length, "row")} of ${rows.title} by ${counted(columns.ids.length, "column")} of ${columns.title}`,
    view.search !== null && `search ${searchWords(view.searches, view.search)}`,
    view.page === "map" && SMALL_MARKS.has(view.view) && counts.columns.length > UPRIGHT_OVER && frame.indexOf?.size > SEGMENTS_SEEN
      && `with ${counts.columns.length} columns and ${frame.indexOf.size} segments the marks are small: Numbers or Table can be read better`,
    view.page === "map" && counts.coded_together && "coded together, not necessarily compared",
    map.document.searched_to && `${view.page === "map" ? "gaps hold for searches to" : "searched to"} ${map.document.searched_to}`,
  ].filter(Boolean).join(" · ");
}
