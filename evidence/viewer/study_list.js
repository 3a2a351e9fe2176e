// Part of the map's viewer (see __init__.py): studies in a list that stands on pages, each opening to
// all that the map knows of it, and the same list to be taken away.

import { commentLink } from "./comment_ways.js";
import { offerDownload } from "./downloads.js";
import { element, press } from "./map_elements.js";
import { counted } from "./map_words.js";
import { roleWords, studyCard } from "./study_card.js";
import { csvText, studyRows, takenRis } from "./taken_lists.js";
import { WORKBOOK, xlsxBytes } from "./taken_workbook.js";

export const PAGE_SIZE = 50;

/** A study that opens and closes; which one is open stands in the view.
 *  @param {string} reason  why it stands nowhere; "" where it does */
export function studyItem(viewer, study, reason = "") {
  const { map } = viewer;
  const id = map.studies.id[study];
  const [report = {}] = map.studies.reports[study] ?? [];
  const isOpen = viewer.view.study === id;
  const words = roleWords(map.studies.roles[study]);
  const name = map.studies.label[study] || report.title || `Study ${id}`;
  const way = viewer.options.comments?.ofStudy(id);
  const button = press("", () => turn(), { class: "map-study", "aria-expanded": String(isOpen), data: { study: id } },
    element("span", { class: "map-study-label", text: name, dir: "auto" }),
    report.title && report.title !== map.studies.label[study] ? element("span", { class: "map-study-title", text: report.title, dir: "auto" }) : null,
    words.length ? element("span", { class: "map-role", text: words.join(", ") }) : null);
  function turn() {
    const place = button.closest(".map-studies").parentElement;
    viewer.change({ study: isOpen ? null : id });
    const drawn = place.querySelector(`[data-study="${id}"]`);
    drawn?.focus({ preventScroll: true });
    drawn?.parentElement.scrollIntoView({ block: "nearest" }); // the citation, not only the line that was pressed
  }
  return element("li", {}, button, reason ? element("p", { class: "map-small", text: `It has ${reason}.`, dir: "auto" }) : null, isOpen && way ? commentLink(way, name) : null, isOpen ? studyCard(map, study) : null);
}

/** Buttons that give these studies away. @param {number[]} studies  positions */
export function takeStudies(map, studies) {
  if (!studies.length) return [];
  const table = () => studyRows(map.document, studies);
  return [element("div", { class: "map-pair", role: "group", "aria-label": "Take this list away" }, element("span", { class: "map-small", text: "Take away:" }),
    press("RIS", () => offerDownload("studies.ris", "application/x-research-info-systems", takenRis(map.document, studies))),
    press("CSV", () => offerDownload("studies.csv", "text/csv", csvText(table()))),
    press("Excel", () => offerDownload("studies.xlsx", WORKBOOK, xlsxBytes(table(), "Studies"))))];
}

/** "51 to 100 of 800 studies", with the ways back and on.
 *  @param {number} all
 *  @param {number} page  from 0
 *  @param {(by: -1 | 1) => void} turn */
export function pager(all, page, turn) {
  const from = page * PAGE_SIZE;
  const told = element("span", { text: all > PAGE_SIZE ? `${from + 1} to ${Math.min(all, from + PAGE_SIZE)} of ${counted(all, "study", "studies")}` : counted(all, "study", "studies") });
  if (all <= PAGE_SIZE) return [element("p", { class: "map-pager" }, told)];
  return [element("p", { class: "map-pager" }, press("Previous", () => turn(-1), { disabled: page === 0 }), told, press("Next", () => turn(1), { disabled: from + PAGE_SIZE >= all }))];
}

/** The page to show of a list: the one that is asked for, as far as there are so many; else the one of the study that is open. */
export function pageWith(studies, opened, page) {
  const wanted = page ?? Math.max(0, Math.floor(studies.indexOf(opened) / PAGE_SIZE));
  return Math.min(wanted, Math.max(0, Math.ceil(studies.length / PAGE_SIZE) - 1));
}

/** The list itself, one page of it. */
export function studyPage(studies, page, itemOf) {
  return element("ol", { class: "map-studies", start: page * PAGE_SIZE + 1 }, ...studies.slice(page * PAGE_SIZE, (page + 1) * PAGE_SIZE).map(itemOf));
}
