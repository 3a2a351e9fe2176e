// Part of the editor of schemes (see __init__.py): the scheme as the coding desk draws it. Answers can
// be tried, so that one sees what waits for them; nothing is kept.

import { applying, isAnswered, progressOf } from "../desk/answered.js";
import { make } from "../desk/dom.js";
import { questionView } from "../desk/question_view.js";
import { schemeFrom, studyQuestions } from "../desk/scheme.js";
import { applyItem, sheetFrom } from "../desk/sheet.js";

const NOBODY = { study: { id: 0 }, schemes: [], state: "draft", others: [], answers: [], findings: [], quotations: [], arms: [], time_points: [] };

/** @param editor see begin.js */
export function preview(editor) {
  const told = make("p", { class: "small told" });
  const questions = make("div", { class: "tried" });
  const element = make("div", { class: "scroll form-box", id: "scheme-preview", role: "tabpanel", "aria-label": "As the coder sees it", hidden: true }, told, questions);
  let drawn = null;
  let views = [];

  function update() {
    if (element.hidden) return;
    if (drawn !== editor.scheme) draw();
    show();
  }

  function draw() {
    drawn = editor.scheme;
    const scheme = schemeFrom({ ...drawn, scheme_id: 0, version_id: 0, retired: [] });
    const desk = deskToTry(scheme, show);
    views = [];
    questions.replaceChildren(...scheme.sections.map((section) => {
      const shown = section.questions.map((question) => {
        const view = questionView(desk, question);
        if (question.of === "finding") view.element.querySelector(".asked").append(make("span", { class: "small", text: "asked of each finding" }));
        view.update();
        views.push({ view, question, desk });
        return view.element;
      });
      return make("div", { class: "section" }, make("h3", { text: section.title }), section.help ? make("p", { class: "small", text: section.help }) : null, ...shown);
    }));
  }

  function show() {
    if (!views.length) return;
    const { desk } = views[0];
    const asked = applying(desk.scheme, desk.sheet);
    for (const { view, question } of views) {
      view.element.hidden = question.of === "study" && !asked.has(question.id);
      view.element.classList.toggle("current", question.id === editor.node.question);
      view.update();
    }
    told.textContent = toldOf(desk.scheme, desk.sheet, asked);
  }

  function toChosen() {
    views.find(({ question }) => question.id === editor.node.question)?.view.element.scrollIntoView({ block: "nearest" });
  }

  return { element, update, toChosen };
}

/** Whose questions are counted, and of what: a study that nobody coded yet, and what was tried in it.
 *  @param {Set<string>} asked ids of the questions that apply */
export function toldOf(scheme, sheet, asked) {
  const { open } = progressOf(scheme, sheet, asked);
  const waiting = studyQuestions(scheme).length - asked.size;
  const questions = open.length === 1 ? "1 question is open" : `${open.length} questions are open`;
  const more = !waiting ? "" : ` ${waiting === 1 ? "1 more is" : `${waiting} more are`} asked only after certain answers.`;
  return `An empty study to try the scheme on; what you answer here is not kept. ${questions} in it.${more}`;
}

// What the views of the desk ask of it, with an answer that goes nowhere.
function deskToTry(scheme, changed) {
  const sheet = sheetFrom({ ...NOBODY, scheme_id: 0, version_id: 0 });
  const nothing = () => {};
  const desk = {
    scheme, sheet, box: { pending: [], refused: [], clashed: [] }, notes: new Set(), typing: new Set(), composing: false, search: { text: "", target: null },
    act: new Proxy({}, { get: () => nothing }), isClosed: () => false, sayClosed: nothing, say: nothing, drawFrame: nothing,
    armLabel: () => "", wordFor: (edit, value) => String(value), answeredNow: (question) => isAnswered(sheet, question),
    write: (edit) => { applyItem(sheet, edit); changed(); return edit; },
    writeAll: (edits) => { for (const edit of edits) applyItem(sheet, edit); changed(); return edits; },
  };
  return desk;
}
