// Part of the reconciling page (see __init__.py): the codings of a study beside each other as the
// browser holds them, and what a choice does to them before the server has said so.

import { applies } from "../desk/answered.js";
import { MANY } from "../desk/scheme.js";

/** @typedef {{codes: string[], value: string, notes: Record<string, string>, quotations?: any[]}} Said */
/** @typedef {{how: string, sources: [number, string][], note: string, person: string, at: string}} Choice */
/** @typedef {{key: string, question: string, arm: string, agrees: boolean, is_asked: boolean, said: Said[], now: Said, seen: string, chosen: Choice|null}} Place */
/** @typedef {{coding_id: number, uid: string, fields: Record<string, string>, quotations: any[]}} Member */
/** @typedef {{key: string, members: Member[], likeness: number, by_hand: boolean, is_swapped: boolean, maybe_part_of: string, differing: string[],
 *   now: Record<string, string>|null, seen: string, chosen: Choice|null}} Group */

const NOTHING_SAID = { codes: [], value: "", notes: {} };

/** @param told as the server gives it */
export function reconciledFrom(told) {
  const byUid = (rows) => new Map(rows.map((row) => [row.uid, row]));
  const items = told.items.map((item) => ({ ...item, key: answerKey(item.question, item.arm) }));
  const keys = new Map(told.findings.map((one) => [one.key, groupKey(one.members)]));
  const findings = told.findings.map((one) => ({ ...one, key: groupKey(one.members), maybe_part_of: keys.get(one.maybe_part_of) ?? "" }));
  const sheet = { ...told, schemes: [], items, findings, arms: byUid(told.arms), time_points: byUid(told.time_points), quotations: new Map() };
  for (const item of items) item.said.forEach((said, at) => keepQuotations(sheet, told.coders[at].coding_id, said));
  for (const one of findings) for (const member of one.members) keepQuotations(sheet, member.coding_id, member);
  return sheet;
}

// Quotations of all codings are in one text; two could have the same uid.
function keepQuotations(sheet, codingId, said) {
  said.quotations = said.quotations.map((quoted) => ({ ...quoted, uid: `${codingId}-${quoted.uid}`.replace(/\s/g, ""), own_uid: quoted.uid, coding_id: codingId }));
  for (const quoted of said.quotations) sheet.quotations.set(quoted.uid, quoted);
}

/** Whether the file in which a quotation stood was replaced or taken away. */
export function isMoved(sheet, { document }) {
  const standing = sheet.study.reports.flatMap((report) => report.documents ?? []).map(({ id }) => `file:${id}`);
  return document.startsWith("file:") && !standing.includes(document);
}

export function answerKey(question, arm) {
  return `answer\n${question}\n${arm}`;
}

/** Names a group by its first member, as the server does. */
export function groupKey([first]) {
  return `finding\n${first.coding_id}\n${first.uid}`;
}

/** @returns {Place|Group|undefined} */
export function atKey(sheet, key) {
  return sheet.items.find((one) => one.key === key) ?? sheet.findings.find((one) => one.key === key);
}

/** Whether something is still to be chosen. */
export function isOpen(one) {
  const waits = !one.chosen || one.has_changed;
  return one.members ? waits || one.chosen.how === "together" : one.is_asked && waits;
}

export function openOf(sheet) {
  return [...sheet.items, ...sheet.findings].filter(isOpen);
}

/** Answers on which all agree, and of which nothing is chosen. */
export function agreeing(sheet) {
  return sheet.items.filter((item) => item.agrees && isOpen(item));
}

/** Whether the answers of several can be put together. */
export function takesSeveral(scheme, item) {
  const kind = scheme.questions.get(item.question)?.kind;
  return item.agrees || !kind || kind === "text" || MANY.has(kind);
}

/** Codings that say something to a question. */
export function speakers(sheet, item) {
  return sheet.coders.filter((_, at) => isSaid(item.said[at])).map((coder) => coder.coding_id);
}

