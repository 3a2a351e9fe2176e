// Part of the coding desk (see __init__.py): what the desk holds, and how a change reaches the screen.

import { applying, isAnswered, obstacles, progressOf } from "./answered.js";
import { commitAll } from "./fields.js";
import { catchUp, isOf, joinClashes, write } from "./edits.js";
import { noticesOf } from "./findings.js";
import { got } from "../../shell/own_route.js";
import { keyName } from "./keys.js";
import { newOutbox, settle, together } from "../../shell/outbox.js";
import { axisLabel, labelOf, schemeFrom } from "./scheme.js";
import { armName, askedArms, sheetFrom, standingFindings } from "./sheet.js";
import { againEdits, backEdits, noteStep, pastOf, wasBefore, wordOfStep } from "./undo.js";

/** Everything but the screen; begin.js adds what that offers: say, flush, drawFrame, offerUndo, act. */
export function newDesk(storage) {
  const desk = {
    box: newOutbox(storage), data: null, scheme: null, sheet: null, asked: new Set(), progress: { sections: [], open: [], required: [] },
    current: {}, notes: new Set(), typing: new Set(), composing: false, order: null, chosen: null, dragged: null, search: { text: "", target: null },
    panes: null, wanted: null, steps: 0, meanwhile: null, schemes: new Map(), fetching: 0, undo: null, failed: "", pasts: new Map(), left: "", pressed: null,
  };
  Object.assign(desk, {
    write: (edit) => change(desk, [edit])[0] ?? null,
    writeAll: (edits) => change(desk, edits),
    takeBack: (step) => moveStep(desk, step, "done", "undone", backEdits),
    doAgain: (step) => moveStep(desk, step, "undone", "done", againEdits),
    commitAll: () => commitAll(desk),
    isClosed: (edit) => desk.sheet.state === "complete" && edit?.kind !== "state",
    sayClosed: () => desk.say(`This coding is complete; press ${keyName(desk.data.keys.complete)} to reopen it.`, true),
    answeredNow: (question) => isAnswered(desk.sheet, question),
    armLabel: (uid) => armName(desk.sheet, uid) || "Arm without a name",
    asksFindings: () => !desk.sheet.judged || [...desk.scheme.questions.values()].some((one) => one.axis || one.of === "finding"),
    obstacles: () => [...obstacles(desk.scheme, desk.sheet, standingFindings(desk.sheet)), ...standingFindings(desk.sheet).flatMap(({ uid }) => desk.faultsOf(uid).map(({ field, sentence }) => ({ finding: uid, field, why: sentence })))],
    hints: () => (desk.data.study_id === desk.sheet.study.id ? desk.data.hints ?? [] : []),
    notices: () => noticesOf(standingFindings(desk.sheet), desk.data.computed, desk.hints()).all,
    faultsOf: (uid) => desk.data.computed?.[uid]?.faults ?? [],
    wordFor: (edit, value) => wordFor(desk, edit, value),
    quoteTarget: () => targetName(desk),
    updateText: () => desk.panes?.text.update(),
  });
  return desk;
}

function change(desk, edits) {
  const open = edits.filter((edit) => !desk.isClosed(edit));
  if (open.length < edits.length) desk.sayClosed();
  const items = writeEach(desk, open);
  const changing = items.filter((item) => item.before === undefined || item.before !== item.after); // not what is confirmed only
  if (changing.length) noteStep(pastOf(desk), changing, wordOfStep(desk.scheme, changing));
  show(desk, open, items);
  return items;
}

function writeEach(desk, edits) {
  return together(desk.box, () => edits.map((edit) => {
    const was = wasBefore(desk.sheet, edit);
    const item = write(desk, edit);
    return item && { ...item, was };
  }).filter(Boolean));
}

function show(desk, edits, items) {
  refresh(desk, edits);
  if (items.length) desk.flush();
}

// Takes back an act of this session, the last one where none is named, or does it again.
function moveStep(desk, step, from, to, editsOf) {
  const past = pastOf(desk);
  const moved = step ?? past[from].at(-1);
  if (!moved || !past[from].includes(moved)) return null;
  if (desk.isClosed(moved.items[0])) return void desk.sayClosed();
  past[from] = past[from].filter((one) => one !== moved);
  const { edits, left } = editsOf(desk.sheet, moved);
  show(desk, edits, writeEach(desk, edits));
  if (edits.length) past[to].push(moved);
  return { step: moved, edits, left };
}

