// Part of the page of the report (see __init__.py): the text of a section as Markdown, with what keeps
// it from being saved.

import { activeElement, button, freshId, make, setText } from "../../coding/desk/dom.js";
import { insertPanel } from "./insert_panel.js";
import { withInserted } from "./writing.js";

/** @param editor with `draft()`, `typed()`, `save()`, `clash()`, `refusal()`, and what they need */
export function textView(editor) {
  const [titleId, textId] = [freshId("title"), freshId("text")];
  const title = make("input", { id: titleId, type: "text", class: "title-field", maxlength: "300", autocomplete: "off", dir: "auto" });
  const text = make("textarea", { id: textId, class: "text-field", spellcheck: "true", dir: "auto", "aria-keyshortcuts": "Control+S Alt+I" });
  const guidance = make("p", { class: "small guidance" });
  const notice = make("div", { class: "notices", role: "alert" });
  const panel = insertPanel({ ...editor.forInsert, insert, leaveInsert: () => { panel.hide(); text.focus(); } });
  const older = make("section", { class: "older", "aria-label": "Earlier texts", hidden: true });
  older.addEventListener("keydown", (event) => { if (event.key === "Escape") { event.stopPropagation(); leaveOlder(); } });
  const tools = make("div", { class: "text-tools", role: "toolbar", "aria-label": "Text" },
    button("Insert", () => panel.show(), { class: "small-button", title: "Put a live part at the cursor (Alt+I)", "aria-keyshortcuts": "Alt+I" }),
    button("Earlier texts", () => showOlder(), { class: "small-button" }),
    make("span", { class: "small", text: "Markdown: ## heading, **bold**, - list" }));
  const element = make("section", { class: "pane text-pane", "aria-label": "Text" }, tools, panel.element, older, notice,
    make("label", { class: "small", for: titleId, text: "Title" }), title, make("label", { class: "small", for: textId, text: "Text" }), text, guidance);
  let shownKey = null;
  let caret = null;

  title.addEventListener("input", () => { editor.draft().title = title.value; editor.typed(); });
  text.addEventListener("input", () => { editor.draft().text = text.value; editor.typed(); });
  for (const field of [title, text]) field.addEventListener("blur", () => editor.save());
  text.addEventListener("blur", () => { caret = [text.selectionStart, text.selectionEnd]; });
  element.addEventListener("keydown", (event) => {
    if (event.altKey && event.code === "KeyI") { event.preventDefault(); panel.show(); }
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") { event.preventDefault(); event.stopPropagation(); editor.save(); }
  });

  /** Shows the draft. What stands there already is not touched, so that the cursor stays. */
  function draw() {
    const draft = editor.draft();
    for (const field of [title, text]) field.disabled = !draft;
    if (draft?.key !== shownKey) {
      shownKey = draft?.key ?? null;
      caret = null;
      panel.hide();
      leaveOlder(false);
    }
    setValue(title, draft?.title ?? "");
    setValue(text, draft?.text ?? "");
    setText(guidance, editor.guidance());
    guidance.hidden = !guidance.textContent;
    drawNotices();
  }

  function setValue(field, value) {
    if (field.value === value) return;
    const hadFocus = activeElement(element) === field;
    const [start, end, top] = [field.selectionStart, field.selectionEnd, field.scrollTop];
    field.value = value;
    if (hadFocus) field.setSelectionRange(Math.min(start, value.length), Math.min(end, value.length));
    field.scrollTop = top;
  }

  function drawNotices() {
    const clash = editor.clash();
    const refusal = editor.refusal();
    const told = clash ? `clash ${clash.mark}` : refusal ? `refused ${refusal.client_id}` : "";
    if (notice.dataset.told === told) return;
    notice.dataset.told = told;
    notice.replaceChildren(...(clash ? clashNotice(clash) : refusal ? [make("p", { class: "refused" }, make("strong", { text: "Not saved. " }), refusal.why)] : []));
  }

  function clashNotice(clash) {
    return [make("div", { class: "clash" },
      make("p", {}, make("strong", { text: `${clash.by || "Somebody"} changed this section meanwhile (${clash.at} UTC). ` }), "What you wrote stands below and is not saved yet. There stands now:"),
      make("blockquote", { class: "theirs", tabindex: "0", dir: "auto" }, make("strong", { text: clash.title }), make("pre", { text: clash.text || "Nothing." })),
      make("div", { class: "buttons" },
        button("Join both", () => editor.resolve("both"), { class: "primary" }),
        button("Keep mine", () => editor.resolve("mine")),
        button("Take theirs", () => editor.resolve("theirs"))))];
  }

  function insert(part, alone) {
    const [start, end] = caret ?? [text.value.length, text.value.length];
    const made = withInserted(text.value, start, end, part, alone);
    panel.hide();
    editor.draft().text = made.text;
    text.value = made.text;
    text.focus();
    text.setSelectionRange(made.caret, made.caret);
    caret = [made.caret, made.caret];
    editor.save();
  }

  // ── earlier texts ──────────────────────────────────────────────────────────────────────────────

  async function showOlder() {
    const key = shownKey;
    older.hidden = false;
    const heading = make("h2", { text: "Earlier texts", tabindex: "-1" });
    const body = make("div", { class: "older-list" }, make("p", { class: "told", role: "status", text: "They are being fetched …" }));
    older.replaceChildren(make("div", { class: "head" }, heading, button("Close", () => leaveOlder(), { class: "small-button" })), body);
    heading.focus();
    const [found, error] = await editor.fetchHistory(key).then((json) => [json, null], (failed) => [null, failed]);
    if (key !== shownKey) return;
    if (error) { body.replaceChildren(make("p", { class: "fault", role: "alert", text: error.words || "They could not be fetched; close this and try again." })); return; }
    if (!found.rows.length) { body.replaceChildren(make("p", { class: "told", text: "Nobody has changed this section yet." })); return; }
    const list = make("ol", {}, ...points(key, found.rows, body));
    body.replaceChildren(list);
    offerOlder(key, found, list, body);
  }

  const points = (key, rows, body) => rows.map((row) => make("li", {}, make("span", { text: `${row.at} UTC, ${row.by}: ${row.removed ? "taken out" : row.length === null ? "the usual text" : `${row.length.toLocaleString("en")} characters`}` }), button("Look", () => look(key, row, body), { class: "small-button", "aria-label": `Look at the text of ${row.at} by ${row.by}` })));

  // The history can be long, so it comes in pieces; all of it can be reached.
  function offerOlder(key, found, list, body) {
    if (!found.older) return;
    const words = `Older texts (${found.older.toLocaleString("en")} more)`;
    const more = button(words, async () => {
      more.disabled = true;
      const [next, error] = await editor.fetchHistory(key, { before: found.rows.at(-1).id }).then((json) => [json, null], (failed) => [null, failed]);
      if (key !== shownKey || !more.isConnected) return;
      if (error) { more.disabled = false; more.before(make("p", { class: "fault", role: "alert", text: error.words || "They could not be fetched; try again." })); return; }
      const items = points(key, next.rows, body);
      list.append(...items);
      more.remove();
      offerOlder(key, next, list, body);
      items[0]?.querySelector("button").focus();
    }, { class: "small-button" });
    body.append(more);
  }

  async function look(key, row, body) {
    const [found, error] = await editor.fetchHistory(key, { row: row.id }).then((json) => [json, null], (failed) => [null, failed]);
    if (key !== shownKey) return;
    if (error) { body.append(make("p", { class: "fault", role: "alert", text: error.words || "It could not be fetched; try again." })); return; }
    const putBack = () => { Object.assign(editor.draft(), { title: found.title, text: found.text }); leaveOlder(); draw(); editor.save(); };
    const back = button("Put back", putBack, { class: "primary" });
    body.replaceChildren(make("p", { class: "small", text: `${row.at} UTC, ${row.by}` }), make("pre", { class: "theirs", tabindex: "0", dir: "auto", text: `${found.title}\n\n${found.text}` }), make("div", { class: "buttons" }, back, button("All earlier texts", () => showOlder())));
    back.focus();
  }

  function leaveOlder(focus = true) {
    if (older.hidden) return;
    older.hidden = true;
    if (focus) text.focus();
  }

  return { element, draw, focus: () => text.focus(), writes: () => [title, text].includes(activeElement(element)) };
}
