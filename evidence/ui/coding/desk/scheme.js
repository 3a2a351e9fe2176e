// Part of the coding desk (see __init__.py): a coding scheme with quick ways to its questions and
// options. Nothing here knows of answers.

/** @typedef {{id: string, label: string, help: string, link?: string, selectable: boolean, role?: string, replaces?: string[], options: Option[]}} Option */
/** @typedef {{id: string, text: string, short: string, help: string, kind: string, required: boolean, of: "study"|"finding",
 *   axis: string|null, per_arm: boolean, unit: string, minimum: number|null, maximum: number|null,
 *   when: {question?: string, axis?: string|null, any_of: string[]}|null, options: Option[]}} Question */
/** @typedef {{option: Option, parent: string, level: number, position: number, size: number}} Place where an option stands */
/** @typedef {{id: string, version: number, title: string, sections: {title: string, help: string, questions: Question[]}[],
 *   questions: Map<string, Question>, sectionOf: Map<string, number>, places: Map<string, Map<string, Place>>,
 *   merged: Map<string, Map<string, string>>, retired: Map<string, {text: string, labels: Record<string, string>}>}} Scheme
 *   merged: codes that count as another now; retired: the words of what is not asked any more */

export const MANY = new Set(["many of", "tree"]);
export const ONE = new Set(["one of", "yes/no"]);
export const AXES = ["intervention", "outcome", "contrast"];

/** @param told as the server gives it
 *  @returns {Scheme} */
export function schemeFrom(told) {
  const scheme = { id: told.scheme_id, version: told.version_id, title: told.title, sections: told.sections,
    questions: new Map(), sectionOf: new Map(), places: new Map(), merged: new Map(), retired: new Map() };
  for (const { question, text, labels } of told.retired ?? []) scheme.retired.set(question, { text, labels });
  told.sections.forEach((section, at) => {
    for (const question of section.questions) {
      scheme.questions.set(question.id, question);
      scheme.sectionOf.set(question.id, at);
      scheme.places.set(question.id, placesOf(question.options));
      scheme.merged.set(question.id, mergedInto(scheme.places.get(question.id)));
    }
  });
  return scheme;
}

function placesOf(options) {
  const places = new Map();
  const walk = (list, parent, level) => list.forEach((option, at) => {
    places.set(option.id, { option, parent, level, position: at + 1, size: list.length });
    walk(option.options, option.id, level + 1);
  });
  walk(options, "", 1);
  return places;
}

function mergedInto(places) {
  const merged = new Map();
  for (const [id, { option }] of places) for (const older of option.replaces ?? []) merged.set(older, id);
  return merged;
}

/** The code that an answer counts as: the one that it was merged into, or itself. */
export function codeNow(scheme, questionId, code) {
  return scheme.merged.get(questionId)?.get(code) ?? code;
}

/** The code that a finding counts as on an axis. */
export function axisCodeNow(scheme, axis, code) {
  for (const { id } of axisQuestions(scheme, axis)) {
    const now = codeNow(scheme, id, code);
    if (now !== code) return now;
  }
  return code;
}

/** How a question is called; in its last words where it is not asked any more. */
export function questionName(scheme, questionId) {
  return scheme.questions.get(questionId)?.text ?? scheme.retired.get(questionId)?.text ?? questionId;
}

/** The options above one, the nearest first. */
export function above(scheme, questionId, optionId) {
  const places = scheme.places.get(questionId);
  const found = [];
  for (let at = places?.get(optionId)?.parent; at; at = places.get(at).parent) found.push(at);
  return found;
}

/** The options below one, in reading order; without the option itself. */
export function below(scheme, questionId, optionId) {
  const found = [];
  const walk = (list) => { for (const option of list) { found.push(option); walk(option.options); } };
  walk(scheme.places.get(questionId)?.get(optionId)?.option.options ?? []);
  return found;
}

/** The label of an option; its last one where the scheme no longer has it. */
export function labelOf(scheme, questionId, optionId) {
  return scheme.places.get(questionId)?.get(optionId)?.option.label ?? scheme.retired.get(questionId)?.labels[optionId] ?? optionId;
}

/** The label with those above it, as "Employment › Social firm". */
export function pathOf(scheme, questionId, optionId) {
  const ids = [optionId, ...above(scheme, questionId, optionId)];
  return ids.reverse().map((id) => labelOf(scheme, questionId, id)).join(" › ");
}

/** The questions about studies, in reading order. */
export function studyQuestions(scheme) {
  return [...scheme.questions.values()].filter((question) => question.of === "study");
}

/** The questions whose options stand on an axis of findings. */
export function axisQuestions(scheme, axis) {
  return [...scheme.questions.values()].filter((question) => question.axis === axis);
}

/** The label of a finding's code on an axis; option ids are unique along an axis. */
export function axisLabel(scheme, axis, optionId) {
  const asked = axisQuestions(scheme, axis);
  const owner = asked.find((one) => scheme.places.get(one.id).has(optionId)) ?? asked.find((one) => scheme.retired.get(one.id)?.labels[optionId]);
  return owner ? labelOf(scheme, owner.id, optionId) : optionId;
}
