// Part of the coding desk (see __init__.py): which questions apply, which are open, and what is
// wrong with an answer. evidence/coding/answers.py says the same on the server.

import { AXES, MANY, ONE, above, axisCodeNow, axisQuestions, codeNow, labelOf, studyQuestions } from "./scheme.js";
import { lacksReason } from "./judgement.js";
import { answerAt, askedArms, chosenCodes } from "./sheet.js";

/** The codes that answers to a question count as; of one arm, or where none is named of any. */
export function countedCodes(scheme, sheet, questionId, arm) {
  return [...new Set(chosenCodes(sheet, questionId, arm).map((code) => codeNow(scheme, questionId, code)))];
}

/** The edits that put a code of many on or off; off go those, too, that were merged into it. */
export function tickEdits(scheme, sheet, questionId, arm, code, on) {
  const codes = on ? [code] : chosenCodes(sheet, questionId, arm).filter((one) => codeNow(scheme, questionId, one) === code);
  return codes.map((one) => ({ kind: "answer", question: questionId, code: one, arm, field: "chosen", after: on }));
}

/** What the ticked codes were called that count as another now, in words: "was: Paid work".
 *  @returns {Map<string, string>} by the code that they count as */
export function earlierNames(scheme, sheet, questionId, arm) {
  const names = new Map();
  for (const code of chosenCodes(sheet, questionId, arm)) {
    const now = codeNow(scheme, questionId, code);
    if (now !== code) names.set(now, [...names.get(now) ?? [], labelOf(scheme, questionId, code)]);
  }
  return new Map([...names].map(([now, labels]) => [now, `was: ${labels.join(", ")}`]));
}

/** Whether the codes so far call for a question. An option counts as chosen when one below it was;
 *  an answer to a question that does not apply itself counts for nothing.
 *  @param {(question: import("./scheme.js").Question) => string[]} codesOf
 *  @param {(axis: string) => string} codeOn what a finding is on an axis; "" outside of findings */
export function applies(scheme, question, codesOf, codeOn = () => "") {
  if (!question.when) return true;
  const wanted = new Set(question.when.any_of);
  const isChosen = (owner, code) => wanted.has(code) || above(scheme, owner.id, code).some((id) => wanted.has(id));
  if (question.when.axis) {
    const code = codeOn(question.when.axis);
    return code !== "" && axisQuestions(scheme, question.when.axis).some((owner) => isChosen(owner, code));
  }
  const earlier = scheme.questions.get(question.when.question);
  if (!earlier || !applies(scheme, earlier, codesOf, codeOn)) return false;
  return codesOf(earlier).some((code) => isChosen(earlier, code));
}

/** The ids of all questions about the study that apply now. */
export function applying(scheme, sheet) {
  const codesOf = (question) => countedCodes(scheme, sheet, question.id);
  return new Set(studyQuestions(scheme).filter((one) => applies(scheme, one, codesOf)).map((one) => one.id));
}

/** The questions to ask about a finding beside its three axes; conditions may refer to the study,
 *  to the finding's other answers, and to its axes. */
export function findingQuestions(scheme, sheet, finding) {
  const codesOf = (question) => {
    if (question.of === "study") return countedCodes(scheme, sheet, question.id);
    if (question.axis) return [codeOn(question.axis)].filter(Boolean);
    return words(finding.fields["answer." + question.id]).map((code) => codeNow(scheme, question.id, code));
  };
  const codeOn = (axis) => axisCodeNow(scheme, axis, finding.fields[axis] ?? "");
  return [...scheme.questions.values()].filter((one) => one.of === "finding" && !one.axis && applies(scheme, one, codesOf, codeOn));
}

export function words(text) {
  return (text ?? "").split(" ").filter(Boolean);
}

/** Whether a question has an answer, for every arm that it is asked for; a note alone is none. */
export function isAnswered(sheet, question) {
  const arms = askedArms(sheet, question).filter((arm, _, all) => arm || all.length === 1);
  return arms.length > 0 && arms.every((arm) => {
    if (question.options.length) return chosenCodes(sheet, question.id, arm).length > 0;
    return Boolean(answerAt(sheet, question.id, "", arm)?.value.trim());
  });
}

/** What is open where.
 *  @returns {{sections: {title: string, answered: number, asked: number, required: number, reasons: number}[], open: string[], required: string[]}}
 *    sections count questions, `reasons` those with an answer that lacks its reason; `open` names those without an answer in reading order, `required`
 *    those of them that must have one. */
