// Part of the map's viewer (see __init__.py): the numbered searches with what each finds.

import { offerDownload } from "./downloads.js";
import { element, press, writeAttribute } from "./map_elements.js";
import { faultWords } from "./map_search_parser.js";
import { mapSearches, understoodAs } from "./map_searches.js";
import { csvText } from "./taken_lists.js";
import { inOneLine, safeCell } from "./taken_texts.js";

/** @param {{edit: (number: number) => void, remove: (number: number) => void,
 *    combine: (numbers: number[], operator: "and" | "or") => void, refuse: (words: string) => void}} acts */
export function mapSearchTable(viewer, acts) {
  const { map } = viewer;
  const body = element("tbody");
  const ticked = new Set();
  const table = element("table", { class: "map-searches" }, element("caption", { class: "map-unseen", text: "Searches" }),
    element("thead", {}, element("tr", {}, ...["#", "Search", "Studies"].map((text) => element("th", { scope: "col", text })))), body);
  const combining = element("div", { class: "map-pair", role: "group", "aria-label": "Combine the ticked searches" }, element("span", { text: "Combine the ticked:" }),
    ...["and", "or"].map((operator) => press(operator, () => combine(operator))));
  const taking = element("div", { class: "map-pair" }, press("Copy searches", copySearches),
    press("Searches as CSV", () => offerDownload("map-searches.csv", "text/csv", csvText(searchRows(map, viewer.view.searches)))));
  const whole = element("div", {}, table, combining, taking);
  let drawn = "";

  function combine(operator) {
    const numbers = [...ticked].sort((one, other) => one - other);
    acts.combine(numbers, operator);
    if (numbers.length < 2) return;
    ticked.clear();
    draw();
  }

  async function copySearches() {
    try {
      await navigator.clipboard.writeText(searchLines(searchRows(map, viewer.view.searches)));
      viewer.say("The searches are copied, with their numbers and studies.");
    } catch {
      acts.refuse("Copying is not allowed here; take the searches as CSV.");
    }
  }

  function update() {
    const { searches, search } = viewer.view;
    const now = JSON.stringify([searches, search, viewer.abstracts]);
    if (now === drawn) return;
    if (JSON.parse(drawn || "[[]]")[0].length > searches.length) ticked.clear(); // the numbers are others
    drawn = now;
    draw();
  }

  function draw() {
    const searches = mapSearches(map, viewer.view.searches);
    const focused = keyOf(body.getRootNode().activeElement);
    body.replaceChildren(...searches.map(searchRow));
    whole.hidden = !searches.length;
    combining.hidden = searches.length < 2;
    if (focused) [...body.querySelectorAll("button, input")].find((each) => keyOf(each) === focused)?.focus();
  }

  function keyOf(control) {
    return control && body.contains(control) ? `${control.dataset.act} ${control.dataset.number}` : "";
  }

  function searchRow(search) {
    const { number, text, asks, count } = search;
    const isShown = viewer.view.search === number;
    const isFaulty = asks.kind === "fault";
    const understood = understoodAs(map, search);
    const act = (name, words, onPress) => press(name, onPress, { "aria-label": `${name} search #${number}${words}`, data: { act: name, number } });
    const show = act("Show", " on the map", () => viewer.change({ search: viewer.view.search === number ? null : number }));
    const box = element("input", { type: "checkbox", checked: ticked.has(number), data: { act: "tick", number }, on: { change: () => { if (box.checked) ticked.add(number); else ticked.delete(number); } } });
    writeAttribute(show, "aria-pressed", String(isShown));
    if (isShown) show.prepend(element("span", { text: "✓ ", "aria-hidden": "true" }));
    return element("tr", { "data-shown": isShown },
      element("th", { scope: "row" }, element("label", { class: "map-check" }, isFaulty ? null : box, element("span", { text: `#${number}` }))),
      element("td", {}, element("span", { class: "map-search-text", text, dir: "auto" }),
        understood && element("span", { class: "map-small", text: `read as: ${understood}`, dir: "auto" }),
        isFaulty && element("span", { class: "map-trouble", text: faultWords(asks), dir: "auto" }),
        element("span", { class: "map-pair" }, !isFaulty && show, act("Edit", "", () => acts.edit(number)), act("Remove", "", () => acts.remove(number)))),
      element("td", { class: "map-number", text: isFaulty ? "–" : String(count) }));
  }

  return { element: whole, update };
}

/** The searches as a table for a report's appendix, its head first.
 *  @returns {(string | number)[][]} */
export function searchRows(map, texts) {
  const rows = mapSearches(map, texts).map((search) => {
    const isFaulty = search.asks.kind === "fault";
    return [search.number, search.text, isFaulty ? faultWords(search.asks) : understoodAs(map, search), isFaulty ? "" : search.count];
  });
  return [["Number", "Search", "Read as", `Studies, of ${map.size}`], ...rows];
}

/** A table as lines that a spreadsheet takes: a search may have lines of its own, which it loses here.
 *  @param {(string | number)[][]} rows */
export function searchLines(rows) {
  return rows.map((row) => `${row.map((cell) => (typeof cell === "number" ? cell : safeCell(inOneLine(cell)))).join("\t")}\n`).join("");
}
