// Part of the editor of schemes (see __init__.py): what is chosen, field by field; adding a question
// or a section; merging.

import { activeElement, button, freshId, make } from "../desk/dom.js";
import { pairsOf, tick, ticks, wordChoice, wordsField } from "./form_fields.js";
import { codesOnAxis, hasCodes, keyOfNode, mayRule, mayWaitFor } from "./outline.js";
import { isFixed, kindWord } from "./outline_view.js";

const KINDS = [["one of", "one of some codes"], ["many of", "any number of codes"], ["tree", "a tree of codes"], ["yes/no", "yes or no"], ["number", "a number"], ["text", "words"], ["date", "a date"]];
const PURPOSES = ["screening", "coding", "appraisal", "practice", "monitoring"].map((word) => [word, word]);
const JUDGES = [["study", "a study"], ["finding", "a finding"], ["review", "a review"], ["practice", "a service"]];
const ROLES = ["primary study", "review", "ongoing", "low weight", "high quality", "some concerns", "low quality", "no information", "met", "partly met", "not met", "not applicable", "one group"];
const TAKES = [["lowest", "the worst of them"], ["median", "the one in the middle; between two the worse"], ["median up to first", "the middle, but never better than the first"], ["by hand", "nothing: by hand, with a reason"]];
const AXIS_WORDS = [["", "no"], ["intervention", "what was done (interventions)"], ["outcome", "what was measured (outcomes)"], ["contrast", "what was compared (contrasts)"]];

