// The page of the report in the browser (see __init__.py): begun here, with the frame around its three
// parts and the server. The other modules hold functions and nothing of their own.

import { button, make, setText } from "../../coding/desk/dom.js";
import { listen, trouble, uncover } from "../../shell/link.js";
import { dismiss, flush, newOutbox, put, remember, settle, together } from "../../shell/outbox.js";
import { got } from "../../shell/own_route.js";
import { sectionPreview } from "./preview.js";
import { sectionsView } from "./sections_view.js";
import { studiesPanel } from "./studies_panel.js";
import { textView } from "./text_view.js";
import { bothTexts, draftOf, isToBeReplaced, isUnsent, newDraft, noteSent, withPending, withoutOlderWritings, writingOf } from "./writing.js";

const AGAIN_MS = 3000;
const PAUSE_MS = 1000; // without typing, after which a text is saved
const NARROW = 820; // pixels; narrower, the parts are tabs
const TABS = { sections: "Sections", text: "Text", preview: "Preview" };
const NOT_FETCHED = "This section could not be fetched; it is tried again. If it does not come, please reload the page.";
const editors = new WeakMap();

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  let editor = editors.get(parentElement);
  if (!editor || editor.box.storage !== data.storage) {
    editor?.leave();
    editor = newEditor(data);
    editors.set(parentElement, editor);
    drawEditor(editor, parentElement.querySelector("#report-editor"));
  }
  editor.box.send = (items) => setTriggerValue("items", { items, storage: data.storage });
  editor.box.data = data;
  editor.box.leave = () => editor.leave();
  hear(editor, data);
  listenAround(editor);
  flush(editor.box);
  return () => editor.leave();
}

function newEditor(data) {
  const editor = {
    box: newOutbox(data.storage), data, key: "", tab: data.may_edit ? "text" : "preview", theme: "light", pausing: 0,
    drafts: new Map(), // what is written, by the key of the section
    fetched: new Map(), // sections as the server gave them, with their version
    asked: "", // the version that is being fetched
    failed: "", told: "",
    signed: {}, signsAsked: "", // what of each section asks to be looked at, and for which versions that was asked
    signs: (key) => editor.signed[key] ?? {},
    get mayEdit() { return editor.data.may_edit; },
    leave: () => {},
    list: () => withPending(editor.data.sections, editor.box.pending),
    line: (key) => editor.list().find((section) => section.key === key),
    draft: () => editor.drafts.get(editor.key),
    section: () => editor.fetched.get(editor.key)?.section,
    guidance: () => editor.section()?.guidance ?? "",
    review: () => editor.data.review,
    waits: (key) => editor.box.pending.some((item) => item.section === key && ["write", "add"].includes(item.act)),
  };
  Object.assign(editor, acts(editor), asking(editor), { forInsert: { fetchParts: () => got(editor.data.addresses.parts, "no-cache"), fetchWords: (part) => got(`${editor.data.addresses.studies}?${new URLSearchParams({ part, only: "words" })}`, "no-cache") } });
  return editor;
}

// ── what people do ───────────────────────────────────────────────────────────────────────────────

