// Part of the coding desk (see __init__.py): the fields of one finding, in the grid and below it.

import { countedCodes, findingQuestions, words } from "./answered.js";
import { comboField } from "./combo.js";
import { arrange, button, freshId, keyed, make, setText } from "./dom.js";
import { answerFault, choiceField, labelled, textField } from "./fields.js";
import { CHOICES, CLUSTERS, PRINTED, RARE, RARE_PRINTED, askedAt, computedFault, faultsApart, groupTitle, nameOf, numberFaultOf, numberRows, timeText } from "./findings.js";
import { historyView } from "./history_view.js";
import { peopleOfArms } from "./people.js";
import { showQuotes } from "./question_view.js";
import { AXES, MANY, axisCodeNow, axisLabel, axisQuestions, codeNow, labelOf, pathOf } from "./scheme.js";
import { standing } from "./sheet.js";

const about = (uid, field) => () => ({ kind: "finding", uid, field });

function axisField(desk, uid, axis, label) {
  const options = () => {
    const found = [];
    for (const question of axisQuestions(desk.scheme, axis)) {
      const ticked = new Set(question.of === "study" ? countedCodes(desk.scheme, desk.sheet, question.id) : []);
      for (const [id, { option }] of desk.scheme.places.get(question.id)) {
        if (option.selectable) found.push({ id, label: pathOf(desk.scheme, question.id, id), name: option.label, ticked: ticked.has(id) });
      }
    }
    return [...found.filter((one) => one.ticked), ...found.filter((one) => !one.ticked)]; // what is ticked for the study first
  };
  return comboField(desk, about(uid, axis), { label, options, toCode: (code) => axisCodeNow(desk.scheme, axis, code) });
}

function choice(desk, uid, field, label) {
  return choiceField(desk, about(uid, field), { label, choices: Object.entries(CHOICES[field]), fault: () => computedFault(desk.data.computed, uid, field) });
}

function text(desk, uid, field, label, more = {}) {
  const fault = (value) => numberFaultOf(field, value) || computedFault(desk.data.computed, uid, field);
  return textField(desk, about(uid, field), { label, fault, ...more });
}

function armField(desk, uid, field, label) {
  return choiceField(desk, about(uid, field), { label, choices: () => standing(desk.sheet.arms).map((arm) => [arm.uid, desk.armLabel(arm.uid)]) });
}

/** A time: one of the study's time points, or in words. What is typed like a time point means it. */
function timeField(desk, uid, label) {
  const points = () => standing(desk.sheet.time_points).filter((point) => point.label);
  const list = make("datalist", { id: freshId("times") });
  const field = textField(desk, about(uid, "time"), {
    label, placeholder: "18 months", list: list.id,
    toText: (value) => timeText(desk.sheet, value),
    fromText: (typed) => points().find((point) => point.label === typed.trim())?.uid ?? typed,
  });
  field.input.addEventListener("focus", () => list.replaceChildren(...points().map((point) => make("option", { value: point.label }))));
  field.elements = [...field.elements, list];
  return field;
}

/** The fields with which a cell of the grid is edited in place. */
export function cellEditor(desk, uid, column) {
  if (column === "outcome") return [axisField(desk, uid, "outcome", "Outcome")];
  if (column === "measure") return [text(desk, uid, "measure", "Measure")];
  if (column === "time") return [timeField(desk, uid, "Time")];
  if (column === "n") return [text(desk, uid, "n_intervention", "n, intervention"), text(desk, uid, "n_comparison", "n, comparison")];
  return [choice(desk, uid, "direction", "Direction")];
}

/** All fields of a finding.
 *  @param isOwn whether it can be copied and removed, and has a history */