export function isSaid({ codes, value, notes }) {
  return Boolean(codes.length || value.trim() || Object.keys(notes).length);
}

/** Codes that not all who are asked have ticked. */
export function disputed(item) {
  const all = new Set(item.said.flatMap((said) => said.codes));
  return new Set([...all].filter((code) => !item.said.every((said) => said.codes.includes(code))));
}

/** In which order answers are shown: differences first, then those that agree, then what is not
 *  asked after what was agreed; or all as the scheme has them. */
export function partsOf(sheet, inSchemeOrder) {
  const asked = sheet.items.filter((item) => item.is_asked);
  const unasked = sheet.items.filter((item) => !item.is_asked);
  if (inSchemeOrder) return { first: asked, agreeing: [], unasked };
  return { first: asked.filter((item) => !item.agrees), agreeing: asked.filter((item) => item.agrees), unasked };
}

/** What is gone through with keys, in reading order. */
export function reading(sheet, inSchemeOrder) {
  const parts = partsOf(sheet, inSchemeOrder);
  return [...parts.first, ...sheet.findings, ...parts.agreeing, ...parts.unasked];
}

/** The next place where something is to be chosen, differences before what agrees; from the
 *  beginning again at the end. Null where nothing is. */
export function nextDifference(sheet, inSchemeOrder, from) {
  const order = reading(sheet, inSchemeOrder);
  const at = order.findIndex((one) => one.key === from);
  const open = order.filter((one) => isOpen(one) && !one.agrees);
  const list = open.length ? open : order.filter(isOpen);
  return list.find((one) => order.indexOf(one) > at) ?? list[0] ?? null;
}

// ── choosing ─────────────────────────────────────────────────────────────────────────────────────

/** Does to the sheet what a message says; the server's own sheet comes when it has it. */
export function choose(sheet, scheme, message) {
  if (message.kind === "state") sheet.state = message.after;
  else if (message.kind === "agreeing") chooseAgreeing(sheet, message);
  else if (message.kind === "open_agreeing") openAgreeing(sheet, message);
  else if (message.members) chooseFinding(sheet, message);
  else chooseAnswer(sheet, message);
  askAnew(sheet, scheme);
}

function chooseAgreeing(sheet, { client_id: id }) {
  const sources = sheet.coders.map((coder) => [coder.coding_id, ""]);
  const items = agreeing(sheet);
  items.forEach((item, number) => {
    Object.assign(item, { has_changed: false, seen: idAtOnce(id, number), chosen: choiceOf("taken", sources, ""), now: putTogether(sheet, item, sources) });
  });
  if (items.length) sheet.at_once = { client_id: id, person: "", places: items.map((item) => [item.question, item.arm]) };
}

// Ids of several choices of one message; evidence/steps/coding/reconcile/reconciling_places.py says the same.
const idAtOnce = (id, number) => (number ? `${id}-${number}` : id);

function openAgreeing(sheet, { client_id: id, act }) {
  standingOf(sheet, act).forEach((item, number) => Object.assign(item, { has_changed: false, seen: idAtOnce(id, number), chosen: null, now: NOTHING_SAID }));
  if (sheet.at_once?.client_id === act) sheet.at_once = null;
}

function standingOf(sheet, act) {
  const isOfAct = (seen) => seen === act || (seen.startsWith(`${act}-`) && /^\d+$/.test(seen.slice(act.length + 1)));
  return sheet.items.filter((item) => item.chosen && isOfAct(item.seen));
}

/** What was taken at once last, as far as it stands.
 *  @returns {{act: string, standing: number, since: number}|null} since: how many were chosen anew since and stay */
export function takenAtOnce({ at_once: atOnce, ...sheet }) {
  const standing = atOnce ? standingOf(sheet, atOnce.client_id).length : 0;
  return standing ? { act: atOnce.client_id, standing, since: atOnce.places.length - standing } : null;
}

