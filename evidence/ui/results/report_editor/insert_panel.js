// Part of the page of the report (see __init__.py): the list of all live parts, and what one is asked.

import { button, freshId, make, setText } from "../../coding/desk/dom.js";
import { partOf, written } from "./writing.js";

const KINDS = { number: "Numbers", sentence: "Sentences", table: "Tables", figure: "Figures", list: "Lists" };
const RESULTS = { contrast: "Type of contrast", intervention: "Intervention", outcome: "Outcome", measure: "Measure", scheme: "Scheme", service: "Service", part: "Part" };
const OF_TWO = new Set(["crosstab", "crosstab-figure", "characteristics"]); // which count by several questions
const ASK_MS = 300;
const ALONE = new Set(["table", "figure", "list"]);

/** @param editor with `fetchParts()`, `fetchWords(part)`, `insert(text, alone)` and `leaveInsert()` */
export function insertPanel(editor) {
  const search = make("input", { type: "search", placeholder: "Find", "aria-label": "Find a live part", autocomplete: "off", on: { input: () => list() } });
  const listed = make("div", { class: "part-list", role: "group", "aria-label": "Live parts" });
  const form = make("div", { class: "part-form" });
  const element = make("section", { class: "insert", "aria-label": "Insert a live part", hidden: true },
    make("div", { class: "head" }, make("h2", { text: "Insert" }), search, button("Close", () => editor.leaveInsert(), { class: "small-button" })), listed, form);
  let all = null;
  let chosen = null;
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    if (chosen) back(); else editor.leaveInsert();
  });

  async function show() {
    element.hidden = false;
    chosen = null;
    form.replaceChildren();
    search.value = "";
    if (!all) setListed(make("p", { class: "told", role: "status", text: "The list is being fetched …" }));
    search.focus();
    try { all = await editor.fetchParts(); } catch (error) { setListed(make("p", { class: "fault", role: "alert", text: error.words || "The list could not be fetched; close it and try again." })); return; }
    list();
  }

  function setListed(...nodes) { listed.hidden = false; search.hidden = false; listed.replaceChildren(...nodes); }

  function list() {
    if (!all) return;
    const wanted = search.value.trim().toLowerCase();
    const groups = Object.entries(KINDS).map(([kind, title]) => {
      const parts = all.parts.filter((part) => part.kind === kind && `${part.title} ${part.name}`.toLowerCase().includes(wanted));
      if (!parts.length) return null;
      const buttons = parts.map((part) => make("li", {}, button(part.title, () => choose(part), { class: "part", data: { part: part.name } })));
      return make("div", {}, make("h3", { text: title }), make("ul", {}, ...buttons));
    }).filter(Boolean);
    setListed(...(groups.length ? groups : [make("p", { class: "told", text: "No live part has these words." })]));
  }

  function choose(part) {
    if (!part.takes.length && !part.chooses.length) { editor.insert(written(part.name), ALONE.has(part.kind)); return; }
    chosen = part;
    listed.hidden = true;
    search.hidden = true;
    drawForm(part);
    form.querySelector("select, input, button")?.focus();
  }

  function back() {
    const name = chosen?.name;
    chosen = null;
    form.replaceChildren();
    listed.hidden = false;
    search.hidden = false;
    listed.querySelector(`[data-part="${name}"]`)?.focus();
  }

  function drawForm(part) {
    const takes = new Set(part.takes);
    const token = make("code", { class: "token" });
    const says = make("p", { class: "says", role: "status", dir: "auto" });
    const questions = (none) => [["", none], ...all.questions.map((question) => [question.id, question.title])];
    const by = takes.has("by") ? [choice("Counted by", questions("Choose a question")), ...(OF_TWO.has(part.name) ? [choice("and by", questions("no other question"))] : [])] : [];
    const results = part.chooses.map((name) => [name, choice(RESULTS[name], [["", "Choose, where there are several"], ...(all.choices[name] ?? []).map((one) => [one.id, one.label])])]);
    const noun = takes.has("as") ? field("These studies are called (empty for the usual words)") : null;
    const codes = takes.has("of") ? codesChoice(all.questions) : null;
    const now = () => partOf({ name: part.name, by: by.map((one) => one.value()), codes: codes?.value(), results: results.map(([name, one]) => [name, one.value()]), noun: noun?.value() });
    let asked = 0;
    const update = () => {
      setText(token, written(now()));
      clearTimeout(asked);
      asked = setTimeout(ask, ASK_MS);
    };
    const ask = async () => {
      const wanted = now();
      const found = await editor.fetchWords(wanted).catch(() => null);
      if (chosen !== part || now() !== wanted || !found) return;
      says.classList.toggle("fault", Boolean(found.why));
      setText(says, found.why || found.says);
    };
    form.replaceChildren(make("h3", { text: part.title }), ...[...by, codes, ...results.map(([, one]) => one), noun].filter(Boolean).map((one) => one.element), make("p", {}, "It is written as ", token, " and says now:"), says,
      make("div", { class: "buttons" }, button("Insert", () => editor.insert(written(now()), ALONE.has(part.kind)), { class: "primary" }), button("Back", back)));
    form.oninput = update;
    form.onchange = update;
    setText(token, written(now()));
    ask();
  }

  return { element, show, hide: () => { element.hidden = true; }, isOpen: () => !element.hidden };
}

function choice(label, options) {
  const id = freshId("choice");
  const select = make("select", { id }, ...options.map(([value, text]) => make("option", { value, text })));
  return { element: make("div", { class: "labelled" }, make("label", { for: id, text: label }), select), value: () => select.value, focus: () => select.focus(), select };
}

function field(label) {
  const id = freshId("field");
  const input = make("input", { id, type: "text", maxlength: "80", autocomplete: "off" });
  return { element: make("div", { class: "labelled" }, make("label", { for: id, text: label }), input), value: () => input.value.replace(/[{}]/g, "") };
}

// Which studies it is about: up to three codes, which they all have.
function codesChoice(questions) {
  const rows = [];
  const box = make("div", { class: "codes" });
  const add = () => {
    const question = choice(rows.length ? "… that also have in" : "Only studies that have in", [["", rows.length ? "no other question" : "all studies"], ...questions.map((one) => [one.id, one.title])]);
    const code = choice("the code", []);
    const codes = () => {
      const found = questions.find((one) => one.id === question.select.value);
      code.select.replaceChildren(...(found?.codes ?? []).map((one) => make("option", { value: one.id, text: one.label })));
      code.element.hidden = !found;
      if (found && rows.at(-1)?.question === question && rows.length < 3) add();
    };
    question.select.addEventListener("change", codes);
    rows.push({ question, code });
    box.append(make("div", { class: "beside" }, question.element, code.element));
    codes();
  };
  add();
  return { element: box, value: () => rows.map((row) => [row.question.value(), row.code.value()]) };
}
