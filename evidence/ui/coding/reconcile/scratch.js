// Part of the reconciling page (see __init__.py): a sheet on which another answer or finding is written
// before it is agreed on. Fields of the coding desk write on it as they do there; nothing is sent.

import { applyItem, fieldOf, sheetFrom } from "../desk/sheet.js";

/** What fields of the coding desk need, around a sheet that is nobody's.
 *  @param more what stands on the sheet: answers, findings
 *  @param changed is called after each edit */
export function scratchFor(desk, more, changed) {
  const { sheet } = desk;
  const own = sheetFrom({ study: sheet.study, schemes: [], scheme_id: sheet.scheme_id, version_id: sheet.version_id, state: "draft", others: [],
    arms: [...sheet.arms.values()], time_points: [...sheet.time_points.values()], answers: [], findings: [], quotations: [], ...more });
  const write = (edit) => {
    if (fieldOf(own, edit) === edit.after) return null;
    applyItem(own, edit);
    return edit;
  };
  const writeAll = (edits) => {
    const written = edits.map(write).filter(Boolean);
    if (written.length) changed();
    return written;
  };
  return {
    scheme: desk.scheme, sheet: own, box: { refused: [], clashed: [], pending: [] }, data: { computed: {}, keys: {} },
    typing: new Set(), notes: new Set(), composing: false, search: { text: "", target: null }, current: {},
    write: (edit) => writeAll([edit])[0] ?? null, writeAll, isClosed: () => false, sayClosed() {}, drawFrame() {}, say: desk.say,
    armLabel: desk.armLabel, keepInSight: desk.keepInSight, wordFor: (_, value) => String(value), act: { optionHelp: (_, option) => desk.say(`${option.label}: ${option.help}`, true), next_open: () => desk.act.agree() },
  };
}

/** Rows of the desk for what an answer says. */
export function rowsOf(item, { codes, value }) {
  const row = { question: item.question, arm: item.arm, code: "", chosen: false, value: "", note: "" };
  return [...codes.map((code) => ({ ...row, code, chosen: true })), ...(value ? [{ ...row, value }] : [])];
}

/** What the rows of a scratch sheet say to a question. */
export function saidOn(sheet, item) {
  const rows = [...sheet.answers.get(item.question)?.values() ?? []].filter((row) => row.arm === item.arm);
  return { codes: rows.filter((row) => row.chosen).map((row) => row.code), value: rows.find((row) => !row.code)?.value ?? "" };
}

/** With what another answer begins: what is agreed, else the codes that all have. */
export function beginning(item) {
  if (item.chosen) return item.now;
  const [first, ...others] = item.said;
  return { codes: first.codes.filter((code) => others.every((said) => said.codes.includes(code))), value: "" };
}
