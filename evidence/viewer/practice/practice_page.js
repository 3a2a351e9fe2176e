// Part of the map's viewer (see __init__.py): services beside studies, as one table. Services stay apart
// from studies everywhere: each has its own mark, word and base.

import { element, labelledSelect, press, writeAttribute } from "../map_elements.js";
import { passingOf } from "../map_filters.js";
import { hasBelow, headingLabel, headingPath } from "../map_texts.js";
import { counted } from "../map_words.js";
import { countedApart } from "../pages/shares.js";
import { keyedTable } from "../pages/table_keys.js";
import { takeTable } from "../pages/taken_tables.js";
import { ALL_SERVICES, practiceTable } from "./practice_counts.js";
import { practiceAxes } from "./practice_columns.js";
import { practiceRows } from "./practice_taken.js";
import { SHOWN } from "./practice_view.js";
import { REVIEW_SIGN, SERVICE_SIGN, SITUATIONS, STUDY_SIGN, joinedWords, overlapWords, practiceCellWords, practicePlaceName, servicesWords, situationMark } from "./practice_words.js";

const SHOWN_WORDS = { studies: "Studies", services: "Services", both: "Both" };

export function practicePage(viewer) {
  const { map } = viewer;
  const { practice } = map;
  const switches = SHOWN.map((show) => press(SHOWN_WORDS[show], () => viewer.changePractice({ show, at: null, service: null }), { data: { show } }));
  const fields = element("div", { class: "map-page-acts" });
  const chips = element("ul", { class: "map-chips", "aria-label": "Filters of services" });
  const told = element("div", { class: "map-practice-told" });
  const scroll = element("div", { class: "map-cross-scroll" });
  const legend = element("div", { class: "map-practice-legend" });
  const take = takeTable("services-and-studies", "Services and studies", () => practiceRows(map, viewer.practice, passingOf(map, viewer.view)));
  const page = element("div", { class: "map-page map-practice" },
    element("div", { class: "map-page-acts" }, element("div", { class: "map-segments", role: "group", "aria-label": "Count" }, ...switches), take), fields, chips, told, scroll, legend);
  let keyed = null;

  function update(isNewPicture) {
    const { view } = viewer;
    for (const button of switches) writeAttribute(button, "aria-pressed", String(button.dataset.show === view.practice.show));
    if (!isNewPicture && scroll.firstChild) return markOpen();
    const hadFocus = scroll.contains(page.getRootNode().activeElement);
    const key = keyed?.stopKey() ?? "";
    viewer.practice = withoutBare(practiceTable(map, view));
    drawFields();
    chips.replaceChildren(...filterItems());
    told.replaceChildren(...sentences().map((text) => element("p", { text, dir: "auto" })));
    const table = practiceGrid();
    scroll.replaceChildren(table);
    keyed = keyedTable(table, key);
    legend.replaceChildren(...legendParts());
    markOpen();
    if (hadFocus) table.querySelector("[tabindex='0']")?.focus();
  }

  // Headings of studies that nothing is joined with and under which no study stands say nothing here.
  function withoutBare(table) {
    const rows = table.rows.filter((row) => !table.isBareRow(row));
    const columns = table.columns.filter((column) => !table.isBareColumn(column));
    const { closed_rows: closedRows, closed_columns: closedColumns } = viewer.view.practice;
    return { ...table, rows: rows.filter((row) => !isBelow(table.axes.rows, row, closedRows)), columns: columns.filter((column) => !isBelow(table.axes.columns, column, closedColumns)),
      bare: table.rows.length - rows.length + table.columns.length - columns.length };
  }

  // Whether a heading stands below one that is closed; it is counted there all the same.
  function isBelow({ dimension }, [side, heading], closed) {
    if (side !== "service" || heading === null || !closed.length) return false;
    for (let at = dimension.parents[dimension.position.get(heading)]; at >= 0; at = dimension.parents[at]) if (closed.includes(dimension.ids[at])) return true;
    return false;
  }

  function turnBranch(axis, heading) {
    const key = `closed_${axis}`;
    const closed = viewer.view.practice[key];
    const isClosed = closed.includes(heading);
    viewer.changePractice({ [key]: isClosed ? closed.filter((each) => each !== heading) : [...closed, heading] });
    const { dimension } = viewer.practice.axes[axis];
    viewer.say(`${headingLabel(dimension, dimension.position.get(heading))}: ${isClosed ? "open" : "closed"}.`);
  }

  // ▸ or ▾ before a heading of services that has others below it.
  function branch(axis, [side, heading]) {
    const { dimension } = viewer.practice.axes[axis];
    const position = side === "service" && heading !== null ? dimension.position.get(heading) : null;
    if (position === null || !hasBelow(dimension, position)) return null;
    const isOpen = !viewer.view.practice[`closed_${axis}`].includes(heading);
    return press(isOpen ? "▾" : "▸", null, { class: "map-branch", "aria-expanded": String(isOpen), "aria-label": `Below ${headingPath(dimension, position)}`, data: { axis, heading, key: JSON.stringify([axis, heading]) } });
  }

  function markOpen() {
    const open = viewer.view.practice.at && JSON.stringify(viewer.view.practice.at);
    for (const button of scroll.querySelectorAll(".map-cross")) writeAttribute(button, "aria-current", button.dataset.key === open ? "true" : null);
  }

  // ── what is chosen ────────────────────────────────────────────────────────────────────────────────

  function drawFields() {
    const focused = fields.contains(page.getRootNode().activeElement) ? page.getRootNode().activeElement.dataset.field : "";
    const { axes } = viewer.practice;
    const chosen = viewer.view.practice;
    const joinedTitle = (dimension) => {
      const join = practice.joins.get(dimension.id);
      return join ? `${dimension.title} (and studies: ${map.byId.get(join.of_studies).title})` : dimension.title;
    };
    const all = practice.dimensions.map((dimension) => [dimension.id, joinedTitle(dimension)]);
    const studies = [["", "not divided"], ...map.dimensions.filter(({ ids }) => ids.length).map(({ id, title }) => [id, title])];
    const canDivide = axes.rows.ofStudies && !axes.isOverlaid && chosen.show !== "services";
    const narrowed = practice.dimensions.filter(({ ids }) => ids.length);
    fields.replaceChildren(
      fieldOf("rows", labelledSelect("Rows", all, axes.rows.dimension.id, (rows) => viewer.changePractice({ rows, columns: chosenOther(rows, "columns"), closed_rows: [], closed_columns: [], at: null, service: null }))),
      fieldOf("columns", labelledSelect("Columns", all.filter(([id]) => id !== axes.rows.dimension.id), axes.columns.dimension.id, (columns) => viewer.changePractice({ columns, closed_columns: [], at: null, service: null }))),
      ...(canDivide ? [fieldOf("studies", labelledSelect("Studies by", studies, chosen.study_columns ?? "", (id) => viewer.changePractice({ study_columns: id || null, at: null, service: null })))] : []),
      ...(chosen.show === "studies" ? [] : [fieldOf("only", onlyServices(narrowed))]));
    if (focused) fields.querySelector(`[data-field="${focused}"]`)?.focus();
  }

  function fieldOf(name, label) {
    label.querySelector("select").dataset.field = name;
    return label;
  }

  // Rows and columns never ask for the same.
  function chosenOther(rows, other) {
    const now = practiceAxes(practice, viewer.view.practice);
    return now[other] === rows ? now.rows : viewer.view.practice[other];
  }

  function onlyServices(narrowed) {
    const select = element("select", { on: { change: () => addFilter(JSON.parse(select.value)) } },
      element("option", { value: "null", text: "…", selected: true }),
      ...narrowed.map((dimension) => element("optgroup", { label: dimension.title }, ...dimension.ids.map((id, at) => element("option", { value: JSON.stringify([dimension.id, id]), text: headingPath(dimension, at) })))));
    return element("label", { class: "map-field" }, element("span", { text: "Only services with" }), select);
  }

  // A second answer to one question widens what passes, as on the map.
  function addFilter(added) {
    if (!added) return;
    const [dimension, code] = added;
    const { filters } = viewer.view.practice;
    const there = filters.find((each) => each.dimension === dimension);
    const codes = [...new Set([...(there?.codes ?? []), code])];
    viewer.changePractice({ filters: [...filters.filter((each) => each !== there), { dimension, codes }], at: null, service: null });
    viewer.say(`${counted(viewer.practice.passing, "service")} of ${practice.size} pass.`);
  }

  function filterItems() {
    const { filters } = viewer.view.practice;
    return filters.map((filter) => {
      const dimension = practice.byId.get(filter.dimension);
      const text = `${dimension.title}: ${filter.codes.map((code) => headingPath(dimension, dimension.position.get(code))).join(" or ")}`;
      return element("li", {}, press("", () => viewer.changePractice({ filters: filters.filter((each) => each !== filter), at: null, service: null }),
        { "aria-label": `Take off: ${text}` }, element("span", { text, dir: "auto" }), element("span", { text: "×", "aria-hidden": "true" })));
    });
  }

  // ── what is said ──────────────────────────────────────────────────────────────────────────────────

  function sentences() {
    const { axes, passing, apart, bare } = viewer.practice;
    const { show } = viewer.view.practice;
    const counts = viewer.counts;
    return [
      [show !== "studies" && `${SERVICE_SIGN} ${passing} of ${counted(practice.size, "service")}`, show !== "services" && axes.rows.ofStudies && `${STUDY_SIGN} ${counts.passing} of ${counted(counts.of, "study", "studies")}`].filter(Boolean).join(" and ") + (show === "both" && axes.rows.ofStudies ? " pass. They are never added." : " pass."),
      show !== "studies" && practice.caption,
      show !== "services" && !axes.rows.ofStudies && "Studies are not counted here: no question about studies is joined with these rows. Editors join questions in the settings of the map.",
      show !== "services" && axes.rows.ofStudies && axes.isOverlaid && `Rows and columns are asked of both: services by ${axes.rows.dimension.title} and ${axes.columns.dimension.title}, studies by ${axes.rows.ofStudies.title} and ${axes.columns.ofStudies.title}.`,
      show !== "services" && axes.rows.ofStudies && !axes.isOverlaid && `Rows are asked of both: services by ${axes.rows.dimension.title}, studies by ${axes.rows.ofStudies.title}. Studies are not divided by ${axes.columns.dimension.title}.`,
      show !== "services" && apart.length > 0 && `${counted(apart.length, "study is", "studies are")} coded on ${axes.rows.ofStudies.title} with a wider heading only, and in no row.`,
      bare > 0 && `${counted(bare, "heading of studies that is joined with nothing and has no study is", "headings of studies that are joined with nothing and have no study are")} left out.`,
    ].filter(Boolean);
  }

  function legendParts() {
    const { rows, columns, at } = viewer.practice;
    const cells = rows.flatMap((row) => columns.map((column) => at(row, column)));
    const there = new Set(cells.map(({ situation }) => situation));
    const hasReviews = cells.some(({ studies }) => studies && countedApart(map, studies).reviews);
    const signs = [cells.some(({ studies }) => studies) && `${STUDY_SIGN} primary studies`, hasReviews && `${REVIEW_SIGN} reviews, which may hold the same studies`, cells.some(({ services }) => services) && `${SERVICE_SIGN} services`].filter(Boolean);
    const situations = SITUATIONS.filter(([words]) => there.has(words));
    const until = map.document.searched_to;
    return [
      element("p", { text: `${signs.join(" · ")}.` }),
      situations.length ? element("dl", {}, ...situations.flatMap(([words, mark, meaning]) => [element("dt", { data: { situation: mark }, text: words }), element("dd", { text: meaning })])) : null,
      situations.length ? element("p", { text: `These words are of all studies and services, whatever the filters${until ? `, and for searches to ${until}` : ""}.` }) : null,
      cells.some(({ overlap }) => overlap) ? element("p", { text: "Several services of one kind in one area may be overlap, or share the area: that is for people to judge." }) : null,
      cells.some(({ provision }) => provision) && practice.rule ? element("p", { text: practice.rule, dir: "auto" }) : null,
    ].filter(Boolean);
  }

  // ── the table ─────────────────────────────────────────────────────────────────────────────────────

  function practiceGrid() {
    const { axes, rows, columns } = viewer.practice;
    const titles = `${axes.rows.dimension.title} by ${axes.columns.dimension.title}`;
    const table = element("table", { role: "grid", class: "map-crosstab map-practice-table", "aria-label": titles },
      practiceHead(columns), element("tbody", {}, ...rows.slice(0, -1).map((row) => practiceLine(row, columns))), element("tfoot", {}, practiceLine(ALL_SERVICES, columns)));
    table.style.setProperty("--columns", columns.length);
    table.addEventListener("click", (event) => {
      const fold = event.target.closest(".map-branch");
      if (fold) turnBranch(fold.dataset.axis, fold.dataset.heading);
      const button = event.target.closest(".map-cross");
      if (button) viewer.openPractice(JSON.parse(button.dataset.key));
    });
    return table;
  }

  function practiceHead(columns) {
    const { axes } = viewer.practice;
    const ofStudies = columns.filter(([side, heading]) => side === "study" && (heading === null || !axes.isOverlaid)).length;
    const others = columns.length - ofStudies;
    const group = (number, text) => (number ? element("th", { scope: "colgroup", colspan: number, class: "map-column-head group", text }) : null);
    const studiesTitle = ofStudies > 1 && axes.studyColumns ? `Studies by ${axes.studyColumns.title}` : "Studies";
    const othersTitle = { both: axes.isOverlaid ? `Both by ${axes.columns.dimension.title}` : `Services by ${axes.columns.dimension.title}`, services: `Services by ${axes.columns.dimension.title}`, studies: `Studies by ${axes.columns.ofStudies?.title}` }[viewer.view.practice.show];
    return element("thead", {},
      element("tr", {}, element("td", { class: "map-corner", rowspan: 2 }, element("span", { text: `${axes.rows.dimension.title} ↓`, dir: "auto" })), group(ofStudies, studiesTitle), group(others, othersTitle)),
      element("tr", {}, ...columns.map((place) => element("th", { scope: "col", class: `map-column-head${place[1] === null ? " total" : ""}`, dir: "auto" },
        branch("columns", place), practicePlaceName(axes.columns, place, axes.isOverlaid ? null : axes.studyColumns), axes.isOverlaid && place[1] !== null ? joinedNote(axes.columns, place) : null))));
  }

  function practiceLine(row, columns) {
    const { axes } = viewer.practice;
    const isTotal = row[1] === null;
    const dimension = row[0] === "service" ? axes.rows.dimension : axes.rows.ofStudies;
    const depth = isTotal || row[0] === "study" ? 0 : dimension.depths[dimension.position.get(row[1])];
    const head = element("th", { scope: "row", class: `map-row-head${isTotal ? " total" : ""}`, dir: "auto", style: null }, branch("rows", row), isTotal ? "All rows" : practicePlaceName(axes.rows, row), isTotal || !axes.rows.ofStudies || viewer.view.practice.show === "services" ? null : joinedNote(axes.rows, row));
    head.style.setProperty("--depth", depth);
    return element("tr", { class: isTotal ? "total" : null }, head, ...columns.map((column) => practiceTableCell(row, column)));
  }

  function joinedNote(axis, place) {
    const words = joinedWords(axis, place);
    return words ? element("span", { class: "map-small", text: words, dir: "auto" }) : null;
  }

  function practiceTableCell(row, column) {
    const { axes, at } = viewer.practice;
    const cell = at(row, column);
    const isTotal = column[1] === null ? "total" : null;
    if (!cell.studies && !cell.services) return element("td", { class: isTotal }, element("span", isTotal ? { class: "map-practice-words", text: cell.situation ?? "" } : { class: "map-unseen", text: "not counted" }));
    const names = [row[1] === null ? "All rows" : practicePlaceName(axes.rows, row), practicePlaceName(axes.columns, column, axes.isOverlaid ? null : axes.studyColumns)];
    const button = press("", null, { class: "map-cross", "aria-label": `${names.join(", ")}: ${practiceCellWords(map, cell)}`, data: { key: JSON.stringify([row, column]), situation: situationMark(cell.situation) ?? "" } }, ...cellLines(cell));
    return element("td", { class: isTotal }, button);
  }

  function cellLines(cell) {
    const line = (name, sign, text, isZero) => element("span", { class: `map-practice-line ${name}${isZero ? " map-zero" : ""}` }, isZero ? null : element("span", { class: "map-practice-sign", text: sign, "aria-hidden": "true" }), element("span", { text }));
    const lines = [];
    if (cell.studies) {
      const { primary, reviews } = countedApart(map, cell.studies);
      lines.push(line("of-studies", STUDY_SIGN, primary ? counted(primary, "study", "studies") : "no study", !primary));
      if (reviews) lines.push(line("of-studies", REVIEW_SIGN, counted(reviews, "review"), false));
    }
    if (cell.services) lines.push(line("of-services", SERVICE_SIGN, servicesWords(cell.services.length), !cell.services.length));
    if (cell.situation) lines.push(element("span", { class: "map-practice-words situation", text: cell.situation }));
    if (cell.overlap) lines.push(element("span", { class: "map-practice-words strong", text: overlapWords(cell.overlap) }));
    const isToldAlready = !cell.services?.length && (cell.provision?.verdict !== "nobody answered" || cell.situation); // that there is none
    const verdict = isToldAlready ? [] : [cell.provision?.verdict];
    if (cell.provision) for (const text of [...verdict, ...cell.provision.ratings.map(([words]) => words)]) lines.push(element("span", { class: "map-practice-words", text, dir: "auto" }));
    return lines;
  }

  return { element: page, update };
}
