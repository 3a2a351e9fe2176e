// Part of the editor of schemes (see __init__.py): the outline on the screen, with its keys, renaming
// and adding in place, and dragging.

import { activeElement, arrange, button, keyed, make, setAttribute, setText } from "../desk/dom.js";
import { allRows, closedAtFirst, dropPlace, hasCodes, keyOfNode, shownRows, standingRow } from "./outline.js";

const FAR = 5; // pixels after which a press is a drag
const EDGE = 36; // pixels from the edge of the list at which it scrolls while something is dragged
const MEANINGS = { ArrowUp: "up", ArrowDown: "down", ArrowRight: "below", ArrowLeft: "out" }; // with Alt
const WAY_WORDS = { up: "up", down: "down", below: "below the one above it", out: "out, after the one that it is below" };

export function outlineView(editor) {
  const search = make("input", { type: "search", class: "search", placeholder: "Find", "aria-label": "Find in the scheme", autocomplete: "off", spellcheck: "false", on: { input: () => { draw(); } } });
  const found = make("span", { class: "small", role: "status" });
  const list = make("div", { class: "outline", role: "tree", "aria-label": "The scheme" });
  const line = make("div", { class: "drop-line", hidden: true });
  const scroll = make("div", { class: "scroll outline-box", tabindex: "-1" }, list, line);
  const element = make("section", { class: "pane outline-pane", "aria-label": "Outline", data: { part: "outline" } },
    make("div", { class: "head" }, make("h2", { class: "hidden-title", text: "Outline" }), make("span", { class: "searchbox" }, search, found)), scroll);
  const known = new Map();
  let rows = [];
  let all = [];
  let byKey = new Map();
  let closed = null;
  let renaming = "";
  let adding = null;
  let drag = null;

  // ── drawing ──────────────────────────────────────────────────────────────────────────────────

  function takeScheme() {
    all = allRows(editor.scheme);
    byKey = new Map(all.map((row) => [row.key, row]));
    closed ??= closedAtFirst(all);
    const row = standingRow(byKey, editor.node);
    editor.node = row.node;
    openTo(row);
    if (adding && !byKey.has(adding.key)) adding = { ...adding, key: row.key };
    draw();
  }

  function forget() {
    closed = null;
    renaming = "";
    adding = null;
    search.value = "";
    known.clear();
    list.replaceChildren();
  }

  function openTo(row) {
    for (let above = byKey.get(row.above); above; above = byKey.get(above.above)) closed.delete(above.key);
  }

  function draw() {
    const shown = shownRows(all, closed, search.value);
    rows = shown.rows;
    setText(found, search.value.trim() ? `${shown.hits} found` : "");
    const views = keyed(known, rows.map((row) => ({ key: row.key })), ({ key }) => rowView(key));
    views.forEach((view, at) => view.show(rows[at]));
    const elements = views.map((view) => view.element);
    const chosen = rows.findIndex((row) => row.key === keyOfNode(editor.node));
    views.forEach((view, at) => { view.element.tabIndex = at === Math.max(chosen, 0) ? 0 : -1; });
    if (adding) {
      const at = lastOf(adding.key);
      elements.splice(at + 1, 0, adder());
    }
    const writing = adding?.element?.querySelector("input");
    const writes = Boolean(writing) && activeElement(list) === writing;
    arrange(list, elements);
    if (writes) writing.focus(); // what is moved in the page loses the focus
  }

  // The last row that is shown of what stands below a row, or the row itself.
  function lastOf(key) {
    let at = rows.findIndex((row) => row.key === key);
    const level = rows[at]?.level ?? 1;
    while (at + 1 < rows.length && rows[at + 1].level > level) at++;
    return at < 0 ? rows.length - 1 : at;
  }

  function rowView(key) {
    const handle = make("span", { class: "handle", text: "⠿", "aria-hidden": "true" });
    const twist = make("span", { class: "twist", "aria-hidden": "true" });
    const name = make("span", { class: "name" });
    const sign = make("span", { class: "small sign" });
    const element = make("div", { class: "row", role: "treeitem", data: { key } }, handle, twist, name, sign);
    let input = null;
    twist.addEventListener("click", (event) => { event.stopPropagation(); toggle(key); });
    element.addEventListener("click", () => { choose(byKey.get(key)); });
    element.addEventListener("dblclick", () => rename());
    element.addEventListener("pointerdown", (event) => press(event, key, element, event.target === handle));
    return { element, show };

    function show(row) {
      const chosen = row.key === keyOfNode(editor.node);
      setText(twist, row.open === null ? "" : row.open ? "▾" : "▸");
      setText(name, editor.shownText(row.node, row.kind === "question" ? "text" : row.kind === "code" ? "label" : "title") ?? row.label);
      setText(sign, signOf(row));
      element.className = `row is-${row.kind}${row.hit ? " hit" : ""}${row.kind === "code" && !row.part.selectable ? " heading" : ""}`;
      element.style.setProperty("--level", String(row.level));
      setAttribute(element, "aria-level", row.level);
      setAttribute(element, "aria-selected", String(chosen));
      setAttribute(element, "aria-expanded", row.open === null ? null : String(row.open));
      setAttribute(element, "aria-posinset", row.position);
      setAttribute(element, "aria-setsize", row.size);
      setAttribute(element, "aria-label", `${kindWord(row)}: ${name.textContent}`);
      handle.hidden = row.kind === "scheme" || !editor.mayEdit || isFixed(row);
      if (renaming === key && !input) begin(row);
      if (renaming !== key && input) { input.replaceWith(name); input = null; }
    }

    function begin(row) {
      input = make("input", { type: "text", class: "in-place", value: name.textContent, "aria-label": `Another name for ${name.textContent}`, maxlength: "300", autocomplete: "off" });
      const before = input.value;
      let over = false;
      const end = (keep) => {
        if (over) return;
        over = true;
        renaming = "";
        if (keep && input.value.trim() !== before) editor.setField(row.node, row.kind === "question" ? "text" : row.kind === "code" ? "label" : "title", input.value.trim());
        draw();
      };
      input.addEventListener("keydown", (event) => {
        event.stopPropagation();
        if (event.isComposing || !["Enter", "Escape"].includes(event.key)) return;
        event.preventDefault();
        end(event.key === "Enter");
        focusChosen();
      });
      input.addEventListener("blur", () => end(true));
      for (const kind of ["click", "dblclick", "pointerdown"]) input.addEventListener(kind, (event) => event.stopPropagation());
      name.replaceWith(input);
      input.select();
      requestAnimationFrame(() => input?.focus());
    }
  }

  function signOf(row) {
    const { part } = row;
    if (row.kind === "question") return [part.kind, part.required ? "required" : "", part.when ? "if …" : "", part.of === "finding" ? "of findings" : "", part.axis ?? ""].filter(Boolean).join(" · ");
    if (row.kind === "code") return [part.role, part.selectable ? "" : "heading"].filter(Boolean).join(" · ");
    return "";
  }

  // ── choosing, renaming, adding ───────────────────────────────────────────────────────────────

  function choose(row, focus = false) {
    if (!row) return;
    const other = keyOfNode(row.node) !== keyOfNode(editor.node);
    editor.node = row.node;
    draw();
    if (other) editor.chose();
    if (focus) focusChosen();
  }

  function focusChosen() {
    const view = known.get(keyOfNode(editor.node));
    view?.element.focus({ preventScroll: true });
    view?.element.scrollIntoView({ block: "nearest" });
  }

  function toggle(key) {
    if (closed.has(key)) closed.delete(key); else closed.add(key);
    draw();
  }

  function rename() {
    const row = byKey.get(keyOfNode(editor.node));
    if (!editor.mayEdit || !row || isFixed(row)) return;
    renaming = row.key;
    draw();
  }

  /** A line in which codes are added, one after the other.
   *  @param inside whether below the chosen code, and not after it */
  function addCode(inside = false) {
    const row = byKey.get(keyOfNode(editor.node));
    if (!row?.question || !hasCodes(row.question)) { editor.say("Choose a question with codes first, or one of its codes."); return; }
    if (inside && row.question.kind !== "tree") { editor.say("Only in a tree do codes stand below others."); return; }
    closed.delete(row.key);
    adding = { key: row.key, inside: inside || row.kind === "question" };
    draw();
    adder().querySelector("input").focus();
  }

  function adder() {
    if (adding.element) return adding.element;
    const input = make("input", { type: "text", class: "in-place", placeholder: "Label of the new code; Enter adds it", "aria-label": "Label of the new code", maxlength: "300", autocomplete: "off", value: editor.typed("label") });
    const close = () => { adding = null; draw(); focusChosen(); };
    input.addEventListener("input", () => editor.keepTyped("label", input.value));
    input.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.isComposing || !["Enter", "Escape"].includes(event.key)) return;
      event.preventDefault();
      if (event.key === "Escape" || !input.value.trim()) return close();
      add();
    });
    const add = () => {
      const row = byKey.get(adding.key);
      const at = row.kind === "code" ? (adding.inside ? { below: row.node.option } : { after: row.node.option }) : {};
      editor.act("add code", { question: row.node.question, label: input.value.trim(), ...at });
      input.value = "";
      editor.keepTyped("label", "");
    };
    adding.element = make("div", { class: "row is-code adder", style: `--level: ${(byKey.get(adding.key)?.level ?? 3) + (adding.inside ? 1 : 0)}` }, input,
      button("Add", () => { if (input.value.trim()) add(); input.focus(); }, { class: "small-button" }), button("×", close, { class: "mini", "aria-label": "Add no more codes" }));
    return adding.element;
  }

  /** What was added is chosen, and the next one is added after it; what was refused stands there again. */
  function added(node, refused) {
    if (refused !== undefined && adding) {
      const input = adder().querySelector("input");
      if (!input.value) { input.value = refused; editor.keepTyped("label", refused); }
      return;
    }
    if (!node || !adding || !byKey.has(keyOfNode(node))) return;
    adding.key = keyOfNode(node);
    adding.inside = false;
    draw();
  }

  // ── keys ─────────────────────────────────────────────────────────────────────────────────────

  list.addEventListener("keydown", (event) => {
    if (event.isComposing || event.metaKey || activeElement(list)?.matches?.("input, button")) return;
    const at = rows.findIndex((row) => row.key === keyOfNode(editor.node));
    const row = rows[at];
    if (!row) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const way = event.altKey && !event.ctrlKey ? MEANINGS[key] : "";
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[key];
    if (way && !event.shiftKey) move(way);
    else if (event.altKey) return;
    else if (event.ctrlKey && key === "z") editor.undo();
    else if (event.ctrlKey && key === "y") editor.redo();
    else if (event.ctrlKey) return;
    else if (to !== undefined) choose(rows[Math.min(Math.max(to, 0), rows.length - 1)], true);
    else if (key === "ArrowRight") { if (row.open === false) toggle(row.key); else if (row.open) choose(rows[at + 1], true); }
    else if (key === "ArrowLeft") { if (row.open && row.kind !== "scheme") toggle(row.key); else choose(byKey.get(row.above), true); }
    else if (key === "Enter" || key === "F2") rename();
    else if (key === "a" && editor.mayEdit) addCode(event.shiftKey);
    else if (key === "q" && editor.mayEdit) editor.showAdding("question");
    else if (key === "Delete") editor.retire();
    else if (key === "m") editor.focusMerge();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  function move(way) {
    const row = byKey.get(keyOfNode(editor.node));
    if (!editor.mayEdit || !row || row.kind === "scheme" || isFixed(row)) return;
    if (row.kind !== "code" && ["below", "out"].includes(way)) { editor.say("Only codes stand below others."); return; }
    if (way === "below" && row.question.kind !== "tree") { editor.say("Only in a tree do codes stand below others."); return; }
    editor.act("move", { ...row.node, way: WAY_WORDS[way] });
  }

  // ── dragging ─────────────────────────────────────────────────────────────────────────────────

  const WHILE_DRAGGED = [["pointermove", follow], ["pointerup", drop], ["pointercancel", endDrag]];

  function press(event, key, target, byHandle) {
    const row = byKey.get(key);
    const mouse = event.pointerType === "mouse";
    if (!editor.mayEdit || !row || row.kind === "scheme" || isFixed(row) || event.button !== 0 || (!mouse && !byHandle)) return;
    drag = { row, x: event.clientX, y: event.clientY, moved: false, place: null, target };
    for (const [name, act] of WHILE_DRAGGED) window.addEventListener(name, act); // a quick move leaves the row at once
  }

  function follow(event) {
    if (!drag.moved) {
      if (Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < FAR) return;
      drag.moved = true;
      drag.target.classList.add("dragged");
      list.addEventListener("click", noClick, { capture: true, once: true });
      editor.whisper(`${kindWord(drag.row)} ${drag.row.label} is taken; Escape lets it go.`);
      window.addEventListener("keydown", letGo, true);
    }
    const box = scroll.getBoundingClientRect();
    if (event.clientY < box.top + EDGE) scroll.scrollTop -= 12;
    else if (event.clientY > box.bottom - EDGE) scroll.scrollTop += 12;
    const over = rowAt(event.clientX, event.clientY);
    drag.place = null;
    if (over) {
      const place = over.element.getBoundingClientRect();
      drag.place = dropPlace(drag.row, byKey.get(over.key), (event.clientY - place.top) / (place.height || 1), standsBelow);
      showLine(over.element, drag.place);
    } else showLine(null, null);
  }

  function rowAt(x, y) {
    const element = list.getRootNode().elementFromPoint(x, y)?.closest?.("[data-key]");
    return element && list.contains(element) ? { element, key: element.dataset.key } : null;
  }

  function standsBelow(row, above) {
    for (let at = byKey.get(row.above); at; at = byKey.get(at.above)) if (at.key === above.key) return true;
    return false;
  }

  function showLine(target, place) {
    for (const row of list.querySelectorAll(".drop-inside")) row.classList.remove("drop-inside");
    line.hidden = !place || place.where === "below";
    if (!place) return;
    if (place.where === "below") { target.classList.add("drop-inside"); return; }
    line.style.top = `${target.offsetTop + (place.where === "after" ? target.offsetHeight : 0) - 1}px`;
  }

  function drop() {
    const { row, place, moved } = drag;
    endDrag();
    if (!moved) return;
    if (place) editor.act("put", { ...row.node, where: place.where, other: place.other });
    else editor.say(row.kind === "code" ? "A code stays in its question; nothing was moved." : "It cannot stand there; nothing was moved.");
  }

  function endDrag() {
    if (!drag) return;
    drag.target.classList.remove("dragged");
    for (const [name, act] of WHILE_DRAGGED) window.removeEventListener(name, act);
    window.removeEventListener("keydown", letGo, true);
    drag = null;
    showLine(null, null);
    setTimeout(() => list.removeEventListener("click", noClick, true), 0);
  }

  function letGo(event) {
    if (event.key !== "Escape") return;
    event.stopImmediatePropagation();
    endDrag();
  }

  function noClick(event) {
    event.stopPropagation();
  }

  return { element, search, draw, takeScheme, forget, choose: (node) => choose(byKey.get(keyOfNode(node))), focusChosen, rename, addCode, added, move,
    row: () => byKey.get(keyOfNode(editor.node)), hasFocus: () => list.contains(activeElement(list)) && !activeElement(list).matches("input, button") };
}

/** The options yes and no are the same in every scheme. */
export function isFixed(row) {
  return row.kind === "code" && !hasCodes(row.question);
}

export function kindWord(row) {
  return { scheme: "The scheme", section: "Section", question: "Question", code: "Code" }[row.kind];
}
