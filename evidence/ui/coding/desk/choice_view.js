// Part of the coding desk (see __init__.py): a few options side by side, of which one or several are
// chosen.

import { button, freshId, keyHint, make, setAttribute, setText } from "./dom.js";
import { countedCodes, earlierNames, tickEdits } from "./answered.js";
import { MANY } from "./scheme.js";

export const FEW = 12; // more options, or options below options, are a tree with a search

export function isFew(question) {
  return question.options.length <= FEW && question.options.every((option) => !option.options.length);
}

export function choiceView(desk, question, arm, labelId) {
  const many = MANY.has(question.kind);
  const name = freshId("choice");
  const inputs = question.options.map((option, at) => {
    const input = make("input", { type: many ? "checkbox" : "radio", name, value: option.id, disabled: !option.selectable,
      on: { change: () => choose(option.id, input.checked) } });
    const help = option.help ? button("?", () => desk.act.optionHelp(question, option), { class: "mini", "aria-label": `Help: ${option.label}`, title: option.help }) : null;
    const was = make("span", { class: "small" });
    const row = make("div", { class: "row", data: { code: option.id } },
      make("label", {}, input, make("span", { class: "name", text: option.label })), was,
      make("span", { class: "digit" }, at < 9 ? keyHint(String(at + 1)) : null), help);
    return { input, row, option, was };
  });
  const element = make("div", { class: "choices", role: many ? "group" : "radiogroup", "aria-labelledby": labelId, "aria-required": !many && question.required ? "true" : null },
    ...inputs.map((one) => one.row));
  const ticked = () => new Set(countedCodes(desk.scheme, desk.sheet, question.id, arm));

  function choose(id, on) {
    if (many) desk.writeAll(tickEdits(desk.scheme, desk.sheet, question.id, arm, id, on));
    else desk.write({ kind: "answer", question: question.id, code: "", arm, field: "choice", after: on ? id : "" });
    update();
  }

  function update() {
    const now = ticked();
    const names = earlierNames(desk.scheme, desk.sheet, question.id, arm);
    for (const { input, option, was } of inputs) {
      input.checked = now.has(option.id);
      setAttribute(input, "aria-disabled", desk.isClosed() ? "true" : null);
      setText(was, names.get(option.id) ?? "");
    }
  }

  const tick = (id) => choose(id, !ticked().has(id));
  update();
  return {
    element, update, tick, hits: 0,
    tickBelow() {}, setSearch() {}, toggle() {}, forget() {},
    rows: () => inputs.map(({ option }) => ({ id: option.id, option, hit: false })),
    digits: () => inputs.filter(({ option }) => option.selectable).slice(0, 9).map(({ option }) => option.id),
    focusRow: (id) => inputs.find(({ option }) => option.id === id)?.input.focus(),
  };
}