function acts(editor) {
  const act = (name, said) => {
    if (!editor.mayEdit) return null;
    editor.told = "";
    const item = put(editor.box, { act: name, ...said });
    flush(editor.box);
    editor.draw();
    return item;
  };
  return {
    choose: (key) => {
      if (key === editor.key) return;
      editor.save();
      editor.key = key;
      editor.studies.hide();
      editor.draw();
      fetchSection(editor);
    },
    toText: () => { editor.showTab(editor.mayEdit ? "text" : "preview"); if (editor.mayEdit) editor.text.focus(); },
    typed: () => {
      clearTimeout(editor.pausing);
      editor.pausing = setTimeout(() => editor.save(), PAUSE_MS);
      keepClashed(editor);
      editor.drawFrame();
    },
    save: () => {
      clearTimeout(editor.pausing);
      const draft = editor.draft();
      if (!draft || !editor.mayEdit || !isUnsent(draft) || clashOf(editor)) return;
      for (const item of editor.box.refused.filter((one) => one.section === draft.key)) dismiss(editor.box, item.client_id, false);
      together(editor.box, () => {
        const item = put(editor.box, writingOf(draft));
        editor.box.pending = withoutOlderWritings(editor.box.pending, item);
        noteSent(draft, item);
      });
      flush(editor.box);
      editor.draw();
    },
    move: (section, after) => act("move", { section, after }),
    bringBack: (section) => act("bring back", { section }),
    remove: (section, next) => {
      editor.save();
      const before = editor.drafts.get(section)?.marks ?? [editor.line(section)?.mark ?? ""];
      editor.choose(next);
      act("remove", { section, before });
    },
    add: (title) => {
      editor.save();
      const section = `own-${Array.from(crypto.getRandomValues(new Uint8Array(9)), (byte) => (byte % 36).toString(36)).join("")}`;
      const item = act("add", { section, title, text: "", after: editor.key });
      if (!item) return;
      editor.drafts.set(section, { ...newDraft({ key: section, title, text: "", mark: item.client_id }), base: "" });
      editor.choose(section);
      editor.showTab("text");
      editor.text.focus();
    },
    seen: (part, digest) => act("seen", { section: editor.key, part, digest }),
    resolve: (way) => resolve(editor, way),
    unsaved: (key) => {
      if (editor.box.clashed.some((item) => item.section === key)) return "two texts";
      if (editor.box.refused.some((item) => item.section === key)) return "not saved";
      return "";
    },
    clash: () => (clashOf(editor) && editor.section()) || null,
    refusal: () => editor.box.refused.findLast((item) => item.section === editor.key && item.act === "write"),
  };
}

function clashOf(editor) {
  return editor.box.clashed.findLast((item) => item.section === editor.key);
}

// What is typed on while two texts wait for a choice is kept in the browser with the one that clashed.
function keepClashed(editor) {
  const clashed = clashOf(editor);
  if (!clashed) return;
  Object.assign(clashed, { text: editor.draft().text, title: editor.draft().title });
  remember(editor.box);
}

/** @param {"mine"|"theirs"|"both"} way */
function resolve(editor, way) {
  const [draft, theirs] = [editor.draft(), editor.section()];
  if (!draft || !theirs) return;
  editor.box.clashed = editor.box.clashed.filter((item) => item.section !== draft.key);
  remember(editor.box);
  const fresh = { ...newDraft(theirs), base: theirs.text };
  if (way === "mine") Object.assign(fresh, { title: draft.title, text: draft.text });
  if (way === "both") Object.assign(fresh, { title: draft.title, text: bothTexts(draft.base ?? "", draft.text, theirs.text) });
  editor.drafts.set(draft.key, fresh);
  editor.save();
  editor.draw();
  editor.text.focus();
}

// ── the server ───────────────────────────────────────────────────────────────────────────────────

function asking(editor) {
  return {
    fetchStudies: (part) => got(`${editor.data.addresses.studies}?${new URLSearchParams({ part })}`, "no-cache"),
    fetchHistory: (key, asked = {}) => got(`${editor.data.addresses.history}${key}?${new URLSearchParams(asked)}`, "no-cache"),
  };
}

// The server has said something: what became of acts, and how the sections are now.
function hear(editor, data) {
  editor.data = data;
  const told = settle(editor.box, data);
  for (const item of told.refused.filter((one) => one.act !== "write")) {
    editor.told = item.why ?? data.refused[item.client_id];
    dismiss(editor.box, item.client_id, false);
  }
  keepNewestClashes(editor, told.clashed);
  for (const draft of editor.drafts.values()) if (!editor.waits(draft.key) && !editor.unsaved(draft.key)) draft.base = draft.sent.text;
  const shown = editor.list().filter((section) => !section.removed);
  if (!shown.some((section) => section.key === editor.key)) editor.key = firstKey(editor, shown);
  editor.draw();
  fetchSection(editor);
  fetchSigns(editor);
}

// Signs come after all else: for them every live part of the report is filled.
async function fetchSigns(editor) {
  const versions = editor.data.sections.map((section) => section.version).join(" ");
  if (editor.signsAsked === versions) return;
  editor.signsAsked = versions;
  const signs = await got(editor.data.addresses.signs, "no-cache").catch(() => null);
  if (editor.signsAsked !== versions) return; // meanwhile others were asked for
  if (!signs) { editor.signsAsked = ""; return; } // asked again after a while
  editor.signed = signs;
  editor.sections.draw();
}

// What waits since an earlier visit is looked at first.
function firstKey(editor, shown) {
  const waits = [...editor.box.clashed, ...editor.box.refused].map((item) => item.section);
  return shown.find((section) => waits.includes(section.key))?.key ?? shown[0]?.key ?? "";
}