/** Shows what changed: the questions that were edited, what depends on them, and the counts. */
export function refresh(desk, edits) {
  desk.asked = applying(desk.scheme, desk.sheet);
  desk.progress = progressOf(desk.scheme, desk.sheet, desk.asked);
  settleArm(desk);
  if (!desk.panes) return;
  const kinds = new Set(edits.map((edit) => edit.kind));
  const all = kinds.has("arm") || kinds.has("state") || kinds.has("quotation");
  const changed = all ? null : new Set(edits.filter((edit) => edit.kind === "answer").map((edit) => edit.question));
  const shown = new Set(changed ?? []);
  if (changed) for (const [id, view] of desk.panes.scheme.views) if (desk.asked.has(id) && view.element.hidden) shown.add(id);
  if (changed) for (const [id, { question }] of desk.panes.scheme.views) if (question.rule?.of.some((one) => changed.has(one))) shown.add(id);
  desk.panes.scheme.update(changed ? shown : undefined);
  desk.panes.findings.update();
  if (kinds.has("quotation") || kinds.has("state")) desk.panes.text.update();
  desk.drawFrame();
}

/** Where one is, it is for an arm or a finding for which the question is asked. */
export function settleArm(desk) {
  const question = desk.scheme.questions.get(desk.current.question);
  if (!question) return;
  const arms = askedArms(desk.sheet, question);
  if (!arms.includes(desk.current.arm ?? "")) desk.current.arm = arms[0] ?? "";
}

export function refreshAll(desk) {
  refresh(desk, [{ kind: "state" }]);
}

/** Takes what the server says of the items; gives what it refused. */
export function acknowledge(desk) {
  const before = [desk.box.refused.length, desk.box.clashed.length, desk.box.pending.length].join();
  const waiting = new Set(desk.box.pending);
  const told = settle(desk.box, desk.data);
  if (desk.meanwhile) for (const item of waiting) if (!desk.box.pending.includes(item)) desk.meanwhile.push(item);
  if (told.clashed.length) joinClashes(desk.box);
  for (const item of told.refused) if (desk.sheet && item.kind === "state" && isOf(desk.sheet, item)) desk.sheet.state = "draft";
  return before !== [desk.box.refused.length, desk.box.clashed.length, desk.box.pending.length].join();
}

/** Fetches a study with its scheme and holds it; what waits is put on top. Only the study that was
 *  asked for last is taken.
 *  @returns {Promise<boolean>} whether it came */
export async function load(desk, studyId, schemeId) {
  const turn = ++desk.fetching;
  desk.meanwhile = [];
  try {
    const told = await got(`coding-desk/study/${encodeURIComponent(studyId)}?scheme=${encodeURIComponent(schemeId)}`, "no-store");
    if (!desk.schemes.has(told.version_id)) desk.schemes.set(told.version_id, schemeFrom(await got(`coding-desk/scheme/${encodeURIComponent(told.version_id)}`, "default")));
    if (turn !== desk.fetching) return false;
    commitAll(desk);
    const meanwhile = desk.meanwhile;
    desk.meanwhile = null;
    desk.failed = "";
    desk.sheet = catchUp(sheetFrom(told), desk.box, meanwhile);
    desk.scheme = desk.schemes.get(told.version_id);
    return true;
  } catch (error) {
    if (turn === desk.fetching) desk.failed = "The study could not be fetched; the server does not answer. Nothing that you wrote is lost.";
    return false;
  }
}

/** A value in words, for a clash. */
function wordFor(desk, edit, value) {
  if (value === true || value === false) return value ? "ticked" : "not ticked";
  if (value === "") return "(nothing)";
  if (edit.field === "choice") return labelOf(desk.scheme, edit.question, value);
  if (["intervention", "outcome", "contrast"].includes(edit.field)) return axisLabel(desk.scheme, edit.field, value);
  if (edit.field?.startsWith("arm_")) return desk.armLabel(value);
  return String(value);
}

// What a quotation would be attached to.
function targetName(desk) {
  const { question, code, finding } = desk.current;
  if (finding) return "the chosen finding";
  const asked = desk.scheme?.questions.get(question);
  if (!asked) return "";
  return code ? `${labelOf(desk.scheme, question, code)} (${asked.short || asked.text})` : asked.short || asked.text;
}

