// Part of the editor of schemes (see __init__.py): fields of what is chosen. A field sends what was
// changed in it by hand and nothing else; what the server refuses stays in its field with the reason.

import { freshId, make, setAttribute, setText } from "../desk/dom.js";
import { newId } from "../../shell/outbox.js";
import { flat } from "./outline.js";

const TYPING_MS = 600; // after the last key, what was typed is sent
const MANY_CODES = 20; // more have a search
const MOST_CODES = 300; // that are listed at once

/** A line or some lines of text.
 *  @param at {node, field, label}; lines, hint, value: of the part as it is kept */
export function wordsField(editor, { node, field, label, value, lines = 1, hint = "", wide = true }) {
  const id = freshId("words");
  const input = make(lines > 1 ? "textarea" : "input", { id, rows: lines > 1 ? lines : null, type: lines > 1 ? null : "text", autocomplete: "off", maxlength: lines > 1 ? "4000" : "2000", data: { field }, readonly: !editor.mayEdit });
  const told = make("p", { class: "fault", id: freshId("told"), role: "status", hidden: true });
  input.setAttribute("aria-describedby", told.id);
  let run = "";
  let timer = 0;
  const view = {
    element: make("div", { class: `labelled${wide ? " wide" : ""}` }, make("label", { for: id, text: label }), input, hint ? make("p", { class: "small", text: hint }) : null, told),
    commit() {
      clearTimeout(timer);
      if (!run || input.value === view.sent) return;
      view.sent = input.value;
      editor.setField(node, field, input.value, run);
    },
    update(now) {
      const refused = editor.refusedField(node, field);
      if (!run) {
        const shown = refused ? String(refused.value) : editor.pendingField(node, field) ?? now;
        if (input.value !== shown) input.value = shown;
      }
      setText(told, refused ? `Not kept: ${refused.why}` : "");
      told.hidden = !refused;
      setAttribute(input, "aria-invalid", refused ? "true" : null);
    },
  };
  input.addEventListener("input", () => {
    run ||= newId();
    editor.writing.add(view);
    clearTimeout(timer);
    timer = setTimeout(() => { if (!view.composing) view.commit(); }, TYPING_MS);
  });
  input.addEventListener("compositionstart", () => { view.composing = true; });
  input.addEventListener("compositionend", () => { view.composing = false; });
  const over = () => { view.commit(); run = ""; view.sent = undefined; editor.writing.delete(view); };
  input.addEventListener("change", over);
  input.addEventListener("blur", over);
  view.update(value);
  return view;
}

/** One of a few words. */
export function wordChoice(editor, { label, choices, value, act }) {
  const id = freshId("choice");
  const input = make("select", { id, disabled: !editor.mayEdit, on: { change: () => act(input.value, input) } }, ...choices.map(([one, text]) => make("option", { value: one, text })));
  input.value = value;
  return { input, element: make("div", { class: "labelled" }, make("label", { for: id, text: label }), input), update(now) { if (input.value !== now && document.activeElement !== input) input.value = now; } };
}

export function tick(editor, { label, on, act, hint = "" }) {
  const input = make("input", { type: "checkbox", checked: on, disabled: !editor.mayEdit, on: { change: () => act(input.checked) } });
  return make("div", { class: "tick" }, make("label", {}, input, make("span", { text: label })), hint ? make("p", { class: "small", text: hint }) : null);
}

/** Codes of which some are ticked; many have a search.
 *  @param pairs [id, label] each
 *  @param act what is told all that are ticked, in their order */
export function ticks(editor, { legend, pairs, ticked, act }) {
  const now = new Set(ticked);
  const rows = make("div", { class: "ticks" });
  const search = make("input", { type: "search", placeholder: "Find codes", "aria-label": `Find codes: ${legend}`, on: { input: () => draw() } });
  const draw = () => {
    const words = search.value.trim().toLowerCase();
    const shown = pairs.filter(([id, label]) => now.has(id) || label.toLowerCase().includes(words));
    rows.replaceChildren(...shown.slice(0, MOST_CODES).map(([id, label]) => tick(editor, { label, on: now.has(id), act: (on) => {
      if (on) now.add(id); else now.delete(id);
      act(pairs.map(([one]) => one).filter((one) => now.has(one)));
    } })), ...(shown.length > MOST_CODES ? [make("p", { class: "small", text: `${shown.length - MOST_CODES} more; search for them.` })] : []));
  };
  draw();
  return make("fieldset", { class: "wide" }, make("legend", { text: legend }), pairs.length > MANY_CODES ? search : null, rows);
}

export function pairsOf(question) {
  return flat(question.options).map((option) => [option.id, option.label]);
}