// Of one section only the newest text waits for a choice; it builds on the others.
function keepNewestClashes(editor, clashed) {
  for (const item of clashed.filter((one) => one.act === "remove")) {
    editor.told = `“${editor.line(item.section)?.title ?? "The section"}” was changed meanwhile, so it was not taken out. Look at it, and take it out again if you still want to.`;
    editor.box.clashed = editor.box.clashed.filter((one) => one !== item && one.client_id !== item.client_id);
  }
  const newest = new Map(editor.box.clashed.map((item) => [item.section, item]));
  for (const [key, item] of newest) { const draft = editor.drafts.get(key); if (draft) Object.assign(item, { text: draft.text, title: draft.title }); }
  editor.box.clashed = [...newest.values()];
  editor.box.pending = editor.box.pending.filter((item) => item.act !== "write" || !newest.has(item.section));
  remember(editor.box);
}

async function fetchSection(editor) {
  const key = editor.key;
  const line = editor.line(key);
  if (!line || !line.version) { if (line) heard(editor, { ...line, mark: editor.draft()?.marks[0] ?? "", text: "", blocks: [], live: {}, guidance: "" }, ""); return; }
  const version = line.version;
  if (editor.fetched.get(key)?.version === version || editor.asked === `${key} ${version}`) return;
  editor.asked = `${key} ${version}`;
  const [section, error] = await got(editor.data.addresses.section + key, "no-cache").then((json) => [json, null], (failed) => [null, failed]);
  if (editor.asked !== `${key} ${version}`) return; // meanwhile another one was asked for
  editor.asked = "";
  editor.failed = error ? error.words || NOT_FETCHED : "";
  if (section) heard(editor, section, version);
  else editor.drawFrame();
}

function heard(editor, section, version) {
  const { key } = section;
  editor.fetched.set(key, { version, section });
  const waiting = [...editor.box.clashed, ...editor.box.refused, ...editor.box.pending].findLast((item) => item.section === key && item.act === "write");
  const draft = editor.drafts.get(key);
  if (!draft && waiting) editor.drafts.set(key, draftOf(waiting));
  else if (!draft || (isToBeReplaced(draft, section, editor.waits(key)) && !editor.unsaved(key))) editor.drafts.set(key, { ...newDraft(section), base: section.text });
  if (key === editor.key) editor.draw();
}

// ── the frame ────────────────────────────────────────────────────────────────────────────────────