/** @param editor see begin.js */
export function partForm(editor) {
  const body = make("div", { class: "form" });
  const element = make("div", { class: "scroll form-box", id: "scheme-change", role: "tabpanel", "aria-label": "Change" }, body);
  let fields = [];
  let drawn = "";
  let asking = ""; // which part of the form waits for more: a kind without its codes, a condition without codes
  let begun = {};

  /** Draws the form anew where another part is chosen or its kind is another; else only its values. */
  function update(force = false) {
    const row = editor.outline.row();
    if (!row) return;
    const sign = JSON.stringify([row.key, editor.adding, asking, editor.mayEdit, row.question ? shapeOf(row) : [editor.scheme.purpose, editor.scheme.judges]]);
    if (!force && sign === drawn) {
      for (const { view, read } of fields) view.update(read(editor.outline.row().part));
      return;
    }
    if (drawn && JSON.parse(drawn)[0] !== row.key) { asking = ""; begun = {}; }
    const focused = body.getRootNode().activeElement?.dataset?.field;
    fields = [];
    drawn = sign;
    body.replaceChildren(...(editor.adding && editor.mayEdit ? addingForm(editor.adding) : formOf(row)));
    if (focused) body.querySelector(`[data-field="${focused}"]`)?.focus();
  }

  // What the fields of a question or code depend on, beside their own texts.
  function shapeOf(row) {
    const { text, short, help, options, unit, minimum, maximum, ...shape } = row.question;
    const before = mayWaitFor(editor.scheme, row.question).map((one) => [one.id, one.text, one.options.length]);
    const { label, help: helped, link, options: below, ...code } = row.kind === "code" ? row.part : {};
    return [shape, row.kind === "code" ? [code, Boolean(below?.length)] : "", options.length, before];
  }

  const words = (row, field, label, more = {}) => {
    const read = (part) => { const now = part[field]; return now === null || now === undefined ? "" : String(now); };
    const view = wordsField(editor, { node: row.node, field, label, value: read(row.part), ...more });
    fields.push({ view, read });
    return view.element;
  };
  const choice = (row, field, label, choices, value) => wordChoice(editor, { label, choices, value, act: (now) => editor.setField(row.node, field, now) }).element;
  const told = (text) => make("p", { class: "small wide", text });

  function formOf(row) {
    const head = make("div", { class: "wide form-head" }, make("h3", { text: kindWord(row) }), row.part.id && row.kind !== "scheme" ? make("span", { class: "small" }, "Its id ", make("code", { text: row.part.id }), " never changes.") : null);
    const parts = { scheme: ofScheme, section: ofSection, question: ofQuestion, code: ofCode }[row.kind](row);
    return [head, ...parts].filter(Boolean);
  }

  function ofScheme(row) {
    const { scheme } = editor;
    return [words(row, "title", "Title"), words(row, "description", "What it is for", { lines: 3 }),
      choice(row, "purpose", "Purpose", PURPOSES, scheme.purpose), choice(row, "judges", "One coding is about", JUDGES, scheme.judges),
      told(`Its id is ${scheme.name}; all versions have it. The number of a version is asked when you keep it. Only a file can change ids and take a merge apart (“replaces”).`)];
  }

  function ofSection(row) {
    return [words(row, "title", "Title"), words(row, "help", "Help under the title", { lines: 3 })];
  }

  function ofCode(row) {
    if (isFixed(row)) return [told("Yes and no are the same in every scheme.")];
    const { part } = row;
    const counted = part.replaces ?? [];
    return [words(row, "label", "Label"), words(row, "help", "Help: when to choose it", { lines: 4 }), words(row, "link", "A link that explains it", { hint: "Begins with https://" }),
      choice(row, "role", "What choosing it says to maps and tables", [["", "nothing more"], ...ROLES.map((role) => [role, role])], part.role ?? ""),
      part.options.length ? tick(editor, { label: "Can be chosen itself", on: part.selectable, act: (on) => editor.setField(row.node, "selectable", on ? "" : "no"), hint: "If not, it is a heading over the codes below it." }) : null,
      counted.length ? told(`Answers to ${counted.join(", ")} count as it.`) : null, editor.mayEdit ? mergeForm(row) : null];
  }

  function mergeForm(row) {
    const mine = new Set([row.part.id, ...pairsOf(row.part).map(([id]) => id)]);
    const others = pairsOf(row.question).filter(([id]) => !mine.has(id));
    if (!others.length) return null;
    const id = freshId("merge");
    const list = freshId("codes");
    const input = make("input", { id, type: "text", list, placeholder: "Label of the other code", autocomplete: "off", data: { field: "merge" } });
    const known = new Map(others.map(([code, label]) => [label, code]));
    const twice = new Set(others.map(([, label]) => label).filter((label, at, all) => all.indexOf(label) !== at));
    const named = (code, label) => (twice.has(label) ? `${label} (${code})` : label);
    for (const [code, label] of others) known.set(named(code, label), code);
    const merge = () => {
      const into = known.get(input.value.trim());
      if (!into) { editor.say("Choose one of the codes of this question."); input.focus(); return; }
      editor.act("merge", { ...row.node, into });
    };
    input.addEventListener("keydown", (event) => { if (event.key === "Enter" && !event.isComposing) { event.preventDefault(); merge(); } });
    return make("div", { class: "labelled wide" }, make("label", { for: id, text: "Merge it into" }),
      make("div", { class: "beside-field" }, input, make("datalist", { id: list }, ...others.map(([code, label]) => make("option", { value: named(code, label) }))), button("Merge", merge, {})),
      make("p", { class: "small", text: "Answers stay as they were given, and count as the other code from then on." }));
  }

  function ofQuestion(row) {
    const { part, node } = row;
    const set = (field, value) => editor.setField(node, field, value);
    const isNumber = part.kind === "number";
    return [
      words(row, "text", "Question", { lines: 2 }), words(row, "short", "Short name, for charts and columns"), words(row, "help", "Help", { lines: 4 }),
      ...kindFields(row),
      choice(row, "of", "Asked of", [["study", "the study"], ["finding", "each finding"]], part.of),
      hasCodes(part) ? choice(row, "axis", "Findings and maps use its codes as", AXIS_WORDS, part.axis ?? "") : null,
      isNumber ? words(row, "unit", "Unit", { wide: false }) : null,
      isNumber ? words(row, "minimum", "At least", { wide: false }) : null, isNumber ? words(row, "maximum", "At most", { wide: false }) : null,
      tick(editor, { label: "Required: a coding is complete with an answer only", on: part.required, act: (on) => set("required", on ? "yes" : "") }),
      part.kind === "one of" && editor.scheme.judges === "review" ? tick(editor, { label: "A critical item: its weakness alone lowers the confidence in a review", on: part.critical, act: (on) => set("critical", on ? "yes" : "") }) : null,
      part.of === "study" ? tick(editor, { label: "An answer needs its reason in the note", on: part.needs_reason, act: (on) => set("note", on ? "required" : "") }) : null,
      part.of === "study" && !part.axis && editor.scheme.judges !== "finding" ? tick(editor, { label: "Asked once of each arm", on: part.per_arm, act: (on) => set("per", on ? "arm" : "") }) : null,
      ...conditionFields(row), ...ruleFields(row),
    ];
  }

  function kindFields(row) {
    const { part, node } = row;
    const select = wordChoice(editor, { label: "How it is answered", choices: KINDS, value: asking === "kind" ? begun.kind : part.kind, act: (kind) => {
      begun = { kind };
      const loses = hasCodes(part) && !hasCodes({ kind }) && part.options.length;
      const needs = !hasCodes(part) && hasCodes({ kind }) && part.kind !== "yes/no";
      asking = kind !== part.kind && (loses || needs) ? "kind" : "";
      if (!asking && kind !== part.kind) editor.act("kind", { ...node, kind });
      update(true);
    } });
    if (asking !== "kind") return [select.element];
    const leave = () => { asking = ""; update(true); };
    if (hasCodes(part)) {
      return [select.element, make("div", { class: "wide notice" }, make("p", { text: `Its ${part.options.length === 1 ? "code is" : "codes are"} retired then, ${pairsOf(part).length} in all; answers to them are kept.` }),
        button("Retire them and change", () => { editor.act("kind", { ...node, kind: begun.kind, retiring: true }); leave(); }), button("Leave it", leave))];
    }
    const id = freshId("labels");
    const labels = make("textarea", { id, rows: 4 });
    return [select.element, make("div", { class: "wide notice" }, make("label", { for: id, text: "Its codes, one on a line" }), labels,
      button("Change", () => { editor.act("kind", { ...node, kind: begun.kind, labels: labels.value }); leave(); }), button("Leave it", leave))];
  }

  function conditionFields(row) {
    const { part, node } = row;
    const { scheme } = editor;
    const when = asking === "when" ? begun.when : part.when;
    const earlier = mayWaitFor(scheme, part);
    const axes = part.of === "finding" ? AXIS_WORDS.slice(1).filter(([axis]) => codesOnAxis(scheme, part, axis).length) : [];
    if (!earlier.length && !axes.length && !when) return [];
    const value = when ? (when.axis ? `axis ${when.axis}` : `question ${when.question}`) : "";
    const choices = [["", "always"], ...earlier.map((one) => [`question ${one.id}`, `after an answer to: ${one.short || one.text}`]), ...axes.map(([axis, text]) => [`axis ${axis}`, `for findings by ${text}`])];
    const select = wordChoice(editor, { label: "It is asked", choices, value, act: (chosen) => {
      const [what, ...rest] = chosen.split(" ");
      const name = rest.join(" ");
      asking = chosen ? "when" : "";
      begun = { when: chosen ? { [what]: name, any_of: [] } : null };
      if (!chosen && part.when) editor.setField(node, "when", "");
      update(true);
    } });
    if (!when) return [select.element];
    const pairs = when.axis ? codesOnAxis(scheme, part, when.axis) : pairsOf(earlier.find((one) => one.id === when.question) ?? { options: [] });
    return [select.element, ticks(editor, { legend: "… where one of these was chosen, or one below it", pairs, ticked: when.any_of, act: (any_of) => {
      if (!any_of.length) { editor.say("At least one stays ticked; choose “always” to ask it always."); asking = "when"; begun = { when: { ...when, any_of } }; return; }
      asking = "";
      begun = {};
      editor.setField(node, "when", when.axis ? { axis: when.axis, any_of } : { question: when.question, any_of });
    } })];
  }

  function ruleFields(row) {
    const { part, node } = row;
    const rule = asking === "rule" ? begun.rule : part.rule;
    const alike = part.kind === "one of" && part.of === "study" && (editor.scheme.judges === "finding" || !part.per_arm) ? mayRule(editor.scheme, part) : [];
    if (!alike.length && !rule) return [];
    const select = wordChoice(editor, { label: "As an overall judgement it follows", choices: [["", "from nothing"], ...TAKES], value: rule?.take ?? "", act: (take) => {
      const of = rule?.of ?? [];
      if (!take || of.length) { asking = ""; editor.setField(node, "rule", take ? { take, of } : ""); } else { asking = "rule"; begun = { rule: { take, of } }; }
      update(true);
    } });
    if (!rule) return [select.element];
    const pairs = alike.map((one) => [one.id, one.short || one.text]);
    return [select.element, ticks(editor, { legend: "… from these", pairs, ticked: rule.of, act: (of) => {
      if (!of.length) { editor.say("At least one stays ticked; choose “from nothing” to have no rule."); return; }
      asking = "";
      begun = {};
      editor.setField(node, "rule", { take: rule.take, of });
    } })];
  }

  // ── adding ───────────────────────────────────────────────────────────────────────────────────

  function addingForm(what) {
    const row = editor.outline.row();
    const typed = (name, label, lines = 1) => {
      const id = freshId("new");
      const input = make(lines > 1 ? "textarea" : "input", { id, rows: lines > 1 ? lines : null, type: lines > 1 ? null : "text", autocomplete: "off", maxlength: lines > 1 ? "100000" : "300", data: { field: `new-${name}` }, on: { input: () => editor.keepTyped(name, input.value) } });
      input.value = editor.typed(name);
      return make("div", { class: "labelled wide" }, make("label", { for: id, text: label }), input);
    };
    const codes = typed("labels", "Its codes, one on a line", 5);
    const kind = wordChoice(editor, { label: "How it is answered", choices: KINDS, value: editor.typed("kind") || "one of", act: (now) => { editor.keepTyped("kind", now); codes.hidden = !hasCodes({ kind: now }); } });
    codes.hidden = !hasCodes({ kind: kind.input.value });
    const question = row.question;
    const place = question ? { after: question.id } : row.node.section ? { section: row.node.section } : { section: editor.scheme.sections.at(-1).questions[0].id };
    const where = question ? `after “${question.short || question.text}”` : row.kind === "section" ? `at the end of “${row.label}”` : "at the end";
    const add = () => {
      const said = { text: editor.typed("text").trim(), kind: kind.input.value, labels: editor.typed("labels") };
      if (what === "section") editor.act("add section", { ...said, title: editor.typed("title").trim() });
      else editor.act("add question", { ...said, ...place });
    };
    return [make("div", { class: "wide form-head" }, make("h3", { text: what === "section" ? "A new section" : `A new question ${where}` })),
      what === "section" ? typed("title", "Title of the section") : null,
      typed("text", what === "section" ? "Its first question" : "Question", 2), kind.element, codes,
      make("div", { class: "wide buttons" }, button("Add", add, { class: "primary" }), button("Close", () => editor.showAdding("")))].filter(Boolean);
  }

  return { element, update, hasFocus: () => element.contains(activeElement(element)), focusFirst: () => body.querySelector("[data-field]")?.focus(), focusMerge: () => body.querySelector("[data-field=merge]")?.focus(),
    nodeKey: () => keyOfNode(editor.node) };
}
