// Part of the coding desk (see __init__.py): one question with its answer, its notes and quotations;
// where the scheme says so, once for each arm.

import { arrange, button, freshId, keyHint, keyed, make, setAttribute, setText } from "./dom.js";
import { choiceView, isFew } from "./choice_view.js";
import { ENTER_HINT, answerFault, remarkOn, textField } from "./fields.js";
import { historyView } from "./history_view.js";
import { isNoted, judgementOf } from "./judgement.js";
import { keyName } from "./keys.js";
import { isOn } from "./quotations.js";
import { ONE, codeNow, labelOf } from "./scheme.js";
import { answerAt, askedArms, chosenCodes } from "./sheet.js";
import { treeView } from "./tree_view.js";

const WIDE = { number: "decimal", date: "numeric" };

export function questionView(desk, question) {
  const title = make("h4", { id: freshId("question"), text: question.text });
  const help = make("div", { class: "help", hidden: true, id: freshId("help") });
  const helpButton = question.help ? button("?", () => toggleHelp(), { class: "mini", "aria-label": `Help: ${question.text}`, "aria-expanded": "false", "aria-controls": help.id }) : null;
  const blocks = make("div", {});
  const copied = copiedView(desk, question);
  const history = historyView(desk, { question: question.id }, question.text, () => element);
  const element = make("section", { class: "question", tabindex: "-1", role: "group", "aria-labelledby": title.id, data: { question: question.id } },
    make("div", { class: "asked" }, title,
      question.unit ? make("span", { class: "unit", text: question.unit }) : null,
      question.required ? make("span", { class: "required", text: "required" }) : null, question.critical ? make("span", { class: "small", text: "critical item" }) : null, question.needs_reason ? make("span", { class: "small", text: "with its reason" }) : null, question.kind === "text" ? make("span", { class: "small enter-hint", text: ENTER_HINT, "aria-hidden": "true" }) : null, helpButton,
      button("✎", () => desk.act.note(question.id), { class: "mini", title: "Note", "aria-label": `Note: ${question.text}` }), history.opener),
    help, copied.element, blocks, history.element);
  const known = new Map();
  let shown = [];
  setText(help, question.help);

  function toggleHelp(text = question.help) {
    const opens = help.hidden || help.textContent !== text;
    setText(help, text);
    help.hidden = !opens;
    helpButton?.setAttribute("aria-expanded", String(opens));
  }

  function update() {
    const arms = askedArms(desk.sheet, question);
    shown = keyed(known, arms.map((arm) => ({ key: arm })), ({ key }) => blockView(desk, question, key, title.id));
    for (const block of shown) block.update(question.per_arm && (arms.length > 1 || arms[0] !== ""));
    arrange(blocks, shown.map((block) => block.element));
    element.classList.toggle("answered", desk.answeredNow(question));
    copied.update();
    setAttribute(element, "aria-describedby", copied.element.hidden ? null : copied.words.id);
    history.update(desk.sheet.answers.has(question.id));
  }

  return { element, question, update, toggleHelp, history, blocks: () => shown, blockOf: (arm) => shown.find((block) => block.arm === arm) ?? shown[0] };
}

// From which study an answer was copied, until it is changed or confirmed.
function copiedView(desk, question) {
  const words = make("span", { id: freshId("copied") });
  const element = make("p", { class: "copied small", hidden: true }, words, " ",
    button("It holds here", () => desk.act.confirm(question.id), { class: "small-button", "aria-label": `It holds here: ${question.text}` }));

  function update() {
    const study = desk.sheet.copied.get(question.id);
    element.hidden = study === undefined;
    if (study !== undefined) setText(words, `Copied from “${study.length > 100 ? study.slice(0, 98) + "…" : study}”, and not looked at since.`);
  }

  return { element, words, update };
}

// What follows by the rule of the scheme, with its reason; it is never taken by itself.
function judgementView(desk, question, arm) {
  const words = make("span", {});
  const key = keyHint("");
  const label = make("span", {});
  const take = button("", () => desk.act.take_proposal(question.id, arm), { class: "small-button" }, label, key);
  const element = make("p", { class: "judgement small" }, words, " ", take);

  function update() {
    const told = judgementOf(desk.scheme, desk.sheet, question, arm);
    setText(words, told.text);
    element.classList.toggle("differs", told.differs);
    take.hidden = !told.take;
    if (!told.take) return;
    setText(label, `Take “${labelOf(desk.scheme, question.id, told.take)}”`);
    setText(key, keyName(desk.data.keys.take_proposal ?? ""));
    setAttribute(take, "aria-keyshortcuts", desk.data.keys.take_proposal);
  }

  return { element, update };
}