function drawEditor(editor, root) {
  editor.root = root;
  editor.sections = sectionsView(editor);
  editor.text = textView(editor);
  editor.studies = studiesPanel({ fetchStudies: editor.fetchStudies, review: editor.review, find: (part) => sheet.querySelector(`[data-part="${CSS.escape(part)}"]`) });
  const sheet = make("div", { class: "scroll sheet-box", tabindex: "0", role: "region", "aria-label": "Preview" });
  const preview = make("section", { class: "pane preview-pane", "aria-label": "Preview" }, editor.studies.element, sheet);
  const parts = { sections: editor.sections.element, text: editor.text.element, preview };
  const told = make("p", { class: "refused", role: "alert", hidden: true });
  const late = make("p", { class: "trouble", role: "status", hidden: true });
  const saved = make("span", { class: "saved", role: "status" });
  const hints = make("span", { class: "small hints", text: "In the list: ↑ ↓ choose, Alt+↑ ↓ move, Enter write, Delete take out. In the text: Ctrl+S save, Alt+I insert." });
  const tabs = Object.entries(TABS).map(([name, text]) => button(text, () => editor.showTab(name), { role: "tab", data: { tab: name } }));
  const tabList = make("div", { class: "tabs report-tabs", role: "tablist", "aria-label": "Parts of the page" }, ...tabs);
  tabList.addEventListener("keydown", (event) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    const open = tabs.filter((tab) => !tab.hidden);
    const next = open[(open.findIndex((tab) => tab.dataset.tab === editor.tab) + by + open.length) % open.length];
    next.click();
    next.focus();
  });
  root.replaceChildren(late, told, tabList, make("div", { class: "panes" }, ...Object.values(parts)), make("div", { class: "foot" }, saved, hints));
  // Streamlit keeps C and R for itself; what is pressed here is meant for here.
  root.addEventListener("keydown", (event) => { if (!event.ctrlKey && !event.metaKey && event.key.length === 1) event.stopPropagation(); });
  let drawn = "";

  editor.showTab = (name) => { editor.tab = name; editor.place(); };
  editor.place = () => {
    const narrow = root.clientWidth > 0 && root.clientWidth < NARROW;
    root.classList.toggle("phone", narrow);
    tabList.hidden = !narrow;
    for (const tab of tabs) {
      const chosen = tab.dataset.tab === editor.tab;
      tab.hidden = tab.dataset.tab === "text" && !editor.mayEdit;
      tab.setAttribute("aria-selected", String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
    }
    for (const [name, part] of Object.entries(parts)) part.hidden = (narrow && name !== editor.tab) || (name === "text" && !editor.mayEdit);
  };
  editor.drawFrame = () => {
    const waits = editor.box.pending.length;
    const writing = editor.draft() && isUnsent(editor.draft()) && !clashOf(editor);
    const held = editor.box.clashed.length + editor.box.refused.length;
    setText(saved, !editor.mayEdit ? "" : waits || writing ? "Saving …" : held ? "Not all is saved" : "✓ All saved");
    for (const [part, words] of [[late, trouble(editor.box, editor.failed)], [told, editor.told]]) { setText(part, words); part.hidden = !words; }
    hints.hidden = !editor.mayEdit;
  };
  editor.draw = () => {
    editor.place();
    editor.sections.draw();
    editor.text.draw();
    drawPreview();
    editor.drawFrame();
  };
  editor.themeIsNow = () => {
    const theme = themeOf(root);
    if (theme === editor.theme) return;
    editor.theme = theme;
    drawPreview();
  };

  // Drawn anew only where something else is to be seen, so that scrolling and focus stay.
  function drawPreview() {
    const shown = editor.fetched.get(editor.key);
    const now = `${editor.key} ${shown?.version} ${editor.theme} ${editor.mayEdit}`;
    if (now === drawn) return;
    const same = drawn.startsWith(`${editor.key} `);
    const [top, focused] = [sheet.scrollTop, same ? sheet.getRootNode().activeElement?.dataset?.part : ""];
    drawn = now;
    if (!shown) { sheet.replaceChildren(make("p", { class: "told", role: "status", text: "The section is being fetched …" })); return; }
    sheet.replaceChildren(sectionPreview(shown.section, { open: (part, opener) => editor.studies.show(part, opener), seen: editor.mayEdit ? editor.seen : null, theme: editor.theme }));
    sheet.scrollTop = same ? top : 0;
    if (focused) sheet.querySelector(`[data-part="${CSS.escape(focused)}"]`)?.focus();
  }
  editor.theme = themeOf(root);
}

function listenAround(editor) {
  editor.leave();
  const save = () => editor.save();
  const onLeave = (event) => { save(); if (editor.box.pending.length) event.preventDefault(); };
  const onHide = () => { if (document.visibilityState === "hidden") save(); };
  const writes = () => Boolean(editor.draft() && isUnsent(editor.draft())) || editor.text.writes();
  const timer = setInterval(() => {
    flush(editor.box);
    fetchSection(editor);
    fetchSigns(editor);
    editor.themeIsNow();
    listen(editor.box, writes);
    editor.drawFrame();
  }, AGAIN_MS);
  const cover = new MutationObserver(() => { uncover(editor.box); editor.drawFrame(); });
  const size = new ResizeObserver(() => editor.place());
  cover.observe(document.body, { childList: true });
  size.observe(editor.root);
  window.addEventListener("beforeunload", onLeave);
  window.addEventListener("pagehide", save);
  document.addEventListener("visibilitychange", onHide);
  editor.leave = () => {
    clearInterval(timer);
    cover.disconnect();
    size.disconnect();
    window.removeEventListener("beforeunload", onLeave);
    window.removeEventListener("pagehide", save);
    document.removeEventListener("visibilitychange", onHide);
    editor.leave = () => {};
  };
}

/** "dark" or "light", as Streamlit has drawn the page. */
function themeOf(place) {
  const [red, green, blue] = (getComputedStyle(place).backgroundColor.match(/[\d.]+/g) ?? [255, 255, 255]).map(Number);
  return 0.299 * red + 0.587 * green + 0.114 * blue < 128 ? "dark" : "light"; // luma as in ITU-R BT.601
}
