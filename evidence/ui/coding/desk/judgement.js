// Part of the coding desk (see __init__.py): overall judgements that follow from others by a rule of
// the scheme. What the rule proposes is shown; a person decides. evidence/coding/
// overall_judgement.py says the same on the server.

import { countedCodes } from "./answered.js";
import { labelOf } from "./scheme.js";

/** @param {import("./scheme.js").Question & {rule: {take: string, of: string[]}|null}} question
 *  @returns the id of the option that the rule proposes; "" while nothing follows */
export function proposedCode(scheme, sheet, question, arm) {
  if (!question.rule || question.rule.take === "by hand") return "";
  const ranked = question.options.filter((option) => option.role !== "no information").map((option) => option.id);
  const chosen = question.rule.of.map((id) => countedCodes(scheme, sheet, id, arm));
  if (!chosen.every((codes) => codes.length === 1 && ranked.includes(codes[0]))) return "";
  return ranked[rankOf(question.rule.take, chosen.map(([code]) => ranked.indexOf(code)))];
}

// Counted from 0, the best; of an even number the worse of the two in the middle.
function rankOf(take, ranks) {
  if (take === "lowest") return Math.max(...ranks);
  const median = [...ranks].sort((a, b) => a - b)[Math.floor(ranks.length / 2)];
  return take === "median up to first" ? Math.max(median, ranks[0]) : median;
}

/** The rule as people read it: "the worst of Weight A, Weight B and Weight C". */
export function ruleInWords(scheme, rule) {
  const names = rule.of.map((id) => nameIn(scheme, id));
  const listed = [names.slice(0, -1).join(", "), names.at(-1)].filter(Boolean).join(" and ");
  return { lowest: `the worst of ${listed}`, median: `the median of ${listed}, rounded down`, "median up to first": `the median of ${listed}, rounded down, never above ${names[0]}`, "by hand": `by hand from ${listed}, with a reason` }[rule.take];
}

function nameIn(scheme, id) {
  const question = scheme.questions.get(id);
  return question ? question.short || question.text : id;
}

/** Whether a reason is written: a note on the question or on one of its codes; for one arm, or where
 *  none is named for any. */
export function isNoted(sheet, questionId, arm) {
  return [...sheet.answers.get(questionId)?.values() ?? []].some((row) => (arm === undefined || row.arm === arm) && row.note.trim());
}

/** Whether an answer lacks the reason that its rule or the scheme asks for. */
export function lacksReason(scheme, sheet, question, arm) {
  if (judgementOf(scheme, sheet, question, arm)?.lacksReason) return true;
  if (!question.needs_reason || isNoted(sheet, question.id, arm)) return false;
  return [...sheet.answers.get(question.id)?.values() ?? []].some((row) => (arm === undefined || row.arm === arm) && (row.chosen || row.value.trim()));
}

/** What stands beside a judgement: the reason in words, what can be taken, and whether the answer
 *  differs from it or lacks its reason; null where the question has no rule.
 *  @returns {{text: string, take: string, differs: boolean, lacksReason: boolean}|null} */
export function judgementOf(scheme, sheet, question, arm) {
  const { rule } = question;
  if (!rule) return null;
  const answered = countedCodes(scheme, sheet, question.id, arm);
  const noted = isNoted(sheet, question.id, arm);
  const words = ruleInWords(scheme, rule);
  if (rule.take === "by hand") return { text: `It is judged ${words}; the reason belongs in the note.`, take: "", differs: false, lacksReason: answered.length > 0 && !noted };
  const said = rule.of.map((id) => `${nameIn(scheme, id)}: ${countedCodes(scheme, sheet, id, arm).map((code) => labelOf(scheme, id, code)).join(", ") || "open"}`).join(", ");
  const code = proposedCode(scheme, sheet, question, arm);
  if (!code) return { text: `By the rule of this scheme (${words}) nothing follows yet. ${said}.`, take: "", differs: false, lacksReason: false };
  const differs = answered.length > 0 && !(answered.length === 1 && answered[0] === code);
  const follows = `${said} → ${labelOf(scheme, question.id, code)} by the rule of this scheme (${words}).`;
  const more = !differs ? "" : noted ? " The answer differs from it; the note says why." : " The answer differs from it; write the reason into the note.";
  return { text: follows + more, take: answered.length === 1 && !differs ? "" : code, differs, lacksReason: differs && !noted };
}
