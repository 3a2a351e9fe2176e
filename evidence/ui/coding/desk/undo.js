// Part of the coding desk (see __init__.py): what was done in this session, so that it can be taken
// back and done again. Knows no screen; edits.js writes what is given here.

import { addressOf, newUid } from "./edits.js";
import { fieldName } from "./findings.js";
import { labelOf } from "./scheme.js";
import { fieldOf } from "./sheet.js";

const MOST = 200; // acts that are remembered

/** @typedef {{items: any[], word: string}} Step one act: its items, each with `was`, what stood there
 *    before (see wasBefore), and what it did in words */
/** @typedef {{done: Step[], undone: Step[]}} Past of one study and scheme */

/** The acts of this session in the study that is open.
 *  @returns {Past} */
export function pastOf(desk) {
  const key = `${desk.sheet.study.id} ${desk.sheet.scheme_id}`;
  if (!desk.pasts.has(key)) desk.pasts.set(key, { done: [], undone: [] });
  return desk.pasts.get(key);
}

/** What an edit is going to change, beside a value: the quotation that goes; whether a finding, arm
 *  or time point is there yet. */
export function wasBefore(sheet, { kind, uid }) {
  if (kind === "quotation") return sheet.quotations.get(uid) ?? null;
  if (kind === "finding") return sheet.findings.has(uid);
  if (kind === "arm") return sheet.arms.has(uid);
  if (kind === "time_point") return sheet.time_points.has(uid);
  return null;
}

/** Remembers an act. What is typed on in one field is one act.
 *  @returns {Step} */
export function noteStep(past, items, word) {
  past.undone = [];
  const last = past.done.at(-1);
  const [item] = items;
  const typedOn = last?.items.length === 1 && items.length === 1 && isTyped(item) && addressOf(last.items[0]) === addressOf(item) && last.items[0].after === item.before;
  if (typedOn) {
    last.items[0].after = item.after;
    last.word = word;
    return last;
  }
  past.done.push({ items, word });
  if (past.done.length > MOST) past.done.shift();
  return past.done.at(-1);
}

function isTyped({ kind, field }) {
  return (kind === "answer" && (field === "value" || field === "note")) || ["arm", "time_point"].includes(kind) && field !== "removed"
    || (kind === "finding" && field !== "removed" && field !== "position");
}

/** The edits that take an act back, the last change first. What was changed again since is left.
 *  @returns {{edits: any[], left: number}} left: changes that are not taken back */
export function backEdits(sheet, step) {
  const made = new Set(step.items.filter((item) => item.was === false).map((item) => item.uid));
  const edits = [];
  let left = 0;
  for (const item of [...step.items].reverse()) {
    if (made.has(item.uid)) {
      if (item.was === false && fieldOf(sheet, { ...item, field: "removed" }) !== "yes") edits.push(plain(item, "removed", "yes"));
    } else if (item.kind === "quotation") {
      const stands = sheet.quotations.has(item.uid);
      if (item.removed && item.was) edits.push(quotedAgain(step, item, item.was));
      else if (!item.removed && stands) edits.push({ kind: "quotation", uid: item.uid, removed: true });
      else left++;
    } else if (fieldOf(sheet, item) === item.after) edits.push(plain(item, item.field, item.before));
    else left++;
  }
  return { edits, left };
}

/** The edits that do an act again that was taken back. */
export function againEdits(sheet, step) {
  const made = new Set(step.items.filter((item) => item.was === false).map((item) => item.uid));
  const edits = [];
  let left = 0;
  for (const item of step.items) {
    if (made.has(item.uid)) {
      if (item.was === false) edits.push(plain(item, "removed", ""));
    } else if (item.kind === "quotation") {
      if (!item.removed) edits.push(quotedAgain(step, item, item));
      else if (sheet.quotations.has(item.uid)) edits.push({ kind: "quotation", uid: item.uid, removed: true });
      else left++;
    } else if (fieldOf(sheet, item) === item.before) edits.push(plain(item, item.field, item.after));
    else left++;
  }
  return { edits, left };
}

function plain({ kind, question, code, arm, uid }, field, after) {
  return kind === "answer" ? { kind, question, code, arm, field, after } : kind === "state" ? { kind, after } : { kind, uid, field, after };
}

// A quotation that comes back has a new id, which the act has from then on.
function quotedAgain(step, item, { on, document, work_id, page, start, end, exact, prefix, suffix }) {
  const uid = newUid();
  step.items = step.items.map((one) => (one.kind === "quotation" && one.uid === item.uid ? { ...one, uid } : one));
  return { kind: "quotation", uid, on, document, ...(work_id === undefined ? {} : { work_id }), page, start, end, exact, prefix, suffix };
}

const THINGS = { finding: "finding", arm: "arm", time_point: "time point" };

/** What an act did, in a few words, to stand behind “Undo:”. */
export function wordOfStep(scheme, items) {
  const quoted = items.find((item) => item.kind === "quotation");
  const [first] = items;
  if (new Set(items.map((item) => item.on?.arm ?? item.arm ?? "")).size > 1) return "judgement moved"; // no other act is of two
  if (quoted) return quoted.removed ? "quotation taken away" : items.length > 1 ? "quotation with its tick" : "quotation";
  if (first.kind === "state") return first.after === "complete" ? "completed" : "reopened";
  if (first.kind !== "answer") {
    const thing = THINGS[first.kind];
    if (first.was === false) return `new ${thing}`;
    if (first.field === "removed") return first.after ? `${thing} removed` : `${thing} restored`;
    return first.kind === "finding" ? `finding, ${fewWords(fieldName(scheme, first.field))}` : `${thing} changed`;
  }
  const asked = scheme.questions.get(first.question);
  const name = fewWords(asked?.short || asked?.text || first.question);
  if (first.field === "note") return `note on ${name}`;
  if (first.field === "value") return `answer to ${name}`;
  if (first.field === "choice") return first.after ? `chose “${fewWords(labelOf(scheme, first.question, first.after))}”` : `emptied ${name}`;
  const verb = first.after ? "ticked" : "unticked";
  return items.length > 1 ? `${verb} ${items.length} codes` : `${verb} “${fewWords(labelOf(scheme, first.question, first.code))}”`;
}

function fewWords(text) {
  const signs = [...text];
  return signs.length > 40 ? signs.slice(0, 38).join("") + "…" : text;
}
