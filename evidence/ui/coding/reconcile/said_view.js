// Part of the reconciling page (see __init__.py): what a coding says, in words, to read.

import { button, make } from "../desk/dom.js";
import { findingWord } from "../desk/history.js";
import { shortened } from "../desk/question_view.js";
import { labelOf, pathOf } from "../desk/scheme.js";

const LONG = 60; // characters of a text that is read as prose

/** What a coding says to a question: codes, a value, notes and quotations.
 *  @param disputed codes that not all have */
export function saidView(desk, item, said, disputed = new Set()) {
  const question = desk.scheme.questions.get(item.question);
  const name = (code) => (question?.kind === "tree" ? pathOf : labelOf)(desk.scheme, item.question, code);
  const notes = Object.entries(said.notes).map(([code, text]) => noteView(code ? `${name(code)}: ` : "", text));
  const empty = !said.codes.length && !said.value.trim();
  return make("div", { class: "what" },
    said.codes.length ? make("ul", { class: "codes-said" }, ...said.codes.map((code) => make("li", { class: disputed.has(code) ? "disputed" : "", text: name(code), dir: "auto" }))) : null,
    said.value.trim() ? make("p", { class: said.value.length > LONG ? "value long" : "value", dir: "auto", text: said.value + (question?.unit ? ` ${question.unit}` : "") }) : null,
    empty ? make("p", { class: "small", text: "No answer" }) : null,
    ...notes, quotesOf(desk, said.quotations));
}

export function noteView(before, text) {
  return make("p", { class: "noted" }, make("span", { class: "small", text: "Note " }), make("bdi", { text: `${before}${text}` }));
}

export function quotesOf(desk, quotations) {
  if (!quotations?.length) return null;
  return make("ul", { class: "quotes" }, ...quotations.map((quoted) => make("li", {},
    button(`“${shortened(quoted.exact)}”${quoted.page ? ` p. ${quoted.page}` : ""}`, () => desk.act.openQuotation(quoted.uid), { class: "quote", "aria-label": `Go to the quotation: ${shortened(quoted.exact)}` }))));
}

/** A field of a finding in words; "–" where nothing stands. */
export function fieldText(desk, field, value) {
  return value?.trim() ? findingWord(desk.scheme, desk.sheet, { field }, value) : "–";
}
