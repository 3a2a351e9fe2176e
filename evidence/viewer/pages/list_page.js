// Part of the map's viewer (see __init__.py): all studies that pass, by label or the latest first.

import { element, labelledSelect } from "../map_elements.js";
import { passingOf } from "../map_filters.js";
import { pager, pageWith, studyItem, studyPage, takeStudies } from "../study_list.js";
import { onlyThese } from "./shares.js";

const ORDERS_OF_LIST = [["label", "by name"], ["year", "latest first"]];
const BOTH_KINDS = [["", "primary studies and reviews"], ["primary", "primary studies"], ["reviews", "reviews"]];

/** Positions of the studies that pass, in the order of the view. */
export function listedStudies(map, view) {
  const passing = passingOf(map, view);
  const { label, year } = map.studies;
  const compare = new Intl.Collator("en", { numeric: true }).compare;
  const byLabel = (one, other) => compare(label[one], label[other]) || one - other;
  const latest = (one, other) => (year[other] ?? -1) - (year[one] ?? -1) || byLabel(one, other);
  const studies = [...label.keys()].filter((study) => passing.study[study]);
  return onlyThese(map, studies, view.only).sort(view.order_list === "year" ? latest : byLabel);
}

export function listPage(viewer) {
  const { map } = viewer;
  const order = labelledSelect("Order", ORDERS_OF_LIST, "", (order_list) => viewer.change({ order_list }));
  const only = labelledSelect("Show", BOTH_KINDS, "", (kind) => viewer.change({ only: kind || null, study: null }));
  const acts = element("div", { class: "map-page-acts" });
  const inside = element("div", { class: "map-page-list", tabindex: "-1", role: "region", "aria-label": "Studies that pass" });
  const page = element("div", { class: "map-page" }, element("div", { class: "map-page-acts" }, order, only, acts), inside);
  const state = { studies: [], page: null, only: null };

  function update(isNewPicture) {
    const { view } = viewer;
    order.querySelector("select").value = view.order_list;
    only.querySelector("select").value = view.only ?? "";
    if (isNewPicture || view.only !== state.only || !inside.firstChild) {
      Object.assign(state, { studies: listedStudies(map, view), page: null, only: view.only });
      acts.replaceChildren(...takeStudies(map, state.studies));
    }
    draw();
  }

  function draw() {
    state.page = pageWith(state.studies, map.studyPosition.get(viewer.view.study), state.page);
    inside.replaceChildren(...pager(state.studies.length, state.page, turn), studyPage(state.studies, state.page, (study) => studyItem(viewer, study)));
  }

  function turn(by) {
    state.page += by;
    draw();
    inside.focus();
    inside.scrollIntoView({ block: "nearest" });
  }

  return { element: page, update };
}
