// Part of the coding desk (see __init__.py): fields that are written or chosen in. A field writes the
// one thing that it is about, when it was changed by hand; showing something never writes. Text that
// is being written is never replaced.

import { fieldOf } from "./sheet.js";
import { faultOf } from "./answered.js";
import { activeElement, button, freshId, make, setAttribute, setText } from "./dom.js";
import { addressOf, clashAt } from "./edits.js";

const PAUSE_MS = 600; // after the last key, what was written is kept

/** What stands under a field: a fault, why the server refused it, or what it clashes with.
 *  @param about gives the edit without `after` */
export function remarkOn(desk, about, { fault = () => "", name = () => "" } = {}) {
  const words = make("p", { class: "fault", id: freshId("fault"), hidden: true });
  const clash = make("div", { class: "clash", hidden: true, role: "group", "aria-label": "Two versions" });
  const update = () => {
    const edit = whole(desk, about());
    const refused = desk.box.refused.findLast((item) => addressOf(item) === addressOf(edit));
    const told = fault(String(fieldOf(desk.sheet, edit) ?? "")) || (refused ? `Not kept: ${refused.why}` : "");
    setText(words, told);
    words.hidden = !told;
    const open = clashAt(desk, addressOf(edit));
    clash.hidden = !open;
    const sign = open ? JSON.stringify([open.after, open.now]) : "";
    if (clash.dataset.sign === sign) return;
    clash.dataset.sign = sign;
    if (!open) return clash.replaceChildren();
    clash.replaceChildren(
      make("p", { text: `Somewhere else this was changed meanwhile${name() ? ` (${name()})` : ""}. Both are kept; which one counts?` }),
      make("p", {}, make("b", { text: "Here: " }), make("q", { text: desk.wordFor(edit, open.after) })),
      make("p", {}, make("b", { text: "There: " }), make("q", { text: desk.wordFor(edit, open.now) })),
      button("Keep mine", () => desk.act.endClash(addressOf(edit), true)),
      button("Take theirs", () => desk.act.endClash(addressOf(edit), false)),
    );
  };
  return { elements: [words, clash], words, update };
}

export function whole(desk, edit) {
  const { study, scheme_id, version_id } = desk.sheet;
  return { ...edit, study_id: study.id, scheme_id, version_id };
}

/** A text without line breaks at its end, which nobody means. */
export function withoutLastBreaks(text) {
  return text.replace(/\s*[\r\n]\s*$/u, "");
}

export const ENTER_HINT = "Enter goes on, Shift+Enter begins a new line";

/** A field for text. Where onEnter is given, Enter goes on and Shift+Enter begins a new line.
 *  @param about gives the edit without `after`
 *  @param options label, lines (more than one: a field that grows), fault, placeholder, onEnter;
 *    toText and fromText, where something else is kept than what is read */
export function textField(desk, about, { label, lines = 1, fault, placeholder = "", inputmode, list, onEnter, cls = "",
  toText = (value) => value, fromText = (text) => text }) {
  const input = make(lines > 1 ? "textarea" : "input", {
    class: cls, "aria-label": label, placeholder, inputmode, list, rows: lines > 1 ? 1 : null,
    type: lines > 1 ? null : "text", autocomplete: "off", spellcheck: lines > 1 ? null : "false", maxlength: "20000",
  });
  const remark = remarkOn(desk, about, { fault });
  input.setAttribute("aria-describedby", remark.words.id);
  let typed = false;
  let timer = 0;
  const field = {
    input,
    elements: [input, ...remark.elements],
    commit() {
      clearTimeout(timer);
      if (!typed) return;
      typed = false;
      desk.typing.delete(field);
      desk.write({ ...about(), after: fromText(withoutLastBreaks(input.value)) });
      desk.drawFrame();
    },
    update() {
      if (!typed) {
        const text = toText(String(fieldOf(desk.sheet, about()) ?? ""));
        const isWritten = activeElement(input) === input && withoutLastBreaks(input.value) === text; // a new line that was just begun
        if (input.value !== text && !isWritten) input.value = text;
        grow(input);
      }
      input.readOnly = desk.isClosed(about());
      remark.update();
      setAttribute(input, "aria-invalid", remark.words.hidden ? null : "true");
    },
  };
  input.addEventListener("input", () => {
    if (!typed) {
      typed = true;
      desk.typing.add(field);
      desk.drawFrame();
    }
    grow(input);
    clearTimeout(timer);
    timer = setTimeout(() => { if (!desk.composing) field.commit(); }, PAUSE_MS);
  });
  input.addEventListener("change", () => field.commit());
  input.addEventListener("blur", () => { field.commit(); field.update(); });
  input.addEventListener("compositionstart", () => { desk.composing = true; });
  input.addEventListener("compositionend", () => { desk.composing = false; });
  input.addEventListener("keydown", (event) => {
    const isNewLine = lines > 1 && !(event.ctrlKey || event.metaKey) && (event.shiftKey || !onEnter);
    if (event.key !== "Enter" || event.isComposing || isNewLine) return;
    field.commit();
    if (!onEnter) return;
    event.preventDefault();
    event.stopPropagation();
    onEnter();
  });
  field.update();
  return field;
}

// A field of several lines is as high as its text.
function grow(input) {
  if (input.tagName !== "TEXTAREA") return;
  const lines = input.value.split("\n").reduce((all, line) => all + Math.max(1, Math.ceil(line.length / 60)), 0);
  input.rows = Math.min(14, Math.max(1, lines));
}

/** A list of a few to choose one from, with nothing chosen as the first.
 *  @param choices [value, word] pairs, or a function that gives them; toCode gives what a stored value
 *    counts as */
export function choiceField(desk, about, { label, choices, empty = "–", fault, toCode = (code) => code }) {
  const input = make("select", { "aria-label": label });
  const remark = remarkOn(desk, about, { fault });
  const known = () => (typeof choices === "function" ? choices() : choices);
  input.addEventListener("change", () => {
    if (desk.isClosed(about())) { desk.sayClosed(); field.update(); return; }
    desk.write({ ...about(), after: input.value });
  });
  const field = {
    input,
    elements: [input, ...remark.elements],
    commit() {},
    update() {
      const now = toCode(String(fieldOf(desk.sheet, about()) ?? ""));
      const pairs = [["", empty], ...known()];
      if (now && !pairs.some(([value]) => value === now)) pairs.push([now, now]);
      const sign = JSON.stringify(pairs);
      if (input.dataset.sign !== sign) {
        input.dataset.sign = sign;
        input.replaceChildren(...pairs.map(([value, text]) => make("option", { value, text })));
      }
      if (input.value !== now) input.value = now;
      setAttribute(input, "aria-disabled", desk.isClosed(about()) ? "true" : null);
      remark.update();
    },
  };
  field.update();
  return field;
}

/** A field with its label over it. */
export function labelled(label, field, cls = "") {
  const id = freshId("field");
  field.input.id = id;
  field.input.removeAttribute("aria-label");
  return make("div", { class: `labelled ${cls}` }, make("label", { for: id, text: label }), ...field.elements);
}

/** Everything that is being written anywhere becomes items now. */
export function commitAll(desk) {
  for (const field of [...desk.typing]) field.commit();
}

/** What is wrong with what was written as an answer, to stand below it. */
export function answerFault(question) {
  return (text) => faultOf(question, text);
}