function chooseAnswer(sheet, message) {
  const item = atKey(sheet, answerKey(message.question, message.arm));
  if (!item) return;
  const { note = "", codes = [], value = "" } = message;
  const sources = (message.sources ?? []).map((one) => [one, ""]);
  item.seen = message.client_id;
  item.has_changed = false;
  item.chosen = message.kind === "open" ? null : choiceOf(sources.length ? "taken" : "other", sources, note);
  item.now = !item.chosen ? NOTHING_SAID : sources.length ? putTogether(sheet, item, sources) : { codes, value, notes: note ? { "": note } : {} };
}

function choiceOf(how, sources, note) {
  return { how, sources, note, person: "", at: "" };
}

function putTogether(sheet, item, sources) {
  const said = sources.map(([codingId]) => item.said[sheet.coders.findIndex((coder) => coder.coding_id === codingId)]).filter(Boolean);
  const joined = (texts) => [...new Set(texts.filter(Boolean))].join("; ");
  const noted = [...new Set(said.flatMap((one) => Object.keys(one.notes)))];
  return { codes: [...new Set(said.flatMap((one) => one.codes))], value: joined(said.map((one) => one.value)),
    notes: Object.fromEntries(noted.map((code) => [code, joined(said.map((one) => one.notes[code]))])) };
}

function chooseFinding(sheet, message) {
  const group = regrouped(sheet, message);
  if (!group) return;
  const { note = "", client_id: id, taken, fields, dropped, kind } = message;
  const others = message.members.filter((one) => !taken || !isSame(one, taken));
  group.seen = id;
  group.has_changed = false;
  group.faults = []; // the server says anew what is wrong with it
  const how = kind === "open" ? "open" : kind === "group" ? "together" : dropped ? "dropped" : fields ? "other" : "taken";
  group.chosen = how === "open" ? null : choiceOf(how, taken ? [taken, ...others] : message.members, note);
  group.now = how === "other" ? fields : how === "taken" ? group.members.find((one) => isSame([one.coding_id, one.uid], taken))?.fields ?? null : null;
}

const isSame = (one, other) => one[0] === other[0] && one[1] === other[1];

/** The group of exactly these members. Groups that lose one to it are open again. */
function regrouped(sheet, { members: wanted, client_id: id }) {
  const all = sheet.findings.flatMap((one) => one.members);
  const members = byCoder(sheet, all.filter((one) => wanted.some((each) => isSame([one.coding_id, one.uid], each))));
  if (!members.length) return null;
  const key = groupKey(members);
  const before = sheet.findings.find((one) => one.key === key);
  const groups = sheet.findings.flatMap((one, number) => without(one, members, key, `${id}-left-${number}`));
  const group = { by_hand: true, likeness: 0, is_swapped: false, maybe_part_of: "", now: null, seen: "", chosen: null, ...before, members, key, differing: differingIn(members) };
  const places = byCoder(sheet, all);
  sheet.findings = [...groups, group].sort((a, b) => places.indexOf(a.members[0]) - places.indexOf(b.members[0]));
  return group;
}

function without(group, taken, key, id) {
  if (group.key === key) return restOf(group, taken);
  const rest = group.members.filter((one) => !taken.includes(one));
  if (rest.length === group.members.length) return [group];
  const seen = group.chosen ? id : group.seen;
  return rest.length ? [{ ...group, members: rest, key: groupKey(rest), differing: differingIn(rest), chosen: null, now: null, seen: rest[0] === group.members[0] ? seen : "" }] : [];
}

// Of a group that keeps its name the others stand alone.
function restOf(group, taken) {
  const rest = group.members.filter((one) => !taken.includes(one));
  return rest.length ? [{ ...group, members: rest, key: groupKey(rest), differing: differingIn(rest), chosen: null, now: null, seen: "" }] : [];
}

function byCoder(sheet, members) {
  const order = sheet.coders.map((coder) => coder.coding_id);
  return [...members].sort((a, b) => order.indexOf(a.coding_id) - order.indexOf(b.coding_id));
}

