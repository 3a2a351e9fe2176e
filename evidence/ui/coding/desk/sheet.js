// Part of the coding desk (see __init__.py): one person's coding of one study as the browser holds
// it, and what an item does to it. An item changes one field and says what stood there before.

import { codeNow } from "./scheme.js";

/** @typedef {{question: string, code: string, arm: string, chosen: boolean, value: string, note: string}} Answer */
/** @typedef {{uid: string, position: number, fields: Record<string, string>}} Finding */
/** @typedef {{uid: string, on: {question?: string, code?: string, arm?: string, finding?: string}, document: string, page: number|null,
 *   start: number, end: number, exact: string, prefix: string, suffix: string}} Quotation */
/** @typedef {{uid: string, label: string, people?: string, removed?: string}} Row of arms or time points */
/** @typedef {{study: any, schemes: any[], scheme_id: string|number, version_id: string|number, state: string, others: any[],
 *   answers: Map<string, Map<string, Answer>>, findings: Map<string, Finding>, quotations: Map<string, Quotation>,
 *   arms: Map<string, Row>, time_points: Map<string, Row>, copied: Map<string, string>}} Sheet
 *   judged: {findings: Map<string, {uid: string, label: string, removed: boolean, stands: string, became: string}>, chosen: Set<string>,
 *   title: string, scheme_id: number|null} | null: the findings of the study, where the scheme judges
 *   them; chosen: those that were chosen and of which nothing is said yet
 *   copied: the study from which an answer was copied, by question, until it is changed or confirmed */

/** @param told as the server gives it
 *  @returns {Sheet} */
export function sheetFrom(told) {
  const byUid = (rows) => new Map((rows ?? []).map((row) => [row.uid, { ...row }]));
  const sheet = { ...told, answers: new Map(), findings: new Map(), quotations: byUid(told.quotations),
    arms: byUid(told.arms), time_points: byUid(told.time_points), copied: new Map(Object.entries(told.copied ?? {})),
    judged: told.judged ? { ...told.judged, findings: byUid(told.judged.findings), chosen: new Set() } : null };
  for (const row of told.answers) Object.assign(answerRow(sheet, row), row);
  for (const row of told.findings) sheet.findings.set(row.uid, { ...row, fields: { ...row.fields } });
  return sheet;
}

function answerRow(sheet, { question, code, arm }) {
  if (!sheet.answers.has(question)) sheet.answers.set(question, new Map());
  const rows = sheet.answers.get(question);
  const key = code + "\n" + arm;
  if (!rows.has(key)) rows.set(key, { question, code, arm, chosen: false, value: "", note: "" });
  return rows.get(key);
}

/** @returns {Answer|undefined} */
export function answerAt(sheet, question, code, arm) {
  return sheet.answers.get(question)?.get(code + "\n" + arm);
}

/** The codes that are chosen for a question; of one arm, or where none is named of any. */
export function chosenCodes(sheet, question, arm) {
  const codes = [];
  for (const row of sheet.answers.get(question)?.values() ?? []) {
    if (row.chosen && (arm === undefined || row.arm === arm)) codes.push(row.code);
  }
  return codes;
}

/** What a field holds now, for any item that is about it; texts where nothing was written. */
export function fieldOf(sheet, item) {
  if (item.kind === "answer") {
    if (item.field === "choice") return chosenCodes(sheet, item.question, item.arm)[0] ?? "";
    const row = answerAt(sheet, item.question, item.code, item.arm);
    return row?.[item.field] ?? (item.field === "chosen" ? false : "");
  }
  if (item.kind === "finding") {
    const finding = sheet.findings.get(item.uid);
    if (item.field === "position") return finding ? String(finding.position) : "";
    return finding?.fields[item.field] ?? "";
  }
  if (item.kind === "arm" || item.kind === "time_point") return listOf(sheet, item).get(item.uid)?.[item.field] ?? "";
  if (item.kind === "state") return sheet.state;
  return undefined;
}

function listOf(sheet, item) {
  return item.kind === "arm" ? sheet.arms : sheet.time_points;
}

