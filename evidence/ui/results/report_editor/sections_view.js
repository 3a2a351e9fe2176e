// Part of the page of the report (see __init__.py): the list of its sections.

import { activeElement, arrange, button, freshId, keyed, make, setAttribute, setText } from "../../coding/desk/dom.js";
import { dropBefore, moveBy } from "./writing.js";

/** @param editor with `list()`, `key`, `mayEdit`, `choose(key)`, `move(key, after)`, `add(title)`,
 *  `remove(key)`, `bringBack(key)`, `toText()`, `unsaved(key)` and
 *  `signs(key)`, what of a section asks to be looked at */
export function sectionsView(editor) {
  const list = make("div", { class: "section-list", role: "listbox", "aria-label": "Sections of the report", tabindex: "-1" });
  const gone = make("ul", {});
  const goneBox = make("details", { class: "gone", hidden: true }, make("summary", { text: "Taken out" }), gone);
  const id = freshId("new-section");
  const title = make("input", { id, type: "text", maxlength: "300", autocomplete: "off", placeholder: "New section" });
  const adder = make("form", { class: "adder", on: { submit: (event) => { event.preventDefault(); add(); } } }, make("label", { class: "hidden-title", for: id, text: "Title of a new section" }), title, make("button", { type: "submit", class: "small-button", text: "Add" }));
  const tools = make("div", { class: "section-tools", role: "group", "aria-label": "Change the order" },
    button("↑", () => step(-1), { class: "small-button", "aria-label": "Move up", title: "Move up (Alt+↑)", "aria-keyshortcuts": "Alt+ArrowUp" }),
    button("↓", () => step(1), { class: "small-button", "aria-label": "Move down", title: "Move down (Alt+↓)", "aria-keyshortcuts": "Alt+ArrowDown" }),
    button("Take out", () => takeOut(), { class: "small-button", title: "Take out of the report (Delete); it can be brought back", "aria-keyshortcuts": "Delete" }));
  const element = make("section", { class: "pane sections-pane", "aria-label": "Sections" }, tools, make("div", { class: "scroll" }, list, adder, goneBox));
  const rows = new Map();
  let dragged = "";

  function shown() { return editor.list().filter((section) => !section.removed); }

  function draw() {
    tools.hidden = !editor.mayEdit;
    adder.hidden = !editor.mayEdit;
    const sections = shown();
    const hadFocus = list.contains(activeElement(list));
    const views = keyed(rows, sections, ({ key }) => rowView(key));
    views.forEach((view, at) => view.show(sections[at]));
    arrange(list, views.map((view) => view.element));
    if (hadFocus) focusChosen();
    const removed = editor.list().filter((section) => section.removed);
    goneBox.hidden = !removed.length || !editor.mayEdit;
    gone.replaceChildren(...removed.map((section) => make("li", {}, make("span", { text: section.title, dir: "auto" }), button("Bring back", () => editor.bringBack(section.key), { class: "small-button", "aria-label": `Bring back ${section.title}` }))));
  }

  function rowView(key) {
    const name = make("span", { class: "name", dir: "auto" });
    const signs = make("span", { class: "signs" });
    const row = make("div", { class: "section-row", role: "option", data: { key } }, name, signs);
    row.addEventListener("click", () => { editor.choose(key); row.focus(); });
    row.addEventListener("dragstart", (event) => { dragged = key; event.dataTransfer.effectAllowed = "move"; event.dataTransfer.setData("text/plain", name.textContent); });
    row.addEventListener("dragover", (event) => { if (!dragged) return; event.preventDefault(); markDrop(row, isLower(event, row)); });
    row.addEventListener("drop", (event) => { event.preventDefault(); drop(key, isLower(event, row)); });
    row.addEventListener("dragend", () => { dragged = ""; markDrop(null); });
    return { element: row, show };

    function show(section) {
      const chosen = section.key === editor.key;
      setText(name, section.title);
      const signed = signsOf(section);
      signs.replaceChildren(...signed.map(([kind, text, why]) => make("span", { class: `sign is-${kind}`, text, title: why ?? null })));
      setAttribute(row, "aria-selected", String(chosen));
      setAttribute(row, "draggable", editor.mayEdit ? "true" : null);
      row.tabIndex = chosen ? 0 : -1;
    }
  }

  function signsOf(section) {
    const signs = [];
    if (editor.unsaved(section.key)) signs.push(["unsaved", editor.unsaved(section.key)]);
    if (!section.written) signs.push(["empty", "not written yet"]);
    const { changed = 0, missing = [] } = editor.signs(section.key);
    if (changed && editor.mayEdit) signs.push(["changed", `△ ${changed} changed`, "Live parts that say something else than when they were written"]);
    if (missing.length) signs.push(["missing", `! ${missing.length} cannot be filled`, missing.join("\n")]);
    return signs;
  }

  list.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey) return;
    const acts = event.altKey ? { ArrowUp: () => step(-1), ArrowDown: () => step(1) } : { ArrowUp: () => go(-1), ArrowDown: () => go(1), Home: () => go(-Infinity), End: () => go(Infinity), Enter: () => editor.toText(), Delete: takeOut };
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  });

  function go(by) {
    const sections = shown();
    const at = sections.findIndex((section) => section.key === editor.key);
    const to = Math.min(Math.max(at + by, 0), sections.length - 1);
    if (sections[to]) { editor.choose(sections[to].key); focusChosen(); }
  }

  function step(by) {
    if (!editor.mayEdit) return;
    const after = moveBy(editor.list(), editor.key, by);
    if (after !== null) editor.move(editor.key, after);
  }

  function takeOut() {
    if (!editor.mayEdit || !editor.key) return;
    const sections = shown();
    const at = sections.findIndex((section) => section.key === editor.key);
    const next = sections[at + 1] ?? sections[at - 1];
    if (at < 0 || !next) return;
    editor.remove(editor.key, next.key);
    focusChosen();
  }

  function add() {
    if (!title.value.trim()) { title.focus(); return; }
    editor.add(title.value.trim());
    title.value = "";
  }

  function drop(key, below) {
    const sections = shown();
    const at = sections.findIndex((section) => section.key === key) + (below ? 1 : 0);
    const moved = dragged;
    markDrop(null);
    dragged = "";
    const before = sections[at]?.key ?? "";
    if (moved && before !== moved && moved !== key) editor.move(moved, dropBefore(editor.list(), moved, before));
  }

  function isLower(event, row) {
    const box = row.getBoundingClientRect();
    return event.clientY > box.top + box.height / 2;
  }

  function markDrop(target, below) {
    for (const row of list.children) { row.classList.toggle("drop-above", row === target && !below); row.classList.toggle("drop-below", row === target && below); }
  }

  function focusChosen() { list.querySelector("[aria-selected=true]")?.focus(); }

  return { element, draw, focusChosen };
}
