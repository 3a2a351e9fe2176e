// Part of the coding desk (see __init__.py): the pane at the right. Findings are a grid that is edited
// in place, with all fields of the chosen one below; then arms, times, and what is still open.

import { arrange, button, keyHint, keyed, make, setAttribute, setText } from "./dom.js";
import { cellEditor, findingDetails } from "./finding_fields.js";
import { openInWords } from "./answered.js";
import { COLUMNS, cellText, nameOf, nextOrder, noticesOf, sorted } from "./findings.js";
import { armsAndTimes } from "./arms.js";
import { labelOf, questionName } from "./scheme.js";
import { standingFindings, strangers } from "./sheet.js";

export function findingsPane(desk) {
  const add = button("+ Finding", () => desk.act.finding(), { class: "small-button" }, keyHint("F"));
  const head = make("tr", {}, ...COLUMNS.map((column) => make("th", { scope: "col", role: "columnheader" },
    button(column.title, () => { desk.order = nextOrder(desk.order, column.name); update(); }, { class: "sort", data: { column: column.name } }))));
  const body = make("tbody");
  const grid = make("table", { role: "grid", class: "grid", "aria-label": "Findings" }, make("thead", {}, head), body);
  const none = make("p", { class: "small", text: "A finding is one outcome of one contrast: what was compared, what was measured, and which way it points." });
  const removed = make("p", { class: "told", hidden: true });
  const details = make("div", { class: "details", data: { details: "" } });
  const notices = make("ul", { class: "notices", "aria-label": "Notices", tabindex: "-1" });
  const noticed = make("div", { class: "box-part", hidden: true }, make("h3", { text: "Notices" }), notices);
  const open = make("ul", { class: "still-open" });
  const openTitle = make("h3", {}, make("span", { text: "Still open" }), make("span", { class: "small", id: "still-open-count" }));
  const gone = make("div", { class: "box-part", hidden: true });
  const lists = armsAndTimes(desk);
  const ownFindings = make("div", { class: "box-part" }, make("h3", {}, make("span", { text: "Findings" }), add), none, grid, removed);
  const element = make("section", { class: "pane", id: "pane-findings", "aria-label": "Findings", tabindex: "-1", data: { pane: "findings" } },
    make("h2", { class: "hidden-title", text: "Findings" }),
    make("div", { class: "scroll", tabindex: "-1" }, noticed,
      ownFindings,
      details,
      make("div", { class: "box-part" }, ...lists.elements),
      make("div", { class: "box-part" }, openTitle, open), gone));
  const rows = new Map();
  let detail = null;
  let cell = { uid: "", column: "outcome" };

  function update() {
    const findings = standingFindings(desk.sheet);
    if (!findings.some((one) => one.uid === desk.chosen)) desk.chosen = findings.at(-1)?.uid ?? null;
    const listed = sorted(desk.scheme, desk.sheet, findings, desk.order);
    if (!findings.some((one) => one.uid === cell.uid)) cell = { uid: desk.chosen ?? "", column: "outcome" };
    add.hidden = desk.isClosed();
    ownFindings.hidden = !desk.asksFindings() && !findings.length;
    grid.hidden = !findings.length;
    none.hidden = findings.length > 0;
    for (const [at, column] of COLUMNS.entries()) {
      const here = desk.order?.column === column.name;
      setAttribute(head.children[at], "aria-sort", here ? (desk.order.down ? "descending" : "ascending") : "none");
    }
    const views = keyed(rows, listed.map((finding) => ({ key: finding.uid })), ({ key }) => rowView(key));
    views.forEach((view) => view.update());
    arrange(body, views.map((view) => view.element));
    showDetails(findings);
    lists.update();
    showNotices(findings);
    showOpen();
    showStrangers();
  }

  function rowView(uid) {
    const cells = COLUMNS.map((column) => make("td", { role: "gridcell", tabindex: "-1", data: { column: column.name },
      on: { dblclick: () => edit(uid, column.name), focus: () => chooseCell(uid, column.name), keydown: (event) => keys(event, uid, column.name), click: (event) => { if (event.target === event.currentTarget) event.currentTarget.focus(); } } }));
    const element = make("tr", { data: { finding: uid } }, ...cells);
    const view = { element, cells, editing: null, update: () => {
      const finding = desk.sheet.findings.get(uid);
      element.setAttribute("aria-selected", String(desk.chosen === uid));
      cells.forEach((one, at) => {
        one.tabIndex = cell.uid === uid && cell.column === COLUMNS[at].name ? 0 : -1;
        if (view.editing?.cell === one) { for (const field of view.editing.fields) field.update(); return; }
        const text = cellText(desk.scheme, desk.sheet, finding, COLUMNS[at].name);
        setText(one, text || "–");
        one.classList.toggle("empty", !text);
      });
      const faults = desk.faultsOf(uid).length;
      element.classList.toggle("faulty", faults > 0);
    } };
    return view;
  }

  function chooseCell(uid, column) {
    const before = desk.chosen;
    cell = { uid, column };
    desk.chosen = uid;
    desk.current = { finding: uid };
    if (before !== uid) { if (detail) desk.commitAll(); update(); desk.updateText(); }
    else for (const view of rows.values()) view.update();
  }

  function edit(uid, column) {
    const view = rows.get(uid);
    const at = COLUMNS.findIndex((one) => one.name === column);
    const target = view.cells[at];
    const fields = cellEditor(desk, uid, column);
    const leave = (to) => {
      if (!view.editing) return;
      for (const field of fields) field.commit();
      view.editing = null;
      target.classList.remove("editing");
      target.replaceChildren();
      update();
      if (to) rows.get(uid)?.cells[at + to - 1]?.focus();
    };
    view.editing = { cell: target, fields };
    target.classList.add("editing");
    target.replaceChildren(...fields.flatMap((field) => field.elements));
    fields[0].input.focus();
    target.onfocusout = (event) => { if (!target.contains(event.relatedTarget)) leave(0); };
    target.onkeydown = (event) => {
      if (!view.editing) return;
      const last = event.target === fields.at(-1).input;
      if (event.key === "Escape" || event.key === "Enter") leave(1);
      else if (event.key === "Tab" && !event.shiftKey && last && at + 1 < COLUMNS.length) { leave(0); edit(uid, COLUMNS[at + 1].name); }
      else return;
      event.preventDefault();
      event.stopPropagation();
    };
  }

  function keys(event, uid, column) {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const list = [...body.children].map((row) => row.dataset.finding);
    const at = COLUMNS.findIndex((one) => one.name === column);
    const row = list.indexOf(uid);
    const go = (toRow, toColumn) => rows.get(list[toRow])?.cells[toColumn]?.focus();
    if (event.key === "ArrowDown") go(row + 1, at);
    else if (event.key === "ArrowUp") go(row - 1, at);
    else if (event.key === "ArrowRight") go(row, at + 1);
    else if (event.key === "ArrowLeft") go(row, at - 1);
    else if (event.key === "Home") go(row, 0);
    else if (event.key === "End") go(row, COLUMNS.length - 1);
    else if (event.key === "Enter") edit(uid, column);
    else if (event.key === "Delete") desk.act.removeFinding(uid);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function showDetails(findings) {
    if (detail?.uid !== desk.chosen) {
      detail = desk.chosen ? findingDetails(desk, desk.chosen) : null;
      details.replaceChildren(...(detail ? [detail.element] : []));
      details.hidden = !detail;
    }
    detail?.update(1 + findings.findIndex((one) => one.uid === desk.chosen));
  }

  // What does not hinder completing stands above everything else, with ways to the findings that have notices.
  function showNotices(findings) {
    const hints = desk.hints();
    const found = noticesOf(findings, desk.data.computed, hints).ofFindings.map(({ uid, count }) => {
      const at = findings.findIndex((one) => one.uid === uid);
      return { uid, name: nameOf(desk.scheme, desk.sheet, findings[at], at + 1), count };
    });
    const sign = JSON.stringify([hints, found]);
    if (notices.dataset.sign === sign) return;
    notices.dataset.sign = sign;
    noticed.hidden = !hints.length && !found.length;
    notices.replaceChildren(...hints.map((hint) => make("li", { text: hint })),
      ...found.map(({ uid, name, count }) => make("li", {}, button(name, () => desk.act.chooseFinding(uid), { class: "link" }), `: ${count === 1 ? "1 notice" : `${count} notices`}`)));
  }

  function showOpen() {
    const { required, open: all } = desk.progress;
    const obstacles = desk.obstacles();
    const sign = JSON.stringify([required, all, obstacles]);
    if (open.dataset.sign === sign) return;
    open.dataset.sign = sign;
    setText(openTitle.lastChild, openInWords(required.length, obstacles, all.length > 0));
    openTitle.lastChild.classList.toggle("required", obstacles.length > 0);
    const optional = all.filter((id) => !required.includes(id));
    const others = obstacles.filter((one) => one.lacks !== "answer");
    open.replaceChildren(
      ...required.map((id) => openItem(id, "required")),
      ...others.map((one) => (one.judged ? make("li", { text: one.why }) : one.finding ? findingItem(one) : openItem(one.question, one.why, one.arm))),
      ...optional.slice(0, 8).map((id) => openItem(id, "")),
      ...(optional.length > 8 ? [make("li", { class: "small", text: `and ${optional.length - 8} more without an answer` })] : []));
  }

  function openItem(id, why, arm) {
    const { text, short } = desk.scheme.questions.get(id);
    return make("li", {}, button(`${short || text}${arm ? ` (${desk.armLabel(arm)})` : ""}`, () => desk.act.question(id, arm), { class: "link" }), why ? make("span", { class: why === "required" ? "required" : "fault", text: " " + why }) : null);
  }

  function findingItem({ finding, field, why }) {
    const at = standingFindings(desk.sheet).findIndex((one) => one.uid === finding);
    return make("li", {}, button(nameOf(desk.scheme, desk.sheet, desk.sheet.findings.get(finding), at + 1), () => desk.act.findingField(finding, field), { class: "link" }), make("span", { class: "fault", text: " " + why }));
  }

  function showStrangers() {
    const rowsGone = strangers(desk.sheet, desk.scheme);
    const sign = JSON.stringify(rowsGone);
    if (gone.dataset.sign === sign) return;
    gone.dataset.sign = sign;
    gone.hidden = !rowsGone.length;
    gone.replaceChildren(make("h3", { text: "No longer in the scheme" }), make("p", { class: "small", text: "These answers are kept, and count for nothing." }),
      make("ul", {}, ...rowsGone.map((row) => make("li", { text: [questionName(desk.scheme, row.question), row.code && labelOf(desk.scheme, row.question, row.code), row.value, row.note].filter(Boolean).join(" · ") }))));
  }

  function tellRemoved(uid, name) {
    removed.hidden = !uid;
    removed.replaceChildren(...(uid ? [make("span", { text: `Removed: ${name}. ` }), button("Undo", () => desk.act.restoreFinding(uid), { class: "link" })] : []));
    if (uid) removed.lastChild.focus();
  }

  return { element, update, tellRemoved, focusRow: (uid) => rows.get(uid)?.cells[0].focus(), focusField: (field) => detail?.focus(field),
    focusNotices: () => { notices.closest(".scroll").scrollTop = 0; notices.focus({ preventScroll: true }); }, showHistory: () => detail?.history.toggle(), forget: () => { detail = null; tellRemoved("", ""); } };
}