export function differingIn(members) {
  const names = new Set(members.flatMap((one) => Object.keys(one.fields)));
  names.delete("position");
  return [...names].filter((name) => new Set(members.map((one) => (one.fields[name] ?? "").trim())).size > 1);
}

/** What depends on an answer is asked as far as what is agreed calls for it; before that, as far as
 *  anybody answered it. evidence/steps/coding/reconciling.py says the same. */
function askAnew(sheet, scheme) {
  const agreedOn = new Set(sheet.items.filter((item) => item.chosen).map((item) => item.question));
  const codesOf = (question) => sheet.items.filter((item) => item.question === question.id && item.chosen).flatMap((item) => item.now.codes);
  for (const item of sheet.items) {
    const question = scheme.questions.get(item.question);
    item.is_asked = !question?.when?.question || !agreedOn.has(question.when.question) || applies(scheme, question, codesOf);
  }
}

// ── messages ─────────────────────────────────────────────────────────────────────────────────────

const answerAbout = ({ question, arm, seen }) => ({ question, arm, seen });
const findingAbout = ({ members, seen }) => ({ members: members.map((one) => [one.coding_id, one.uid]), seen });

export const takeAnswer = (item, sources, note) => ({ kind: "answer", ...answerAbout(item), sources, note });
export const anotherAnswer = (item, { codes, value }, note) => ({ kind: "answer", ...answerAbout(item), codes, value, note });
export const takeFinding = (group, member, note) => ({ kind: "finding", ...findingAbout(group), taken: [member.coding_id, member.uid], note });
export const anotherFinding = (group, fields, note) => ({ kind: "finding", ...findingAbout(group), fields, note });
export const dropFinding = (group, note) => ({ kind: "finding", ...findingAbout(group), dropped: true, note });
export const takeBack = (one) => ({ kind: "open", ...(one.members ? findingAbout(one) : answerAbout(one)) });

/** Says which findings are one. What was seen is the choice of the group that begins as they do. */
export function oneFinding(sheet, members) {
  const ordered = byCoder(sheet, members);
  const before = sheet.findings.find((one) => one.key === groupKey(ordered));
  return { kind: "group", members: ordered.map((one) => [one.coding_id, one.uid]), seen: before?.seen ?? "" };
}

/** The same choice with another note; null where nothing is chosen. */
export function withNote(one, note) {
  const { chosen } = one;
  if (!chosen || chosen.how === "together") return null;
  if (one.members) {
    if (chosen.how === "dropped") return note.trim() ? dropFinding(one, note) : null;
    if (chosen.how === "other") return anotherFinding(one, one.now ?? {}, note);
    const [codingId, uid] = chosen.sources[0];
    return takeFinding(one, { coding_id: codingId, uid }, note);
  }
  return chosen.how === "taken" ? takeAnswer(one, chosen.sources.map(([codingId]) => codingId), note) : anotherAnswer(one, one.now, note);
}

/** The message that says a choice once more, against what stands there now. */
export function onceMore(sheet, message) {
  const { client_id: _, now: __, why: ___, ...rest } = message;
  const about = atKey(sheet, keyOf(message));
  return { ...rest, seen: about?.seen ?? "" };
}

/** What a message says that its person had seen: what the codings said, and the choices of other
 *  groups that lose a finding by it. */
export function seenWith(sheet, message) {
  if (message.kind.startsWith("open") || !sheet.seen) return {};
  const { members = [] } = message;
  const loses = (group) => group.chosen && group.members.some((one) => members.some((each) => isSame([one.coding_id, one.uid], each)));
  const leaves = sheet.findings.filter(loses).map((group) => group.seen);
  return { codings: sheet.seen, ...(members.length ? { leaves } : {}) };
}

/** Names the place that a message is about. */
export function keyOf(message) {
  if (message.members) return groupKey(message.members.map(([coding_id, uid]) => ({ coding_id, uid })));
  return message.question === undefined ? message.kind : answerKey(message.question, message.arm);
}
