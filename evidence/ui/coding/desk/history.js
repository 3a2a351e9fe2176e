// Part of the coding desk (see __init__.py): what was said earlier, in words, and the edit that puts
// it back. The server gives changes, the newest first.

import { CHOICES, fieldName, timeText } from "./findings.js";
import { AXES, ONE, axisLabel, codeNow, labelOf } from "./scheme.js";
import { armName, askedArms, fieldOf } from "./sheet.js";

/** @typedef {{code: string, arm: string, field: string, before: string, after: string, is_kept: boolean,
 *   reason: string, version: string, act: string, source: string, copied_from: string, person: string, at: string}} Change */

const SILENT = new Set(["position"]); // where a finding stands among others says nothing about it

/** What a person did, act by act: one option for another is one act, and two rows on the server.
 *  @param question null for a finding
 *  @param {Change[]} changes
 *  @returns {Change[]} the newest first; `field` is "choice" where one of several was chosen */
export function actsFrom(question, changes) {
  if (!question) return changes.filter((one) => !SILENT.has(one.field));
  if (!ONE.has(question.kind)) return changes;
  const acts = [];
  for (const one of changes) {
    if (one.field !== "chosen") { acts.push(one); continue; }
    const last = acts.at(-1);
    const same = last?.field === "choice" && last.is_kept && one.act && last.act === one.act && last.arm === one.arm;
    const act = same ? last : { ...one, field: "choice", code: "", before: "", after: "" };
    if (one.before) act.before = one.code;
    if (one.after) act.after = one.code;
    if (!same) acts.push(act);
  }
  return acts;
}

/** Whether an act only said that what stands there holds. */
export function isConfirmed(act) {
  return act.is_kept && act.before !== "" && act.before === act.after;
}

/** The edit that puts back what stood before an act, or what was typed and not kept; null where it
 *  stands there now, or where the scheme does not ask it any more.
 *  @param about {question} or {finding} */
export function putBack(scheme, sheet, about, act) {
  const value = act.is_kept ? act.before : act.after;
  const edit = about.finding ? { kind: "finding", uid: about.finding, field: act.field, after: value } : answerEdit(scheme, sheet, about.question, act, value);
  return edit && fieldOf(sheet, edit) !== edit.after ? edit : null;
}

function answerEdit(scheme, sheet, id, act, value) {
  const question = scheme.questions.get(id);
  const places = scheme.places.get(id);
  if (!question || !askedArms(sheet, question).includes(act.arm)) return null;
  const edit = { kind: "answer", question: id, code: act.code, arm: act.arm, field: act.field, after: value };
  if (act.field === "choice") {
    const after = codeNow(scheme, id, value);
    return !after || places.get(after)?.option.selectable ? { ...edit, code: "", after } : null;
  }
  const now = codeNow(scheme, id, act.code);
  if (act.code && !places.has(now)) return null;
  if (act.field === "chosen") return places.get(now)?.option.selectable ? { ...edit, code: value ? now : act.code, after: value === "yes" } : null;
  if (act.field === "value") return question.options.length ? null : edit;
  return edit;
}

/** What an act was about, and what stood there before and after, in words.
 *  @returns {{what: string, before: string, after: string}} */
export function inWords(scheme, sheet, about, act) {
  if (about.finding) return { what: fieldName(scheme, act.field), before: findingWord(scheme, sheet, act, act.before), after: findingWord(scheme, sheet, act, act.after) };
  const code = act.code ? labelOf(scheme, about.question, act.code) : "";
  const word = (value) => {
    if (act.field === "chosen") return value ? "ticked" : "not ticked";
    if (act.field === "choice") return value.split(" ").filter(Boolean).map((one) => labelOf(scheme, about.question, one)).join(", ");
    return value;
  };
  const of = act.arm ? ` (${armName(sheet, act.arm) || "an arm that was taken away"})` : "";
  const what = act.field === "note" ? (code ? `Note on ${code}` : "Note") : act.field === "chosen" ? code : "Answer";
  return { what: what + of, before: word(act.before), after: word(act.after) };
}

/** A value of a finding in words. */
export function findingWord(scheme, sheet, { field }, value) {
  if (!value) return "";
  if (field === "removed") return "taken away";
  if (AXES.includes(field)) return axisLabel(scheme, field, value);
  if (field === "time") return timeText(sheet, value);
  if (field.startsWith("arm_")) return sheet.arms.get(value)?.label || "an arm that was taken away";
  if (field.startsWith("answer.")) {
    const question = scheme.questions.get(field.slice(7));
    return question?.options.length ? value.split(" ").map((one) => labelOf(scheme, question.id, one)).join(", ") : value;
  }
  return CHOICES[field]?.[value] ?? value;
}
