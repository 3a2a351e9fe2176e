// Part of the coding desk (see __init__.py): which findings of the study are judged, for a scheme that
// judges findings. Its questions are asked of each that is ticked.

import { button, make, setText } from "./dom.js";
import { judgedNow, movesTo } from "./sheet.js";

export function judgedChoice(desk) {
  const legend = make("legend", { text: "Which findings are judged?" });
  const told = make("p", { class: "small" });
  const list = make("div", { class: "ticks" });
  const there = button("", () => desk.act.scheme(desk.sheet.judged.scheme_id), { class: "small-button" });
  const element = make("fieldset", { class: "judged", tabindex: "-1", hidden: true }, legend, told, list, there);
  let rows = new Map();

  function update() {
    const { judged } = desk.sheet;
    element.hidden = !judged;
    if (!judged) return;
    const findings = [...judged.findings.values()];
    const sign = JSON.stringify([desk.sheet.study.id, findings]);
    if (list.dataset.sign !== sign) {
      list.dataset.sign = sign;
      rows = new Map(findings.map(({ uid }) => [uid, row(uid)]));
      list.replaceChildren(...[...rows.values()].map((one) => one.element));
    }
    const now = new Set(judgedNow(desk.sheet));
    for (const [uid, { input, move }] of rows) {
      input.checked = now.has(uid);
      input.setAttribute("aria-disabled", String(desk.isClosed()));
      move.hidden = desk.isClosed() || !movesTo(desk.sheet, uid);
    }
    setText(told, findings.length ? "Each question below is asked of each finding that is ticked." : "No finding of this study is coded yet that you can judge.");
    there.hidden = findings.length > 0 || !judged.scheme_id;
    setText(there, `Code findings with “${judged.title}”`);
  }

  function row(uid) {
    const input = make("input", { type: "checkbox", on: { change: () => { desk.act.judge(uid, input.checked); update(); } } });
    const move = button("Move the judgement to the agreed finding", () => desk.act.moveJudgement(uid), { class: "small-button", hidden: true });
    return { input, move, element: make("div", {}, make("label", { class: "tick" }, input, make("span", { text: desk.armLabel(uid) })), move) };
  }

  return { element, update, focus: () => { element.scrollIntoView({ block: "nearest" }); (list.querySelector("input") ?? (there.hidden ? element : there)).focus(); } };
}
