// Part of the coding desk (see __init__.py): a tree of options with ticks. Only open branches have
// rows; of these only those that changed are drawn again.

import { arrange, button, keyHint, keyed, make, setAttribute, setText } from "./dom.js";
import { countedCodes, earlierNames, tickEdits } from "./answered.js";
import { MANY, above } from "./scheme.js";
import { allBelow, chosenBelow, openAtFirst, treeRows } from "./tree_rows.js";

const DIGITS = 9;

/** @param place {question, arm}: where the ticks are stored */
export function treeView(desk, question, arm) {
  const many = MANY.has(question.kind);
  const isFlat = question.options.every((option) => !option.options.length);
  const tree = make("div", { class: isFlat ? "tree flat" : "tree", role: "tree", "aria-multiselectable": String(many), "aria-label": question.text });
  const more = make("p", { class: "small", hidden: true });
  const known = new Map();
  let rows = [];
  let opened = null;
  let focusId = "";
  let search = "";
  let focused = ""; // the row that has it on the screen
  let numbered = [];
  const blank = make("div", { role: "treeitem", class: "row", tabindex: "-1" }, make("span", { class: "twist", "aria-hidden": "true" }),
    make("span", { class: many ? "box" : "box round", "aria-hidden": "true" }), make("span", { class: "name" }), make("span", { class: "digit" }), make("span", { class: "small" }));
  const view = { element: make("div", {}, tree, more), rows: () => rows, hits: 0, update, tick, tickBelow, focusRow, digits, setSearch, toggle, forget };

  function chosen() {
    return new Set(countedCodes(desk.scheme, desk.sheet, question.id, arm));
  }

  function update() {
    const ticked = chosen();
    opened ??= openAtFirst(desk.scheme, question, ticked);
    const found = treeRows(desk.scheme, question, opened, search);
    rows = found.rows;
    view.hits = found.hits;
    if (!rows.some((row) => row.id === focusId)) focusId = rows[0]?.id ?? "";
    setAttribute(tree, "aria-disabled", desk.isClosed() ? "true" : null);
    const counts = chosenBelow(desk.scheme, question, ticked);
    const names = earlierNames(desk.scheme, desk.sheet, question.id, arm);
    const target = desk.search?.target?.view === view ? desk.search.target.id : "";
    const views = keyed(known, rows.map((row) => ({ key: row.id, row })), ({ row }) => rowView(row.option));
    views.forEach((one, at) => one.show(rows[at], ticked.has(rows[at].id), counts.get(rows[at].id) ?? 0, names.get(rows[at].id) ?? "", rows[at].id === target));
    if (tree.firstChild) arrange(tree, views.map((one) => one.element));
    else tree.append(...views.map((one) => one.element));
    more.hidden = !found.left;
    setText(more, found.left ? `${found.left} more have these words; type more of them.` : "");
    showFocus();
  }

  // A row is a copy of a blank one, and has no listeners of its own: of thousands that is felt.
  function rowView(option) {
    const element = blank.cloneNode(true);
    const [twist, box, name, digit, count] = element.children;
    element.dataset.code = option.id;
    name.textContent = option.label;
    if (!option.selectable) box.remove();
    if (option.help) element.append(button("?", (event) => { event.stopPropagation(); desk.act.optionHelp(question, option); }, { class: "mini", tabindex: "-1", "aria-label": `Help: ${option.label}`, title: option.help }));
    let shown = "";
    let number = 0;
    const show = (row, isChosen, below, was, isTarget) => {
      const told = [was, !row.open && below ? `${below} below` : ""].filter(Boolean).join(" · ");
      const sign = `${row.level} ${row.position} ${row.size} ${row.open} ${row.hit} ${isChosen} ${isTarget} ${told}`;
      if (sign === shown) return;
      shown = sign;
      element.style.setProperty("--level", row.level);
      setAttribute(element, "aria-level", row.level);
      setAttribute(element, "aria-posinset", row.position);
      setAttribute(element, "aria-setsize", row.size);
      setAttribute(element, "aria-expanded", row.open === null ? null : String(row.open));
      setAttribute(element, "aria-checked", option.selectable ? String(isChosen) : null);
      element.classList.toggle("hit", row.hit);
      element.classList.toggle("target", isTarget);
      setText(twist, row.open === null ? "" : row.open ? "▾" : "▸");
      setText(count, told);
    };
    const showNumber = (now) => {
      if (number === now) return;
      number = now;
      digit.replaceChildren(...(now ? [keyHint(String(now))] : []));
    };
    return { element, show, showNumber };
  }

  // In which row one is, and which rows the numbers mean; only what changed is drawn.
  function showFocus() {
    if (focused !== focusId) known.get(focused)?.element.setAttribute("tabindex", "-1");
    focused = focusId;
    setAttribute(known.get(focusId)?.element ?? tree, "tabindex", known.has(focusId) ? "0" : null);
    const now = digits();
    for (const id of numbered) if (!now.includes(id)) known.get(id)?.showNumber(0);
    now.forEach((id, at) => known.get(id).showNumber(at + 1));
    numbered = now;
  }

  function wire() {
    const rowOf = (event) => event.target.closest(".row");
    tree.addEventListener("click", (event) => {
      const row = rowOf(event);
      if (!row) return;
      const id = row.dataset.code;
      focusId = id;
      if (event.target.closest(".twist")) return toggle(id);
      row.focus();
      showFocus();
      if (desk.scheme.places.get(question.id).get(id)?.option.selectable) tick(id);
      else toggle(id);
    });
    tree.addEventListener("keydown", (event) => { const row = rowOf(event); if (row) keys(event, row.dataset.code); });
    tree.addEventListener("focusin", (event) => {
      if (event.target !== rowOf(event) || focusId === event.target.dataset.code) return;
      focusId = event.target.dataset.code;
      showFocus();
    });
  }

  // Which options 1 to 9 mean: what a search names; else what lies below the open branch in which
  // one is, as far as it is shown.
  function digits() {
    if (search) return rows.filter((row) => row.hit && row.option.selectable).slice(0, DIGITS).map((row) => row.id);
    const at = rows.findIndex((row) => row.id === focusId);
    if (at < 0) return [];
    let from = 0;
    let level = 0;
    if (rows[at].open) [from, level] = [at + 1, rows[at].level];
    else {
      let parent = at - 1;
      while (parent >= 0 && rows[parent].level >= rows[at].level) parent--;
      while (parent >= 0 && rows[parent].level > 1) { const inner = rows[parent].level; parent--; while (parent >= 0 && rows[parent].level >= inner) parent--; }
      if (parent >= 0) [from, level] = [parent + 1, rows[parent].level];
    }
    const found = [];
    for (let n = from; n < rows.length && rows[n].level > level && found.length < DIGITS; n++) if (rows[n].option.selectable) found.push(rows[n].id);
    return found;
  }

  function toggle(id) {
    const row = rows.find((one) => one.id === id);
    if (row?.open === null || !row) return;
    if (row.open) opened.delete(id);
    else opened.add(id);
    update();
  }

  function tick(id) {
    if (!desk.scheme.places.get(question.id).get(id)?.option.selectable) return;
    const on = chosen().has(id);
    if (many) desk.writeAll(tickEdits(desk.scheme, desk.sheet, question.id, arm, id, !on));
    else desk.write({ kind: "answer", question: question.id, code: "", arm, field: "choice", after: on ? "" : id });
  }

  function tickBelow(id) {
    if (!many) return;
    const { ids, chosen: after } = allBelow(desk.scheme, question, id, chosen());
    desk.writeAll(ids.flatMap((code) => tickEdits(desk.scheme, desk.sheet, question.id, arm, code, after)));
    desk.say(ids.length ? `${ids.length} below ${after ? "ticked" : "unticked"}.` : "Nothing below can be ticked.");
  }

  function focusRow(id) {
    focusId = id;
    for (const parent of above(desk.scheme, question.id, id)) opened?.add(parent); // else it has no row
    if (rows.some((row) => row.id === id)) showFocus();
    else update();
    known.get(id)?.element.focus();
  }

  function keys(event, id) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = rows.findIndex((row) => row.id === id);
    const row = rows[at];
    const go = (to) => { if (rows[to]) focusRow(rows[to].id); };
    if (event.key === "ArrowDown") go(at + 1);
    else if (event.key === "ArrowUp") go(at - 1);
    else if (event.key === "Home") go(0);
    else if (event.key === "End") go(rows.length - 1);
    else if (event.key === "ArrowRight") { if (row.open === false) toggle(id); else if (row.open) go(at + 1); }
    else if (event.key === "ArrowLeft") { if (row.open) toggle(id); else go(rows.findLastIndex((one, n) => n < at && one.level < row.level)); }
    else if (event.key === " " && event.shiftKey) tickBelow(id);
    else if (event.key === " ") tick(id);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function setSearch(text) {
    if (text === search) return;
    search = text;
    update();
  }

  // Another study: branches stand open where its ticks are.
  function forget() {
    opened = null;
  }

  wire();
  return view;
}
