// The editor of a scheme in the browser; begun here, with the frame around it and the server.
// __init__.py joins it with the other modules, which hold functions and nothing of their own.

import { button, make, setText } from "../desk/dom.js";
import { listen, trouble, uncover } from "../../shell/link.js";
import { dismiss, flush, newOutbox, put, settle, takeAlong } from "../../shell/outbox.js";
import { keyOfNode } from "./outline.js";
import { isFixed, outlineView } from "./outline_view.js";
import { partForm } from "./part_form.js";
import { preview } from "./preview.js";

const editors = new WeakMap();
const AGAIN_MS = 3000;
const PHONE = 640; // pixels; narrower, the parts are tabs
const TABS = { outline: "Outline", change: "Change", preview: "As the coder sees it" };

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  let editor = editors.get(parentElement);
  if (!editor || editor.box.storage !== data.storage) {
    editor?.leave?.();
    const before = editor;
    editor = newEditor(data.storage);
    if (before?.box.storage === data.storage) takeAlong(editor.box, before.box);
    editors.set(parentElement, editor);
    drawEditor(editor, parentElement.querySelector("#scheme-editor"));
  }
  editor.box.send = (items) => setTriggerValue("acts", { acts: items, storage: data.storage });
  editor.box.data = data;
  editor.box.leave = () => editor.leave();
  hear(editor, data);
  listenAround(editor);
  flush(editor.box);
  return () => editor.leave?.();
}

function newEditor(storage) {
  const editor = { box: newOutbox(storage), data: null, scheme: null, node: {}, adding: "", mayEdit: false, writing: new Set(), waiting: new Map(), tab: "outline" };
  const same = (item, node, field) => item.act === "field" && item.scheme_id === editor.data.scheme_id && item.field === field && keyOfNode(item) === keyOfNode(node);
  Object.assign(editor, {
    pendingField: (node, field) => editor.box.pending.findLast((item) => same(item, node, field))?.value,
    refusedField: (node, field) => editor.box.refused.findLast((item) => same(item, node, field)),
    shownText: (node, field) => { const now = editor.pendingField(node, field); return typeof now === "string" ? now : null; },
    setField: (node, field, value, typing = "") => {
      for (const item of editor.box.refused.filter((one) => same(one, node, field))) dismiss(editor.box, item.client_id, false);
      editor.act("field", { ...node, field, value, typing });
    },
    act: (name, said = {}) => {
      if (!editor.mayEdit) return;
      if (name !== "field") editor.commitAll();
      const item = put(editor.box, { act: name, scheme_id: editor.data.scheme_id, ...said });
      editor.waiting.set(item.client_id, item);
      editor.say("");
      editor.outline.draw();
      editor.drawFrame();
      clearTimeout(editor.flushing);
      editor.flushing = setTimeout(() => flush(editor.box), 0);
    },
    commitAll: () => { for (const view of [...editor.writing]) view.commit(); },
    undo: () => editor.act("undo"),
    redo: () => editor.act("redo"),
    retire: () => { const row = editor.outline.row(); if (row && row.kind !== "scheme" && !isFixed(row)) editor.act("retire", row.node); },
    focusMerge: () => { editor.showTab("change"); editor.form.focusMerge(); },
    showAdding: (what) => { editor.adding = what; editor.showTab(what || editor.tab !== "preview" ? "change" : "preview"); editor.form.update(); if (what) editor.form.focusFirst(); },
    chose: () => { editor.commitAll(); editor.adding = ""; editor.form.update(); editor.tried.update(); editor.tried.toChosen(); editor.drawFrame(); },
    // What is typed to be added outlives the page, too.
    typed: (name) => { try { return localStorage.getItem(`${storage}new-${editor.data.scheme_id}-${name}`) ?? ""; } catch { return editor.kept?.[name] ?? ""; } },
    keepTyped: (name, text) => {
      try { if (text) localStorage.setItem(`${storage}new-${editor.data.scheme_id}-${name}`, text); else localStorage.removeItem(`${storage}new-${editor.data.scheme_id}-${name}`); } catch { editor.kept = { ...editor.kept, [name]: text }; }
    },
  });
  return editor;
}

// ── the frame ────────────────────────────────────────────────────────────────────────────────────