function blockView(desk, question, arm, titleId) {
  const armTitle = make("h5", { hidden: true, id: freshId("arm") });
  const names = `${titleId} ${armTitle.id}`;
  const answer = answerView(desk, question, arm, names);
  const remark = remarkOn(desk, () => ({ kind: "answer", question: question.id, code: "", arm, field: "choice" }));
  const remarks = make("div", { class: "remarks" });
  const judged = question.rule ? judgementView(desk, question, question.per_arm ? arm : undefined) : null;
  const known = new Map();
  const element = make("div", { class: "block", data: { arm } }, armTitle, answer.element, ...(ONE.has(question.kind) ? remark.elements : []), remarks, judged?.element);

  function update(perArm) {
    armTitle.hidden = !perArm;
    setText(armTitle, arm ? desk.armLabel(arm) : "The whole study");
    answer.update();
    if (ONE.has(question.kind)) remark.update();
    judged?.update();
    const codes = remarkedCodes(desk, question, arm);
    const views = keyed(known, codes.map((code) => ({ key: code })), ({ key }) => remarksView(desk, question, key, arm));
    for (const view of views) view.update();
    arrange(remarks, views.map((view) => view.element));
  }

  return { element, arm, answer, update, noteOf: (code) => known.get(code)?.note };
}

function answerView(desk, question, arm, names) {
  if (question.options.length) return isFew(question) ? choiceView(desk, question, arm, names) : treeView(desk, question, arm);
  const field = textField(desk, () => ({ kind: "answer", question: question.id, code: "", arm, field: "value" }), {
    label: arm ? `${question.text} ${desk.armLabel(arm)}` : question.text, lines: question.kind === "text" ? 2 : 1, inputmode: WIDE[question.kind], fault: answerFault(question),
    placeholder: { date: "2006-03-14", text: ENTER_HINT }[question.kind] ?? "", cls: question.kind === "text" ? "" : "short", onEnter: () => desk.act.next_open(question.id, arm),
  });
  return { element: make("div", {}, ...field.elements), field, update: field.update, hits: 0, rows: () => [], digits: () => [],
    tick() {}, tickBelow() {}, toggle() {}, setSearch() {}, forget() {}, focusRow: () => field.input.focus() };
}

// Codes with a note or a quotation, and where a note was just begun; "" is the question itself.
function remarkedCodes(desk, question, arm) {
  const codes = new Set();
  for (const row of desk.sheet.answers.get(question.id)?.values() ?? []) if (row.arm === arm && row.note) codes.add(row.code);
  for (const { on } of desk.sheet.quotations.values()) if (on.question === question.id && (on.arm ?? "") === arm) codes.add(on.code ?? "");
  const wants = question.needs_reason && (chosenCodes(desk.sheet, question.id, arm).length || answerAt(desk.sheet, question.id, "", arm)?.value);
  if (wants && !isNoted(desk.sheet, question.id, arm)) codes.add(""); // the reason is asked for at once
  for (const begun of desk.notes) if (begun.question === question.id && begun.arm === arm) codes.add(begun.code);
  const order = ["", ...(desk.scheme.places.get(question.id)?.keys() ?? [])];
  const place = (code) => order.indexOf(codeNow(desk.scheme, question.id, code));
  return [...codes].sort((a, b) => place(a) - place(b));
}

function remarksView(desk, question, code, arm) {
  const now = codeNow(desk.scheme, question.id, code);
  const label = labelOf(desk.scheme, question.id, now);
  const name = code ? (now === code ? label : `${label} (was: ${labelOf(desk.scheme, question.id, code)})`) : "";
  const on = { question: question.id, code, arm };
  const note = textField(desk, () => ({ kind: "answer", ...on, field: "note" }), { label: `Note${name ? ` on ${name}` : ""}: ${question.text}${arm ? ` (${desk.armLabel(arm)})` : ""}`, lines: 2, placeholder: `Note (${ENTER_HINT})`, cls: "note", onEnter: () => desk.act.next_open(question.id) });
  const quotes = make("ul", { class: "quotes" });
  const element = make("div", { class: "remark", data: { code } }, name ? make("span", { class: "small", text: name }) : null, quotes, ...note.elements);
  const begun = () => [...desk.notes].some((one) => one.question === question.id && one.arm === arm && one.code === code);

  function update() {
    note.update();
    note.input.hidden = !(note.input.value || begun() || (!code && question.needs_reason));
    showQuotes(desk, quotes, on);
  }

  return { element, note, update };
}

/** The quotations of an answer or finding, each with a way to its place and a way off. */
export function showQuotes(desk, list, on) {
  const own = [...desk.sheet.quotations.values()].filter((quoted) => isOn(quoted, on));
  const sign = JSON.stringify(own);
  if (list.dataset.sign === sign) return;
  list.dataset.sign = sign;
  list.replaceChildren(...own.map((quoted) => make("li", {},
    button(`“${shortened(quoted.exact)}”${quoted.page ? ` p. ${quoted.page}` : ""}`, () => desk.act.openQuotation(quoted.uid), { class: "quote", "aria-label": `Go to the quotation: ${shortened(quoted.exact)}` }),
    button("×", () => desk.act.removeQuotation(quoted.uid), { class: "mini", "aria-label": `Take away the quotation: ${shortened(quoted.exact)}` }))));
}

/** A quotation as it is listed. */
export function shortened(text) {
  const words = text.replace(/\u00ad/g, "").replace(/\s+/g, " ");
  return words.length > 160 ? words.slice(0, 158) + "…" : words;
}
