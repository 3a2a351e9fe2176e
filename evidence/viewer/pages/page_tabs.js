// Part of the map's viewer (see __init__.py): the tabs above the map, one for each page. Arrows lead
// from one to the next, which shows at once.

import { element, idFor, press, writeAttribute } from "../map_elements.js";

const PAGE_NAMES = { map: "Map", list: "List", frequencies: "Frequencies", crosstab: "Crosstab", practice: "Services" };

/** @param {any} viewer
 *  @param {HTMLElement} body  what the tabs are of */
export function pageTabs(viewer, body) {
  body.id = idFor("body");
  writeAttribute(body, "role", "tabpanel");
  const names = Object.entries(PAGE_NAMES).filter(([page]) => page !== "practice" || viewer.map.practice);
  const tabs = names.map(([page, text]) => press(text, () => show(page), { role: "tab", id: idFor("tab"), "aria-controls": body.id, data: { page } }));
  const list = element("div", { class: "map-tabs", role: "tablist", "aria-label": "Show as", on: { keydown: onKey } }, ...tabs);

  function show(page) {
    if (page === viewer.view.page) return;
    viewer.unplacedOpen = false;
    viewer.change({ page, at: null, line: null, only: null, study: null, practice: { ...viewer.view.practice, at: null, service: null } });
  }

  function onKey(event) {
    const at = tabs.indexOf(event.target);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key];
    if (to === undefined || at < 0) return;
    event.preventDefault();
    const tab = tabs.at(to % tabs.length);
    tab.focus();
    show(tab.dataset.page);
  }

  function update() {
    for (const tab of tabs) {
      const isShown = tab.dataset.page === viewer.view.page;
      writeAttribute(tab, "aria-selected", String(isShown));
      writeAttribute(tab, "tabindex", isShown ? "0" : "-1");
      if (isShown) writeAttribute(body, "aria-labelledby", tab.id);
    }
  }

  return { element: list, update, focus: () => tabs.find(({ tabIndex }) => tabIndex === 0)?.focus() };
}