export function findingDetails(desk, uid, isOwn = true) {
  const title = make("h3");
  const heading = make("span");
  const history = historyView(desk, { finding: uid }, "this finding", () => fields.values().next().value.input);
  title.append(heading, make("span", { class: "acts", hidden: !isOwn }, history.opener,
    button("Copy", () => desk.act.copyFinding(uid), { class: "mini when-open" }), button("Remove", () => desk.act.removeFinding(uid), { class: "mini when-open" })));
  const fields = new Map();
  const place = (name, label, field, cls) => { fields.set(name, field); return labelled(label, field, cls); };
  const axes = [["intervention", "Intervention"], ["contrast", "Contrast"], ["outcome", "Outcome"]].filter(([axis]) => axisQuestions(desk.scheme, axis).length);
  const numbers = make("div", { class: "numbers" });
  const further = make("div", { class: "pairs" });
  const furtherFields = new Map();
  const effect = make("p", { class: "effect", role: "status" });
  const notices = make("ul", { class: "notices" });
  const quotes = make("ul", { class: "quotes" });
  const people = button("", () => takePeople(), { class: "small-button wide", hidden: true });
  const old = make("p", { class: "small", hidden: true });
  const were = make("p", { class: "small", hidden: true });
  let numbersSign = null;
  const shown = {}; // people that were typed with the numbers
  const titles = new Map();
  const element = make("div", { class: "box-part", data: { finding: uid } }, title, notices,
    make("div", { class: "pairs" },
      ...axes.map(([axis, label]) => place(axis, label, axisField(desk, uid, axis, label), axis === "outcome" ? "wide" : "")),
      place("measure", "Measure", text(desk, uid, "measure", "Measure")),
      place("benefit", "Benefit", choice(desk, uid, "benefit", "Benefit")),
      place("time", "Time", timeField(desk, uid, "Time")),
      place("reporting", "Reporting", choice(desk, uid, "reporting", "Reporting")),
      place("n_intervention", "n, intervention", text(desk, uid, "n_intervention", "n, intervention", { inputmode: "numeric" })),
      place("n_comparison", "n, comparison", text(desk, uid, "n_comparison", "n, comparison", { inputmode: "numeric" })),
      people,
      place("direction", "Direction (for people)", choice(desk, uid, "direction", "Direction (for people)")),
      place("significance", "Significance", choice(desk, uid, "significance", "Significance"))),
    were, quotes, old, further,
    make("div", { class: "pairs" },
      place("numbers_kind", "Numbers", choice(desk, uid, "numbers_kind", "Numbers")),
      place("adjusted", "Adjusted", choice(desk, uid, "adjusted", "Adjusted")),
      place("arm_intervention", "Arm: intervention", armField(desk, uid, "arm_intervention", "Arm: intervention")),
      place("arm_comparison", "Arm: comparison", armField(desk, uid, "arm_comparison", "Arm: comparison"))),
    numbers, effect,
    place("direction_reason", "Reason, if direction and numbers differ", text(desk, uid, "direction_reason", "Reason, if direction and numbers differ"), "wide"),
    place("note", "Note", text(desk, uid, "note", "Note", { lines: 2 }), "wide"), history.element);

  function update(number) {
    const finding = desk.sheet.findings.get(uid);
    setText(heading, nameOf(desk.scheme, desk.sheet, finding, number));
    const kind = finding.fields.numbers_kind ?? "";
    const own = Object.entries(finding.fields).filter(([field, value]) => value && askedAt(field) !== field);
    for (const [field, value] of own) shown[field] = value; // it stays while one is here, also when it is emptied
    if (`${kind} ${Object.keys(shown)}` !== numbersSign) drawNumbers(kind);
    for (const [group, target] of titles) setText(target, groupTitle(desk.sheet, finding.fields, group));
    for (const field of fields.values()) field.update();
    drawFurther(finding);
    proposePeople(finding);
    const { effect: computed = "", notices: told = [], faults = [] } = desk.data.computed?.[uid] ?? {};
    setText(effect, computed ? `Effect (computed): ${computed}` : "");
    const sign = JSON.stringify([told, faults, [...fields.keys()]]);
    if (notices.dataset.sign !== sign) {
      notices.dataset.sign = sign;
      openFaulty();
      notices.replaceChildren(...faultsApart(faults, fields.keys()).map((one) => make("li", { class: "fault", text: one.sentence })), ...told.map((one) => make("li", { text: one })));
    }
    showQuotes(desk, quotes, { finding: uid });
    const earlier = earlierCodes(desk.scheme, finding);
    were.hidden = !earlier;
    setText(were, earlier);
    history.update(true);
    old.hidden = !finding.fields.quotation;
    setText(old, finding.fields.quotation ? `Quotation of an earlier coding: “${finding.fields.quotation}”` : "");
  }

  // The people of its arms are proposed, and taken with one press.
  function proposePeople({ fields: held }) {
    const found = desk.isClosed() ? [] : peopleOfArms(desk.sheet, held);
    people.hidden = !found.length;
    setText(people, `Take n of the arms: ${found.map((one) => `${one.people} (${one.field === "n_intervention" ? "intervention" : "comparison"})`).join(", ")}`);
  }

  function takePeople() {
    const found = peopleOfArms(desk.sheet, desk.sheet.findings.get(uid).fields);
    fields.get(found[0]?.field ?? "n_intervention").input.focus();
    desk.writeAll(found.map(({ field, people: after }) => ({ kind: "finding", uid, field, after })));
  }

  function drawNumbers(kind) {
    numbersSign = `${kind} ${Object.keys(shown)}`;
    for (const name of [...fields.keys()]) if (/^(numbers|printed)\./.test(name)) fields.delete(name);
    const row = (pairs, prefix) => make("div", { class: "number-row" }, ...pairs.map(([name, label]) => {
      const field = `${prefix}.${name}`;
      return place(field, label, field in CHOICES ? choice(desk, uid, field, label) : text(desk, uid, field, label, { inputmode: "decimal" }));
    }));
    titles.clear();
    const usualRows = [];
    for (const { group, pairs } of numberRows(kind, shown)) {
      if (group && !titles.has(group)) {
        titles.set(group, make("p", { class: "small group-title", id: freshId("group") }));
        usualRows.push(make("div", { role: "group", "aria-labelledby": titles.get(group).id }, titles.get(group)));
      }
      if (group) usualRows.at(-1).append(row(pairs, "numbers"));
      else usualRows.push(row(pairs, "numbers"));
    }
    if (usualRows.length) usualRows.push(row(PRINTED, "printed"), ...(kind === "correlation" ? [] : [row(CLUSTERS, "numbers")]));
    const usual = new Set(fields.keys());
    const rare = usualRows.length ? [...RARE[kind].map((pairs) => row(pairs, "numbers")), row(RARE_PRINTED, "printed")] : [];
    const held = desk.sheet.findings.get(uid).fields;
    const opens = [...fields.keys()].some((name) => !usual.has(name) && (held[name] || computedFault(desk.data.computed, uid, name)));
    numbers.replaceChildren(...usualRows, ...(rare.length ? [make("details", { class: "more", open: opens }, make("summary", { text: "More" }), ...rare)] : []));
  }

  // A fault under More must be seen.
  function openFaulty() {
    for (const [name, { input }] of fields) if (computedFault(desk.data.computed, uid, name) && input.closest("details")) input.closest("details").open = true;
  }

  function drawFurther(finding) {
    const asked = findingQuestions(desk.scheme, desk.sheet, finding);
    const views = keyed(furtherFields, asked.map((question) => ({ key: question.id, question })), ({ question }) => furtherView(desk, uid, question));
    for (const view of views) view.update();
    arrange(further, views.map((view) => view.element));
  }

  return { element, uid, update, history, focus: (name) => {
    const { input } = fields.get(name) ?? fields.get(askedAt(name)) ?? furtherFields.get(name.replace("answer.", "")) ?? fields.values().next().value;
    if (input.closest("details")) input.closest("details").open = true; // else it cannot have the focus
    input.focus();
  } };
}