export function progressOf(scheme, sheet, asked = applying(scheme, sheet)) {
  const sections = scheme.sections.map(({ title }) => ({ title, answered: 0, asked: 0, required: 0, reasons: 0 }));
  const open = [];
  const required = [];
  for (const id of asked) {
    const question = scheme.questions.get(id);
    const section = sections[scheme.sectionOf.get(id)];
    section.asked++;
    if (reasonlessArms(scheme, sheet, question).length) section.reasons++;
    if (isAnswered(sheet, question)) section.answered++;
    else {
      open.push(id);
      if (question.required) { required.push(id); section.required++; }
    }
  }
  return { sections, open, required };
}

/** The next one of a list behind a place in reading order, from the beginning again at the end. */
export function nextOf(list, order, from) {
  const at = order.indexOf(from);
  return list.find((id) => order.indexOf(id) > at) ?? list[0] ?? null;
}

/** What is wrong with a written answer, in words that stand beside it; "" where nothing is. */
export function faultOf(question, text) {
  const value = text.trim();
  if (!value) return "";
  if (question.kind === "number") return numberFault(question, value);
  if (question.kind === "date") return isDate(value) ? "" : `“${value.slice(0, 40)}” is not a date; write 2006, 2006-03 or 2006-03-14.`;
  return "";
}

function numberFault({ minimum, maximum }, value) {
  if (!/^[-+]?[0-9]{1,15}(\.[0-9]{1,15})?$/.test(value)) {
    return `“${value.slice(0, 40)}” is not a number; write it in digits, such as 12.5.`;
  }
  if (minimum !== null && Number(value) < minimum) return `${value} is below ${minimum}.`;
  if (maximum !== null && Number(value) > maximum) return `${value} is above ${maximum}.`;
  return "";
}

// A date is as exact as the report: 2006, 2006-03 or 2006-03-14.
function isDate(value) {
  const parts = /^([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?$/.exec(value);
  if (!parts) return false;
  const [year, month, day] = [Number(parts[1]), Number(parts[2] ?? 1), Number(parts[3] ?? 1)];
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= days[month - 1];
}

// The arms or judged findings for which an answer lacks the reason that it needs; "" for the whole study.
function reasonlessArms(scheme, sheet, question) {
  return askedArms(sheet, question).filter((one) => lacksReason(scheme, sheet, question, question.per_arm ? one : undefined));
}

/** How much keeps the coding from being complete, in words: "2 required, 6 reasons, 1 finding to finish".
 *  @param {number} required questions that must have an answer and have none
 *  @param obstacles as `obstacles` gives them
 *  @param {boolean} more whether something else is open */
export function openInWords(required, obstacles, more) {
  const counted = (count, one, many) => (count ? [`${count} ${count === 1 ? one : many}`] : []);
  const ofAnswers = obstacles.filter((one) => one.question && !one.lacks);
  const parts = [
    ...(obstacles.some((one) => one.judged) ? ["no finding judged yet"] : []),
    ...counted(required, "required", "required"),
    ...counted(obstacles.filter((one) => one.lacks === "reason").length, "reason", "reasons"),
    ...counted(ofAnswers.length, "answer to mend", "answers to mend"),
    ...counted(new Set(obstacles.map((one) => one.finding).filter(Boolean)).size, "finding to finish", "findings to finish"),
  ];
  return parts.join(", ") || (more ? "nothing required" : "nothing");
}

/** What keeps the coding from being complete: [{question?, finding?, why, lacks?}]; lacks: "answer" or "reason". */
export function obstacles(scheme, sheet, findings = []) {
  const asked = applying(scheme, sheet);
  const none = sheet.judged && ![...asked].some((id) => askedArms(sheet, scheme.questions.get(id)).length);
  if (none) return [{ judged: true, why: "No finding is judged yet" }];
  const found = progressOf(scheme, sheet, asked).required.map((id) => ({ question: id, why: "has no answer yet", lacks: "answer" }));
  for (const id of asked) {
    const question = scheme.questions.get(id);
    if (MANY.has(question.kind) || ONE.has(question.kind)) continue;
    for (const arm of askedArms(sheet, question)) {
      const why = faultOf(question, answerAt(sheet, id, "", arm)?.value ?? "");
      if (why) found.push({ question: id, why });
    }
  }
  for (const id of asked) {
    const question = scheme.questions.get(id);
    for (const arm of reasonlessArms(scheme, sheet, question)) found.push({ question: id, arm, why: "needs its reason in the note", lacks: "reason" });
  }
  for (const finding of findings) {
    for (const axis of AXES) {
      const needed = axisQuestions(scheme, axis).length > 0 && !finding.fields[axis];
      if (needed) found.push({ finding: finding.uid, field: axis, why: `The ${axis} is not chosen yet.` });
    }
    for (const question of findingQuestions(scheme, sheet, finding)) {
      const text = finding.fields["answer." + question.id] ?? "";
      if (question.required && !text.trim()) found.push({ finding: finding.uid, field: "answer." + question.id, why: `“${question.text}” has no answer yet.` });
    }
  }
  return found;
}