function drawEditor(editor, root) {
  editor.root = root;
  editor.outline = outlineView(editor);
  editor.form = partForm(editor);
  editor.tried = preview(editor);
  const tool = (text, act, label, keys, cls = "small-button") => button(text, act, { class: cls, "aria-label": label, title: `${label}${keys ? ` (${keys})` : ""}`, "aria-keyshortcuts": keys ? keys.replace("↑", "ArrowUp").replace("↓", "ArrowDown").replace("→", "ArrowRight").replace("←", "ArrowLeft") : null });
  const moved = (way) => () => { editor.outline.move(way); };
  const tools = {
    code: tool("+ Code", () => { editor.showTab("outline"); editor.outline.addCode(); }, "Add a code", "A"), below: tool("+ Below", () => { editor.showTab("outline"); editor.outline.addCode(true); }, "Add a code below this one", "Shift+A"),
    question: tool("+ Question", () => editor.showAdding("question"), "Add a question", "Q"), section: tool("+ Section", () => editor.showAdding("section"), "Add a section", ""),
    up: tool("↑", moved("up"), "Move up", "Alt+↑"), down: tool("↓", moved("down"), "Move down", "Alt+↓"), into: tool("→", moved("below"), "Move below the one above", "Alt+→"), out: tool("←", moved("out"), "Move out", "Alt+←"),
    rename: tool("Rename", () => { editor.showTab("outline"); editor.outline.rename(); }, "Rename", "F2"), retire: tool("Retire", () => editor.retire(), "Retire: its answers are kept", "Delete"),
    undo: tool("Undo", () => editor.undo(), "Undo the last change", "Control+Z"), redo: tool("Redo", () => editor.redo(), "Do again what was undone", "Control+Y"),
  };
  const part = {
    tools: make("div", { class: "tools", role: "toolbar", "aria-label": "Change the scheme" }, ...Object.values(tools)),
    told: make("p", { class: "told-line", role: "alert", hidden: true }), whispered: make("p", { class: "said", role: "status", "aria-live": "polite" }), trouble: make("p", { class: "trouble", role: "status", hidden: true }),
    saved: make("span", { class: "saved", role: "status" }), hints: make("span", { class: "small hints" }),
    tabs: make("div", { class: "tabs editor-tabs", role: "tablist", "aria-label": "Parts of the editor" }),
    body: make("div", { class: "panes" }),
  };
  const tabs = Object.keys(TABS).map((name) => button(TABS[name], () => editor.showTab(name), { role: "tab", "aria-controls": { change: "scheme-change", preview: "scheme-preview" }[name] ?? null, data: { tab: name } }));
  const right = make("section", { class: "pane right-pane", "aria-label": "What is chosen" }, editor.form.element, editor.tried.element);
  part.tabs.append(...tabs);
  part.body.append(editor.outline.element, right);
  root.replaceChildren(part.tools, part.trouble, part.tabs, part.body, make("div", { class: "foot" }, part.saved, part.hints), part.told, part.whispered);
  editor.say = (text) => { setText(part.told, text); part.told.hidden = !text; };
  editor.whisper = (text) => setText(part.whispered, text);
  editor.showTab = (name) => { if (name !== editor.tab) editor.commitAll(); editor.tab = name; editor.place(); };
  editor.place = () => {
    const phone = root.clientWidth > 0 && root.clientWidth < PHONE;
    root.classList.toggle("phone", phone);
    const shown = !phone && editor.tab === "outline" ? "change" : editor.tab;
    for (const tab of tabs) {
      tab.hidden = !phone && tab.dataset.tab === "outline";
      tab.setAttribute("aria-selected", String(tab.dataset.tab === shown));
      tab.tabIndex = tab.dataset.tab === shown ? 0 : -1;
    }
    editor.outline.element.hidden = phone && shown !== "outline";
    right.hidden = phone && shown === "outline";
    editor.form.element.hidden = shown === "preview";
    editor.tried.element.hidden = shown !== "preview";
    editor.tried.update();
    if (shown === "preview") editor.tried.toChosen();
  };
  editor.drawFrame = () => {
    const waits = editor.box.pending.length;
    setText(part.saved, waits ? `Saving ${waits} …` : editor.mayEdit ? "✓ Your changes are kept for you" : "");
    const late = trouble(editor.box);
    setText(part.trouble, late);
    part.trouble.hidden = !late;
    part.tools.hidden = !editor.mayEdit;
    const row = editor.outline.row();
    const code = row?.kind === "code" && !isFixed(row);
    const tree = row?.question?.kind === "tree";
    const fixed = !row || row.kind === "scheme" || isFixed(row);
    for (const name of ["up", "down", "retire"]) tools[name].disabled = fixed;
    tools.rename.disabled = !row || isFixed(row);
    for (const name of ["into", "out", "below"]) tools[name].disabled = !(code && tree);
    tools.code.disabled = !row?.question || !["one of", "many of", "tree"].includes(row.question.kind);
    tools.undo.disabled = !(editor.data.steps || waits);
    tools.redo.disabled = !editor.data.undone;
    setText(part.hints, editor.mayEdit ? "In the outline: ↑ ↓ choose, Alt+↑ ↓ → ← move, F2 rename, A add a code, Q a question, Delete retire, M merge" : "");
  };
  tabs.forEach((tab, at) => tab.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const open = tabs.filter((one) => !one.hidden);
    const next = open[(open.indexOf(tab) + step + open.length) % open.length];
    next.focus();
    next.click();
    event.preventDefault();
    event.stopPropagation();
    void at;
  }));
  // Streamlit keeps C and R for itself; what is pressed here is meant for here.
  root.addEventListener("keydown", (event) => { if (!event.ctrlKey && !event.metaKey && event.key.length === 1) event.stopPropagation(); });
}

