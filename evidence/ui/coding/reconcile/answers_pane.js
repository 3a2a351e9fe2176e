// Part of the reconciling page (see __init__.py): all answers in a table, differences first, and the
// findings below.

import { arrange, button, keyHint, keyed, make, setText } from "../desk/dom.js";
import { comparedView } from "./answer_view.js";
import { groupView } from "./group_view.js";
import { agreeing, atKey, isOpen, partsOf, takenAtOnce } from "./reconciled.js";

const PARTS = ["first", "agreeing", "unasked"];

export function answersPane(desk) {
  const head = make("tr", {});
  const bodies = { first: make("tbody"), agreeing: make("tbody"), unasked: make("tbody") };
  const folds = { agreeing: foldOf(() => toggle("agreeing")), unasked: foldOf(() => toggle("unasked")) };
  const takeAll = button("", () => desk.act.take_agreeing(), { class: "small-button primary" });
  const takeBack = button("", () => desk.act.open_agreeing(), { class: "small-button" });
  const table = make("table", { class: "answers", "aria-label": "Answers" }, make("thead", {}, head), ...PARTS.map((part) => bodies[part]));
  const none = make("p", { class: "told", hidden: true, text: "All answers agree." });
  const order = button("", () => desk.act.order(), { class: "small-button" });
  const findings = make("div", { class: "groups" });
  const findingsTitle = make("h3", {});
  const scroll = make("div", { class: "scroll answers-scroll", tabindex: "-1" },
    make("div", { class: "part-head" }, make("h3", { text: "Answers" }), takeBack, takeAll, order), none, table,
    make("div", { class: "part-head" }, findingsTitle), findings);
  const element = make("section", { class: "pane answers-pane", id: "pane-answers", "aria-label": "Codings beside each other", data: { pane: "answers" } },
    make("h2", { class: "hidden-title", text: "Codings beside each other" }), scroll);
  const known = new Map();
  const knownGroups = new Map();
  const open = { agreeing: false, unasked: false };

  function toggle(part) {
    open[part] = !open[part];
    update();
  }

  // Unfolds what holds a place, so that it can be gone to.
  function reveal(key) {
    const parts = partsOf(desk.sheet, desk.inSchemeOrder);
    for (const part of ["agreeing", "unasked"]) if (!open[part] && parts[part].some((one) => one.key === key)) toggle(part);
  }

  function update() {
    const { sheet } = desk;
    const parts = partsOf(sheet, desk.inSchemeOrder);
    const waits = agreeing(sheet).length;
    head.replaceChildren(make("th", { scope: "col", text: "Question" }), ...sheet.coders.map((coder, at) => make("th", { scope: "col" }, make("bdi", { text: coder.person }), at < 9 ? keyHint(String(at + 1)) : null)), make("th", { scope: "col", text: "Agreed" }));
    const views = new Map(keyed(known, sheet.items.map((item) => ({ key: item.key, item })), ({ key }) => comparedView(desk, key)).map((view, at) => [sheet.items[at].key, view]));
    for (const part of PARTS) {
      const rows = parts[part].filter(() => part === "first" || open[part]).map((item) => { const view = views.get(item.key); view.update(item); return view; });
      const fold = folds[part];
      const elements = rows.flatMap((view) => [view.element, ...(desk.editing?.key === view.element.dataset.key ? [editingRow()] : [])]);
      arrange(bodies[part], [...(fold && parts[part].length ? [fold.row] : []), ...elements]);
      if (fold) showFold(fold, part, parts[part]);
    }
    none.hidden = parts.first.length > 0 || desk.inSchemeOrder;
    const taken = takenAtOnce(sheet);
    takeAll.hidden = !(waits || taken) || desk.isClosed();
    takeAll.style.visibility = waits ? "" : "hidden"; // it keeps its place, so that a second click takes nothing back
    takeBack.hidden = !taken || desk.isClosed();
    takeBack.replaceChildren(`Take back the ${taken?.standing ?? 0} taken at once`, keyHint(desk.keyFor("open_agreeing")));
    if (waits) takeAll.replaceChildren(`Take all ${waits} that agree`, keyHint(desk.keyFor("take_agreeing")));
    order.replaceChildren(desk.inSchemeOrder ? "Differences first" : "In the scheme’s order", keyHint(desk.keyFor("order")));
    for (const [name, target] of Object.entries({ take_agreeing: takeAll, open_agreeing: takeBack, order })) target.setAttribute("aria-keyshortcuts", desk.data.keys[name]);
    showGroups();
  }

  function showFold(fold, part, items) {
    const waits = items.filter(isOpen).length;
    const words = { agreeing: `${items.length} ${items.length === 1 ? "answer agrees" : "answers agree"}${waits ? `, ${waits} still to be taken` : ", all taken"}`, unasked: `${items.length} not asked after what is agreed` };
    setText(fold.opener, `${open[part] ? "▾" : "▸"} ${words[part]}`);
    fold.opener.setAttribute("aria-expanded", String(open[part]));
    fold.cell.colSpan = desk.sheet.coders.length + 2;
  }

  function editingRow() {
    desk.editing.row ??= make("tr", { class: "editing-row" }, make("td", { colspan: desk.sheet.coders.length + 2 }, desk.editing.view.element));
    return desk.editing.row;
  }

  function showGroups() {
    const { findings: groups } = desk.sheet;
    const waits = groups.filter(isOpen).length;
    setText(findingsTitle, groups.length ? `Findings${waits ? `: ${waits} open` : ""}` : "No coder has findings.");
    const views = keyed(knownGroups, groups.map((group) => ({ key: group.key })), ({ key }) => groupView(desk, key));
    views.forEach((view, at) => view.update(groups[at], at + 1));
    const { editing } = desk;
    const isElsewhere = editing && !atKey(desk.sheet, editing.key); // its place is gone, what is written there is not
    arrange(findings, [...views.flatMap((view) => [view.element, ...(editing?.key === view.element.dataset.key ? [editing.view.element] : [])]), ...(isElsewhere ? [editing.view.element] : [])]);
  }

  function elementAt(key) {
    return known.get(key)?.element ?? knownGroups.get(key)?.element;
  }

  return { element, scroll, update, reveal, elementAt, titleIdAt: (key) => known.get(key)?.titleId, forget: () => { known.clear(); knownGroups.clear(); } };
}

function foldOf(toggle) {
  const opener = button("", toggle, { class: "link" });
  const cell = make("td", {}, opener);
  return { opener, cell, row: make("tr", { class: "fold" }, cell) };
}