/** Does to the sheet what the item says. */
export function applyItem(sheet, item) {
  if (item.kind === "answer") applyAnswer(sheet, item);
  else if (item.kind === "finding") applyFinding(sheet, item);
  else if (item.kind === "quotation") {
    if (item.removed) sheet.quotations.delete(item.uid);
    else sheet.quotations.set(item.uid, quotationOf(item));
  } else if (item.kind === "arm" || item.kind === "time_point") {
    const list = listOf(sheet, item);
    if (!list.has(item.uid)) list.set(item.uid, { uid: item.uid, label: "", people: "" });
    list.get(item.uid)[item.field] = item.after;
  } else if (item.kind === "state") sheet.state = item.after;
}

function applyAnswer(sheet, item) {
  sheet.copied.delete(item.question);
  if (item.field !== "choice") {
    answerRow(sheet, item)[item.field] = item.after;
    return;
  }
  for (const row of sheet.answers.get(item.question)?.values() ?? []) {
    if (row.arm === item.arm) row.chosen = false;
  }
  if (item.after) answerRow(sheet, { ...item, code: item.after }).chosen = true;
}

function applyFinding(sheet, item) {
  if (!sheet.findings.has(item.uid)) {
    sheet.findings.set(item.uid, { uid: item.uid, position: nextPosition(sheet), fields: {} });
  }
  const finding = sheet.findings.get(item.uid);
  if (item.field === "position") finding.position = Number(item.after);
  else finding.fields[item.field] = item.after;
}

function nextPosition(sheet) {
  return 1 + Math.max(0, ...[...sheet.findings.values()].map((finding) => finding.position));
}

function quotationOf({ uid, on, document, work_id, page, start, end, exact, prefix, suffix }) {
  return { uid, on, document, work_id, page, start, end, exact, prefix, suffix };
}

/** Rows of arms or time points that were not taken away. */
export function standing(rows) {
  return [...rows.values()].filter((row) => row.removed !== "yes");
}

/** Findings that were not taken away, by position. */
export function standingFindings(sheet) {
  return [...sheet.findings.values()].filter((finding) => finding.fields.removed !== "yes").sort((a, b) => a.position - b.position);
}

/** The findings that are judged: those of which something is said, and those that were just chosen. */
export function judgedNow(sheet) {
  const said = new Set();
  for (const rows of sheet.answers.values()) for (const row of rows.values()) if (row.arm && holds(row)) said.add(row.arm);
  for (const { on } of sheet.quotations.values()) if (on.arm) said.add(on.arm);
  return [...sheet.judged.findings.keys()].filter((uid) => said.has(uid) || sheet.judged.chosen.has(uid));
}

/** The edits that take away all that is said of a finding that was judged. */
export function unjudgeEdits(scheme, sheet, uid) {
  const edits = [];
  for (const [question, rows] of sheet.answers) {
    const isOne = ["one of", "yes/no"].includes(scheme.questions.get(question)?.kind);
    for (const row of [...rows.values()].filter((one) => one.arm === uid)) {
      const at = { kind: "answer", question, code: row.code, arm: uid };
      if (row.chosen) edits.push(isOne ? { ...at, code: "", field: "choice", after: "" } : { ...at, field: "chosen", after: false });
      if (row.value) edits.push({ ...at, field: "value", after: "" });
      if (row.note) edits.push({ ...at, field: "note", after: "" });
    }
  }
  for (const quoted of sheet.quotations.values()) if (quoted.on.arm === uid) edits.push({ kind: "quotation", uid: quoted.uid, removed: true });
  return edits;
}

/** The edits that put all that is said of a judged finding on another one. What the scheme no longer
 *  asks for stays where it is, and so do quotations of a file that is gone, which cannot be quoted anew.
 *  @param {() => string} uidFor of a quotation that is made */
