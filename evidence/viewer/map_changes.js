// Part of the map's viewer (see __init__.py): what changed since a version, which the document tells
// where somebody asked: how much above the map, as a filter, and a list of all of it.

import { offerDownload } from "./downloads.js";
import { element, press, writeAttribute } from "./map_elements.js";
import { counted } from "./map_words.js";
import { referenceText, studyCard } from "./study_card.js";
import { csvText } from "./taken_lists.js";

const FIRST_SHOWN = 50; // of each list; more on demand
const KINDS_OF_CHANGE = ["added", "recoded"];

/** Everything that changed as a table, its head first: a line for each change. */
export function changeRows({ studies, since }) {
  const of = (position) => [studies.label[position], studies.year[position]];
  const lines = (position, what, was, is) => ["recoded", ...of(position), what, was, is];
  return [
    ["Change", "Study", "Year", "What", `In version ${since.number}`, "Now"],
    ...since.added.map((position) => ["added", ...of(position), "", "", ""]),
    ...since.recoded.flatMap((position, at) => since.changes[at].map((line) => lines(position, ...line))),
    ...since.removed.map(({ label, year }) => ["removed", label, year, "", "", ""]),
    ...since.corrected.flatMap((position, at) => since.corrections[at].map((line) => ["corrected", ...of(position), ...line])),
    ...since.scheme.map(([what, was, is]) => ["scheme", "", null, what, was, is]),
  ];
}

/** Which version this is, and how much changed since another, with buttons that keep what was added or
 *  recoded; hidden where neither is told. */
export function changesLine(viewer) {
  const { since, frozen } = viewer.map.document;
  const line = element("div", { class: "map-changes-line", hidden: !since && !frozen, role: "group", "aria-label": "Version" });
  if (frozen) line.append(element("strong", { text: `Version ${frozen.number}, frozen on ${frozen.date}${since ? "." : ""}` }), ...(frozen.note ? [element("span", { text: frozen.note, dir: "auto" })] : []));
  if (!since) return { element: line, update: () => {} };
  const buttons = KINDS_OF_CHANGE.map((kind) => press(`${since[kind].length} ${kind}`, () => toggleKind(kind), { data: { kind }, disabled: !since[kind].length }));
  const list = press("What changed", () => viewer.togglePanel("changes"), { "aria-expanded": "false", class: "map-open-changes" });
  line.append(element("span", { text: `Since version ${since.number} (${since.date}):` }), ...buttons, element("span", { text: `${since.removed.length} removed` }), list);

  function toggleKind(kind) {
    const now = viewer.view.since?.which ?? [];
    const which = KINDS_OF_CHANGE.filter((each) => (each === kind ? !now.includes(kind) : now.includes(each)));
    viewer.change({ since: which.length ? { version: since.number, which } : null });
  }

  function update() {
    for (const button of buttons) writeAttribute(button, "aria-pressed", String(viewer.view.since?.which.includes(button.dataset.kind) ?? false));
    writeAttribute(list, "aria-expanded", String(viewer.panel === "changes"));
  }

  return { element: line, update };
}

/** The list of all that changed. */
export function mapChangesPanel(viewer) {
  const { map } = viewer;
  const panel = element("div", { class: "map-changes" });
  let isFilled = false;

  function update() {
    if (isFilled) return;
    isFilled = true;
    const { since } = map.document;
    const note = since.note ? element("p", { class: "map-small", text: since.note, dir: "auto" }) : null;
    const parts = [
      section("Added", since.added.map((position) => () => openStudy(map, position, []))),
      section("Recoded", since.recoded.map((position, at) => () => openStudy(map, position, since.changes[at]))),
      section("Removed", since.removed.map((study) => () => removedStudy(study))),
      section("Label or reports corrected", since.corrected.map((position, at) => () => openStudy(map, position, since.corrections[at]))),
      section("Questions and codes", since.scheme.map((line) => () => changeItem(line))),
    ].filter(Boolean);
    panel.append(
      element("p", { text: `Version ${since.number} of ${since.date} had ${counted(since.studies, "study", "studies")}; now there are ${map.size}.` }),
      ...(note ? [note] : []),
      ...(parts.length ? [press("CSV", () => offerDownload("map-changes.csv", "text/csv", csvText(changeRows(map.document))), { "aria-label": "Take the list away as CSV" }), ...parts]
        : [element("p", { text: "Nothing changed." })]));
  }

  return { element: panel, update };
}

/** A heading with a list, whose items are made when they are shown; nothing where the list is empty. */
function section(title, items) {
  if (!items.length) return null;
  const list = element("ul", { "aria-label": title });
  const more = press("", showMore, { class: "map-quiet" });
  showMore();
  return element("section", {}, element("h4", { text: `${title} (${items.length})` }), list, more);

  function showMore() {
    const shown = list.children.length;
    list.append(...items.slice(shown, shown + FIRST_SHOWN).map((make) => element("li", {}, make())));
    const left = items.length - list.children.length;
    more.hidden = !left;
    more.textContent = `${left} more`;
    if (shown) list.children[shown].querySelector("summary")?.focus();
  }
}

/** A study with what was and is now; all that the map knows of it appears when it is opened. */
function openStudy(map, position, lines) {
  const [report = {}] = map.studies.reports[position] ?? [];
  const name = map.studies.label[position] || report.title || `Study ${map.studies.id[position]}`;
  const details = element("details", { on: { toggle: () => details.open && details.children.length < 2 && details.append(studyCard(map, position)) } },
    element("summary", { text: name, dir: "auto" }));
  return element("div", {}, details, lines.length ? element("ul", { class: "map-change-lines" }, ...lines.map((line) => element("li", {}, changeItem(line)))) : null);
}

function removedStudy({ label, reports = [] }) {
  return element("div", {}, element("span", { class: "map-study-label", text: label, dir: "auto" }),
    ...reports.map((report) => element("p", { class: "map-small", text: referenceText(report), dir: "auto" })));
}

/** "Country: Chile, now Peru", each in its own direction and with a word for who hears it. */
function changeItem([what, was, is]) {
  const part = (word, text) => [element("span", { class: "map-small", text: ` ${word} ` }), element("span", { text, dir: "auto" })];
  if (!was) return element("p", {}, element("bdi", { text: what }), ...part("new:", is));
  if (!is) return element("p", {}, element("bdi", { text: what }), ...part("gone:", was));
  return element("p", {}, element("bdi", { text: what }), ...part("was", was), ...part("and is now", is));
}
