// Part of the map's viewer (see __init__.py): the services of a cell in the side panel, before its
// studies; each opens to what it answered.

import { element, press } from "../map_elements.js";
import { takeTable } from "../pages/taken_tables.js";
import { countedApart } from "../pages/shares.js";
import { practicePlaceName, practiceCellWords } from "./practice_words.js";
import { ratingLine, serviceCodes, serviceRows } from "./practice_taken.js";

/** What is open on the page of services; null where nothing is. `studies` is null where they are not counted. */
export function placeOfPractice({ map, view, practice: table }) {
  const { at } = view.practice;
  if (!at) return null;
  const { axes } = table;
  const cell = table.at(at[0], at[1]);
  const row = at[0][1] === null ? null : practicePlaceName(axes.rows, at[0]);
  const column = practicePlaceName(axes.columns, at[1], axes.isOverlaid ? null : axes.studyColumns);
  return {
    title: [row, column].filter(Boolean).join(" × "),
    studies: cell.studies ?? [],
    hasStudies: cell.studies !== null,
    services: cell.services ?? [],
    words: practiceCellWords(map, cell),
    notes: practiceNotes(map, table, cell),
  };
}

function practiceNotes(map, { axes }, cell) {
  const notes = (cell.provision?.ratings ?? []).filter(([, reason]) => reason).map((rating) => `Rated ${ratingLine(rating)}.`);
  if (cell.studies && cell.services && countedApart(map, cell.studies).primary + cell.services.length === 0) notes.push("Nothing that passes stands here.");
  if (cell.overlap) notes.push("Whether services overlap is for people to judge: they may divide the area between them, or be for different people.");
  if (cell.situation && !axes.isOverlaid && cell.studies === null) notes.push("Studies are not divided by this column; what is said of research is of the whole row.");
  return notes;
}

/** The services with a head, and the table of them. */
export function servicesPart(viewer, place) {
  if (!place.services?.length) return [];
  const { practice } = viewer.map;
  return [element("h4", { text: place.services.length === 1 ? "1 service" : `${place.services.length} services` }),
    takeTable("services", "Services", () => serviceRows(practice, place.services)),
    element("ol", { class: "map-studies map-services" }, ...place.services.map((at) => serviceItem(viewer, at)))];
}

function serviceItem(viewer, at) {
  const { practice } = viewer.map;
  const { id, label, area, when } = practice.services;
  const isOpen = viewer.view.practice.service === id[at];
  const button = press("", () => turn(), { class: "map-study", "aria-expanded": String(isOpen), data: { service: id[at] } },
    element("span", { class: "map-study-label", text: label[at] || `Service ${id[at]}`, dir: "auto" }),
    element("span", { class: "map-study-title", text: [area[at], when[at]].filter(Boolean).join(", "), dir: "auto" }));
  function turn() {
    const list = button.closest(".map-panel-inside");
    viewer.changePractice({ service: isOpen ? null : id[at] });
    [...list.querySelectorAll("[data-service]")].find((each) => each.dataset.service === id[at])?.focus({ preventScroll: true });
  }
  return element("li", {}, button, isOpen ? serviceCard(viewer, at) : null);
}

function serviceCard(viewer, at) {
  const { practice } = viewer.map;
  const { id, provider, ratings } = practice.services;
  const answered = practice.dimensions.filter(({ id: dimension }) => !dimension.startsWith("by:@")).map((each) => [each.title, serviceCodes(each, at)]).filter(([, codes]) => codes.length);
  const address = viewer.options.serviceAddress?.(id[at]);
  return element("div", { class: "map-card" },
    provider[at] ? element("p", { text: `Run by ${provider[at]}`, dir: "auto" }) : null,
    ...ratings[at].map((rating) => element("p", { text: `Rated ${ratingLine(rating)}`, dir: "auto" })),
    address ? element("p", { class: "map-links" }, element("a", { href: address, text: "Open this service" })) : null,
    answered.length ? element("dl", { class: "map-codes-list" },
      ...answered.flatMap(([title, codes]) => [element("dt", { text: title, dir: "auto" }), ...codes.map((text) => element("dd", { text, dir: "auto" }))])) : element("p", { text: "It ticked nothing." }));
}
