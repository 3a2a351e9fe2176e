// Part of the reconciling page (see __init__.py): where another answer or finding is written, with the
// question's own control, and a note on why.

import { choiceView, isFew } from "../desk/choice_view.js";
import { button, keyHint, make } from "../desk/dom.js";
import { answerFault, commitAll, textField } from "../desk/fields.js";
import { findingDetails } from "../desk/finding_fields.js";
import { treeView } from "../desk/tree_view.js";
import { beginning, rowsOf, saidOn, scratchFor } from "./scratch.js";

/** @typedef {{element: HTMLElement, focus: () => void, tick: (number: number) => boolean, agree: () => void, written: () => any}} Writing
 *   written: what stands there, to begin with it again */

/** Another answer to a question.
 *  @param agree takes what is said and the note
 *  @param begun what was written before; null where nothing was
 *  @returns {Writing} */
export function otherAnswer(desk, item, titleId, agree, begun = null) {
  const question = desk.scheme.questions.get(item.question);
  const scratch = scratchFor(desk, { answers: rowsOf(item, begun?.said ?? beginning(item)) }, () => control.update());
  const control = controlFor(scratch, question, item.arm, titleId);
  const note = noteField("Note: why this answer", begun?.note ?? item.chosen?.note ?? "");
  const written = () => { commitAll(scratch); return { said: saidOn(scratch.sheet, item), note: note.value }; };
  const said = () => agree(written().said, note.value);
  return { written, element: editor(desk, "Another answer", [control.element, note], said), focus: control.focus, tick: control.tick, agree: said };
}

function controlFor(scratch, question, arm, titleId) {
  if (!question.options.length) {
    const field = textField(scratch, () => ({ kind: "answer", question: question.id, code: "", arm, field: "value" }),
      { label: question.text, lines: question.kind === "text" ? 2 : 1, fault: answerFault(question), cls: question.kind === "text" ? "" : "short", onEnter: question.kind === "text" ? null : () => scratch.act.next_open() });
    return { element: make("div", {}, ...field.elements), update: field.update, focus: () => field.input.focus(), tick: () => false };
  }
  const view = isFew(question) ? choiceView(scratch, question, arm, titleId) : treeView(scratch, question, arm);
  const search = isFew(question) ? null : make("input", { type: "search", class: "search", placeholder: "Find codes", "aria-label": `Find codes: ${question.text}`, autocomplete: "off",
    on: { input: () => view.setSearch(search.value.trim()), keydown: (event) => { if (event.key === "Enter" && view.digits()[0]) { view.tick(view.digits()[0]); event.stopPropagation(); event.preventDefault(); } } } });
  const tick = (number) => { const id = view.digits()[number - 1]; if (id) { view.tick(id); view.focusRow(id); } return Boolean(id); };
  view.update();
  const first = () => search ?? view.element.querySelector("input:checked, input:not(:disabled)") ?? view.element;
  return { element: make("div", { class: "codes scroll" }, search, view.element), update: view.update, focus: () => first().focus(), tick };
}

/** Another finding than any of a group.
 *  @param agree takes the fields and the note
 *  @returns {Writing} */
export function otherFinding(desk, group, agree, begun = null) {
  const uid = "agreed";
  const fields = begun?.fields ?? group.now ?? group.members[0].fields;
  const answers = desk.sheet.items.flatMap((item) => rowsOf(item, item.chosen ? item.now : { codes: [], value: "" }));
  const scratch = scratchFor(desk, { answers, findings: [{ uid, position: 1, fields: { ...fields } }] }, () => details.update(1));
  const details = findingDetails(scratch, uid, false);
  details.update(1);
  const note = noteField("Note: why this finding", begun?.note ?? group.chosen?.note ?? "");
  const written = () => {
    commitAll(scratch);
    const all = Object.entries(scratch.sheet.findings.get(uid).fields);
    return { fields: Object.fromEntries(all.filter(([, text]) => text.trim())), note: note.value };
  };
  const said = () => agree(written().fields, note.value);
  return { written, element: editor(desk, "Another finding", [details.element, note], said), focus: () => details.focus(group.differing[0] ?? "outcome"), tick: () => false, agree: said };
}

/** A word on why: for a finding that is dropped, or a choice.
 *  @returns {Writing} */
export function wordView(desk, { label, text, verb }, agree) {
  const note = noteField(label, text);
  const said = () => agree(note.value);
  note.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    said();
  });
  return { written: () => ({ note: note.value }), element: editor(desk, label, [note], said, verb), focus: () => note.focus(), tick: () => false, agree: said };
}

/** Which finding is the same as one of a group.
 *  @returns {Writing} */
export function pairView(desk, names, agree) {
  const list = make("select", { "aria-label": "The same finding" }, ...names.map(({ key, name }) => make("option", { value: key, text: name })));
  const said = () => agree(list.value);
  return { written: () => null, element: editor(desk, "The same finding as", [list], said, "They are one"), focus: () => list.focus(), tick: () => false, agree: said };
}

function noteField(label, text) {
  const field = make("textarea", { rows: "2", "aria-label": label, placeholder: label, class: "note", maxlength: "20000" });
  field.value = text;
  return field;
}

function editor(desk, label, elements, said, verb = "Agree on this") {
  return make("div", { class: "writing", role: "group", "aria-label": label },
    make("p", { class: "small", text: label }), ...elements,
    make("p", { class: "acts" }, button(verb, said, { class: "primary", "aria-keyshortcuts": "Control+Enter" }, keyHint("Ctrl+Enter")), button("Cancel", () => desk.act.cancel(), {}, keyHint("Esc"))));
}