export function moveJudgementEdits(scheme, sheet, from, to, uidFor) {
  const isKnown = (question, code) => scheme.questions.has(question) && (!code || scheme.places.get(question).has(codeNow(scheme, question, code)));
  const texts = new Set(sheet.study.reports.flatMap(({ work_id, documents }) => [`title:${work_id}`, `abstract:${work_id}`, ...(documents ?? []).map(({ id }) => `file:${id}`)]));
  const quotations = [...sheet.quotations.values()].filter(({ on, document }) => on.arm === from && isKnown(on.question, on.code) && texts.has(document));
  const away = unjudgeEdits(scheme, sheet, from).filter((edit) => (edit.kind === "quotation" ? quotations.some((one) => one.uid === edit.uid) : isKnown(edit.question, edit.code)));
  const put = [];
  for (const [question, rows] of sheet.answers) {
    const isOne = ["one of", "yes/no"].includes(scheme.questions.get(question)?.kind);
    for (const row of [...rows.values()].filter((one) => one.arm === from && isKnown(question, one.code))) {
      const code = row.code && codeNow(scheme, question, row.code);
      const at = { kind: "answer", question, code, arm: to };
      if (row.chosen) put.push(isOne ? { ...at, code: "", field: "choice", after: code } : { ...at, field: "chosen", after: true });
      if (row.value) put.push({ ...at, field: "value", after: row.value });
      if (row.note) put.push({ ...at, field: "note", after: row.note });
    }
  }
  for (const one of quotations) put.push({ kind: "quotation", ...quotationOf(one), uid: uidFor(), on: { ...one.on, arm: to } });
  return [...put, ...away];
}

/** Where what is said of a judged finding can be moved: the finding that counts and came of it, or
 *  is the only one called the same, while nothing is said of that; "" where there is none. */
export function movesTo(sheet, uid) {
  const { findings } = sheet.judged;
  const one = findings.get(uid);
  if (!one || one.stands !== "own" || !isJudged(sheet, uid)) return "";
  const alike = [...findings.values()].filter((other) => other.stands === "agreed" && other.label === one.label);
  const to = findings.has(one.became) ? one.became : alike.length === 1 ? alike[0].uid : "";
  return to && !isJudged(sheet, to) ? to : "";
}

function isJudged(sheet, uid) {
  const said = [...sheet.answers.values()].some((rows) => [...rows.values()].some((row) => row.arm === uid && holds(row)));
  return said || [...sheet.quotations.values()].some(({ on }) => on.arm === uid);
}

/** How an arm or a judged finding is called, and whether it counts; "" where neither is known. */
export function armName(sheet, uid) {
  const finding = sheet.judged?.findings.get(uid);
  if (sheet.arms.get(uid)?.label || !finding) return sheet.arms.get(uid)?.label ?? "";
  const standing = finding.removed ? "taken away" : STANDING[finding.stands];
  return `${finding.label}${standing ? ` (${standing})` : ""}`;
}

const STANDING = { agreed: "agreed", own: "your own; no longer counts", other: "of another coding; does not count" };

/** The arms for which a question is asked: each arm of the study where it says so and there are
 *  any, or each finding that is judged; "" stands for the whole study. What was answered for it
 *  before there were arms stays. */
export function askedArms(sheet, question) {
  if (sheet.judged && question.per_arm && !question.axis) return askedOf(sheet, question, judgedNow(sheet));
  const arms = question.per_arm ? standing(sheet.arms).map((arm) => arm.uid) : [];
  return arms.length ? askedOf(sheet, question, arms) : [""];
}

function askedOf(sheet, question, arms) {
  const whole = [...sheet.answers.get(question.id)?.values() ?? []].some((row) => !row.arm && holds(row));
  return whole ? ["", ...arms] : arms;
}

/** Whether a row says anything. */
export function holds(row) {
  return Boolean(row.chosen || row.value || row.note);
}

/** Answers that the scheme no longer asks for: kept, and shown as such. */
export function strangers(sheet, scheme) {
  const found = [];
  for (const [question, rows] of sheet.answers) {
    for (const row of rows.values()) {
      const known = scheme.questions.has(question) && (!row.code || scheme.places.get(question).has(codeNow(scheme, question, row.code)));
      if (!known && holds(row)) found.push(row);
    }
  }
  return found;
}