// Codes of a finding that were merged into another, in words.
function earlierCodes(scheme, { fields }) {
  const told = AXES.filter((axis) => fields[axis] && axisCodeNow(scheme, axis, fields[axis]) !== fields[axis])
    .map((axis) => `${axisLabel(scheme, axis, axisCodeNow(scheme, axis, fields[axis]))} was: ${axisLabel(scheme, axis, fields[axis])}`);
  for (const [field, text] of Object.entries(fields)) {
    const id = field.startsWith("answer.") ? field.slice(7) : "";
    if (scheme.places.get(id)?.size) for (const code of words(text)) if (codeNow(scheme, id, code) !== code) told.push(`${labelOf(scheme, id, codeNow(scheme, id, code))} was: ${labelOf(scheme, id, code)}`);
  }
  return told.join("; ");
}

// A question about the finding, with a note where somebody wants one.
function furtherView(desk, uid, question) {
  const asked = askedView(desk, uid, question);
  const note = textField(desk, about(uid, `answer_note.${question.id}`), { label: `Note: ${question.text}`, lines: 2, placeholder: "Note", cls: "note" });
  let begun = false;
  const opener = button("✎", () => { begun = true; show(); note.input.focus(); }, { class: "mini", title: "Note", "aria-label": `Note: ${question.text}` });
  const element = make("div", { class: "further wide" }, asked.element, opener, ...note.elements);
  const show = () => { note.input.hidden = !(begun || note.input.value); };
  const update = () => { asked.update(); note.update(); show(); };
  return { element, input: asked.input, update };
}

