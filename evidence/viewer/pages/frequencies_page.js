// Part of the map's viewer (see __init__.py): the frequencies of a question, or of all one under the
// other.

import { NONE_OF_THESE, YEAR } from "../map_address.js";
import { element, labelledSelect, press, writeAttribute } from "../map_elements.js";
import { allFrequencies, frequenciesOf } from "./frequencies.js";
import { kindWords, passingBase, shareText } from "./shares.js";
import { keyedTable } from "./table_keys.js";
import { NONE_WORDS, WITHOUT_YEAR, frequencyRows, takeTable } from "./taken_tables.js";

const KIND_HEADS = { primary: "Primary studies", reviews: "Reviews" };

function keyOf(question, heading, kind) {
  return `${question}|${heading ?? ""}|${kind}`;
}

export function frequenciesPage(viewer) {
  const { map } = viewer;
  const choices = [["", "All questions"], [YEAR, "Year"], ...[...map.byId.values()].map(({ id, title, of }) => [id, of === "finding" ? `${title} (of findings)` : title])];
  const question = labelledSelect("Question", choices, "", (id) => viewer.change({ question: id || null, line: null, only: null, study: null }));
  const shown = element("div", { class: "map-questions" });
  let questions = [];
  const page = element("div", { class: "map-page" }, element("div", { class: "map-page-acts" }, question, takeTable("frequencies", "Frequencies", () => frequencyRows(questions))), shown);
  let stops = new Map(); // of each table the key of the button that the tab key reaches

  function update(isNewPicture) {
    const { view } = viewer;
    question.querySelector("select").value = view.question ?? "";
    if (!isNewPicture && shown.firstChild) return markOpened();
    const focused = page.getRootNode().activeElement?.dataset?.key;
    const keys = new Map([...stops].map(([id, keyed]) => [id, keyed.stopKey()]));
    questions = view.question === null ? allFrequencies(map, view) : [frequenciesOf(map, view, view.question)];
    stops = new Map();
    shown.replaceChildren(...questions.map((each) => questionPart(each, keys.get(each.id))));
    markOpened();
    if (focused) [...shown.querySelectorAll("button")].find(({ dataset }) => dataset.key === focused)?.focus();
  }

  // The line whose studies are listed beside the tables.
  function markOpened() {
    const { line, only } = viewer.view;
    const opened = line && keyOf(line[0], line[1], only);
    for (const button of shown.querySelectorAll("button")) writeAttribute(button, "aria-current", button.dataset.key === opened ? "true" : null);
  }

  function questionPart(frequencies, key) {
    const { id, title, isOfFindings, all } = frequencies;
    const notes = [
      isOfFindings && "Coded for findings; a study counts once for a heading, however many of its findings have it.",
      id === YEAR ? "Year of the first report." : "A study with two headings stands in both, so shares can add up to more than 100 %.",
      all.reviews > 0 && "Reviews may hold the primary studies beside them; they are not added.",
    ];
    const table = frequencyTable(frequencies);
    stops.set(id, keyedTable(table, key));
    return element("section", { class: "map-question", "aria-label": title },
      element("h3", { text: title, dir: "auto" }), element("p", { class: "map-small", text: notes.filter(Boolean).join(" ") }),
      element("div", { class: "map-page-scroll" }, table));
  }

  function frequencyTable(frequencies) {
    const { id, title, lines, none, all, coded } = frequencies;
    const kinds = all.reviews ? ["primary", "reviews"] : ["primary"];
    const most = Math.max(1, ...lines.flatMap(({ count }) => [count.primary, count.reviews]));
    const base = passingBase(map, all);
    const line = (heading, name, count, { depth = 0, isCoded = false, isAll = false }) => {
      const row = element("tr", { class: isAll ? "total" : null }, element("th", { scope: "row", text: name, dir: "auto" }),
        ...kinds.flatMap((kind) => {
          const words = `${name}: ${kindWords(kind, count[kind])}${isAll ? "" : `, ${shareText(count[kind], all[kind])} of ${all[kind]} ${base}`}`;
          const button = press("", () => viewer.openLine(id, heading, kind), { class: count[kind] ? null : "map-zero", "aria-label": words, data: { key: keyOf(id, heading, kind) } }, element("span", { text: String(count[kind]) }));
          const share = (of) => element("td", { class: "map-share", text: shareText(count[kind], of) });
          return [element("td", { class: "map-share" }, button), isAll ? element("td") : bar(count[kind], most, kind), share(all[kind]), isCoded ? share(coded[kind]) : element("td")];
        }));
      row.style.setProperty("--depth", depth);
      return row;
    };
    return element("table", { class: "map-frequencies", role: "grid", "aria-label": title },
      element("thead", {}, element("tr", {}, element("th", { scope: "col", text: id === YEAR ? "Year" : "Heading" }), ...kinds.flatMap((kind) => heads(kind, `of ${all[kind]} ${base}`, `of ${coded[kind]} ${id === YEAR ? "with a year" : "coded here"}`)))),
      element("tbody", {}, ...lines.map((each) => line(each.id, each.label, each.count, { depth: each.depth, isCoded: true })),
        line(NONE_OF_THESE, id === YEAR ? WITHOUT_YEAR : NONE_WORDS, none, {})),
      element("tfoot", {}, line(null, `All ${base}`, all, { isAll: true })));
  }

  function heads(kind, ofAll, ofCoded) {
    return [element("th", { scope: "col", colspan: 2, text: KIND_HEADS[kind] }), ...[ofAll, ofCoded].map((text) => element("th", { scope: "col", class: "map-share", text }))];
  }

  function bar(count, most, kind) {
    const inside = element("span", { class: `map-length ${kind}` });
    inside.style.setProperty("--length", count / most);
    return element("td", { class: "map-lengths", "aria-hidden": "true" }, inside);
  }

  return { element: page, update };
}
