// Part of the reconciling page (see __init__.py): what the page holds, and how a choice reaches the
// screen and the server.

import { inRuns, isOf } from "../desk/edits.js";
import { keyName } from "../desk/keys.js";
import { got } from "../../shell/own_route.js";
import { schemeFrom } from "../desk/scheme.js";
import { newOutbox, put, remember, settle } from "../../shell/outbox.js";
import { agreeing, choose, keyOf, openOf, reconciledFrom, seenWith } from "./reconciled.js";

const CLOSED = "What was agreed is complete. Reopen it to change something.";
const NO_ANSWER = "The study could not be fetched; the server does not answer. Nothing that you chose is lost.";

/** Everything but the screen; begin_reconciling.js adds what that offers. */
export function newReconciling(storage) {
  const desk = {
    storage, box: newOutbox(storage), data: null, scheme: null, sheet: null, typing: new Set(), current: {}, editing: null, inSchemeOrder: false,
    dragged: null, schemes: new Map(), fetching: 0, meanwhile: null, wanted: null, failed: "", refusal: "", notes: new Map(), panes: null,
  };
  Object.assign(desk, {
    send: (message) => send(desk, message),
    isClosed: () => desk.sheet?.state === "complete",
    sayClosed: () => desk.say(CLOSED, true),
    commitAll() {},
    edit: (editing) => { desk.editing = editing; desk.typing = new Set(editing ? [editing] : []); }, // the page is not left in silence meanwhile
    keyFor: (name) => keyName(desk.data.keys[name]),
    armLabel: (uid) => desk.sheet.arms.get(uid)?.label || "Arm without a name",
    clashAt: (key) => desk.box.clashed.find((item) => isOf(desk.sheet, item) && keyOf(item) === key),
    isMarked: (quoted, current) => isMarked(desk, quoted, current),
    openCount: () => openOf(desk.sheet).length,
    agreeing: () => agreeing(desk.sheet).length,
  });
  return desk;
}

// Quotations of the place where one is are marked as such, whichever coding has them.
function isMarked(desk, { on, coding_id: codingId }, { key }) {
  if (!key) return false;
  const group = desk.sheet.findings.find((one) => one.key === key);
  if (group) return group.members.some((one) => one.coding_id === codingId && one.uid === on.finding);
  return key === keyOf({ question: on.question, arm: on.arm ?? "" }) && on.question !== undefined;
}

/** Chooses: the page shows it at once, the outbox keeps and sends it. */
function send(desk, message) {
  const { sheet } = desk;
  if (desk.isClosed() && message.kind !== "state") return void desk.sayClosed();
  const about = { ...message, ...seenWith(sheet, message), study_label: [...sheet.study.label].slice(0, 80).join(""), study_id: sheet.study.id, scheme_id: sheet.scheme_id };
  const item = put(desk.box, about);
  choose(sheet, desk.scheme, item);
  desk.drawAll();
  desk.flush();
  return item;
}

/** Takes what the server says of the messages.
 *  @returns {boolean} whether it said something, so that the sheet has to be fetched again */
export function acknowledgeChoices(desk) {
  const waiting = desk.box.pending;
  const told = settle(desk.box, desk.data);
  if (desk.meanwhile) for (const item of waiting) if (!desk.box.pending.includes(item)) desk.meanwhile.push(item);
  // Of several choices in one place that clash the last one is what the person wants.
  const last = new Map(desk.box.clashed.map((item) => [`${item.study_id} ${item.scheme_id} ${keyOf(item)}`, item]));
  if (told.clashed.length) { desk.box.clashed = [...last.values()]; remember(desk.box); }
  return desk.box.pending.length < waiting.length;
}

/** Fetches a study and holds it; what waits is put on top. Only the study that was asked for last is
 *  taken.
 *  @returns {Promise<boolean>} whether it came */
export async function loadReconciling(desk, studyId, schemeId) {
  const turn = ++desk.fetching;
  desk.meanwhile = [];
  try {
    const told = await got(`coding-desk/reconciling/${encodeURIComponent(studyId)}?scheme=${encodeURIComponent(schemeId)}`, "no-store");
    if (!desk.schemes.has(told.version_id)) desk.schemes.set(told.version_id, schemeFrom(await got(`coding-desk/scheme/${encodeURIComponent(told.version_id)}`, "default")));
    if (turn !== desk.fetching) return false;
    desk.failed = "";
    desk.refusal = "";
    desk.scheme = desk.schemes.get(told.version_id);
    desk.sheet = reconciledFrom(told);
    for (const item of inRuns([...desk.meanwhile, ...desk.box.pending])) if (isOf(desk.sheet, item)) choose(desk.sheet, desk.scheme, item);
    desk.meanwhile = null;
    return true;
  } catch (error) {
    if (turn !== desk.fetching) return false;
    desk.refusal = error.words ?? "";
    desk.failed = desk.refusal ? "" : NO_ANSWER;
    if (desk.refusal) desk.sheet = null;
    return false;
  }
}