function askedView(desk, uid, question) {
  const field = `answer.${question.id}`;
  const label = question.text + (question.required ? " (required)" : "");
  if (MANY.has(question.kind)) return ticksView(desk, uid, question, field, label);
  const options = () => [...desk.scheme.places.get(question.id).keys()].map((id) => ({ id, label: pathOf(desk.scheme, question.id, id) }));
  const made = !question.options.length ? textField(desk, about(uid, field), { label, fault: answerFault(question), lines: question.kind === "text" ? 2 : 1 })
    : question.options.length > 12 ? comboField(desk, about(uid, field), { label, options, toCode: (code) => codeNow(desk.scheme, question.id, code) })
    : choiceField(desk, about(uid, field), { label, choices: options().map((one) => [one.id, one.label]), toCode: (code) => codeNow(desk.scheme, question.id, code) });
  const element = labelled(label, made, "wide");
  if (question.help) element.title = question.help;
  return { element, input: made.input, update: made.update };
}

// Several options of a finding are one field with the codes joined, in the order of the scheme.
function ticksView(desk, uid, question, field, label) {
  const ticked = () => new Set(words(desk.sheet.findings.get(uid)?.fields[field]).map((code) => codeNow(desk.scheme, question.id, code)));
  const inputs = [...desk.scheme.places.get(question.id).values()].filter(({ option }) => option.selectable).map(({ option, level }) => {
    const input = make("input", { type: "checkbox", on: { change: () => {
      const chosen = ticked();
      if (input.checked) chosen.add(option.id);
      else chosen.delete(option.id);
      const order = [...desk.scheme.places.get(question.id).keys()];
      desk.write({ kind: "finding", uid, field, after: [...chosen].sort((a, b) => order.indexOf(a) - order.indexOf(b)).join(" ") });
      update();
    } } });
    const row = make("label", { class: "row" }, input, make("span", { class: "name", text: option.label }));
    row.style.setProperty("--level", level);
    return { id: option.id, input, row };
  });
  const element = make("fieldset", { class: "wide" }, make("legend", { text: label }), ...inputs.map((one) => one.row));
  const update = () => {
    const chosen = ticked();
    for (const { id, input } of inputs) input.checked = chosen.has(id);
  };
  update();
  return { element, input: inputs[0].input, update };
}