// ── the server ───────────────────────────────────────────────────────────────────────────────────

// The server has said something: what became of acts, and how the scheme is now.
function hear(editor, data) {
  const other = editor.data && editor.data.scheme_id !== data.scheme_id;
  if (other) {
    editor.commitAll();
    editor.outline.forget();
    editor.node = {};
    editor.adding = "";
    editor.say("");
  }
  const first = !editor.data;
  editor.data = data;
  editor.mayEdit = data.may_edit;
  const told = settle(editor.box, data);
  const hadFocus = editor.outline.hasFocus();
  if (first && !data.may_edit) editor.tab = "preview";
  const news = first || other || data.revision !== editor.revision;
  const acts = [...editor.waiting].filter(([id]) => data.kept.includes(id));
  const lookAt = acts.map(([id, item]) => [item, data.nodes[id]]).findLast(([item, node]) => item.act !== "field" && node && "question" in node);
  if (news) {
    editor.revision = data.revision;
    editor.scheme = { ...data.scheme };
  }
  if (lookAt) editor.node = nodeOf(lookAt[1]);
  for (const [id, item] of acts) {
    editor.waiting.delete(id);
    if (["add question", "add section"].includes(item.act)) {
      for (const name of ["title", "text", "labels"]) editor.keepTyped(name, "");
      editor.adding = "";
    }
  }
  if (news || lookAt) {
    editor.outline.takeScheme();
    const codes = acts.filter(([, item]) => item.act === "add code");
    if (codes.length) editor.outline.added(nodeOf(data.nodes[codes.at(-1)[0]]));
    if (hadFocus) editor.outline.focusChosen();
  }
  for (const item of told.refused) refusal(editor, item);
  const begun = acts.some(([, item]) => ["add question", "add section"].includes(item.act)) && editor.form.hasFocus();
  editor.place();
  editor.form.update();
  if (begun) editor.form.focusFirst(); // the button that was pressed is gone; one goes on with what was added
  editor.tried.update();
  editor.drawFrame();
}

function nodeOf(said) {
  if (!said?.question) return said?.section ? { section: said.section } : {};
  return said.option ? { question: said.question, option: said.option } : { question: said.question };
}

// What was typed in a field stays there with the reason; of all else the reason is said.
function refusal(editor, item) {
  editor.waiting.delete(item.client_id);
  if (item.act === "field" && item.typing) return;
  const why = editor.data.refused[item.client_id] ?? "";
  dismiss(editor.box, item.client_id, false);
  editor.say(item.label ? `“${item.label.slice(0, 80)}” was not added. ${why}` : why);
  if (item.act === "add code") editor.outline.added(null, item.label);
  editor.form.update(true);
}

function listenAround(editor) {
  editor.leave?.();
  const commit = () => editor.commitAll();
  const onLeave = (event) => { commit(); if (editor.box.pending.length) event.preventDefault(); };
  const onHide = () => { if (document.visibilityState === "hidden") commit(); };
  const timer = setInterval(() => { flush(editor.box); listen(editor.box, () => editor.writing.size > 0); editor.drawFrame(); }, AGAIN_MS);
  const cover = new MutationObserver(() => { uncover(editor.box); editor.drawFrame(); });
  const size = new ResizeObserver(() => editor.place());
  cover.observe(document.body, { childList: true });
  size.observe(editor.root);
  window.addEventListener("beforeunload", onLeave);
  window.addEventListener("pagehide", commit);
  document.addEventListener("visibilitychange", onHide);
  editor.leave = () => {
    clearInterval(timer);
    cover.disconnect();
    size.disconnect();
    window.removeEventListener("beforeunload", onLeave);
    window.removeEventListener("pagehide", commit);
    document.removeEventListener("visibilitychange", onHide);
  };
}
