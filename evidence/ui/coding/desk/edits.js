// Part of the coding desk (see __init__.py): what is done becomes items in the outbox, and clashes.
// Nothing else writes.

import { newId, put, remember } from "../../shell/outbox.js";
import { MANY, codeNow } from "./scheme.js";
import { applyItem, chosenCodes, fieldOf } from "./sheet.js";

/** A new id for what is made in the browser: letters and digits. */
export function newUid() {
  return newId().replace(/[^0-9a-zA-Z]/g, "").padEnd(8, "0").slice(0, 40);
}

/** Names the field that an item is about; the same for every item about it. */
export function addressOf(item) {
  const place = item.kind === "answer" ? [item.question, item.code, item.arm, item.field] : [item.uid ?? "", item.field ?? ""];
  return [item.kind, item.study_id, item.scheme_id, ...place].join("\n");
}

/** The edit that says of a copied answer that it holds here, too: it writes what stands there. */
export function confirmEdit(scheme, sheet, question) {
  const at = { kind: "answer", question: question.id, code: "", arm: "" };
  const [code] = chosenCodes(sheet, question.id, "");
  if (!question.options.length) return { ...at, field: "value", after: fieldOf(sheet, { ...at, field: "value" }) };
  return MANY.has(question.kind) ? { ...at, code, field: "chosen", after: true } : { ...at, field: "choice", after: codeNow(scheme, question.id, code) };
}

/** Writes one field, where it changes or where a copied answer is confirmed by it: the sheet shows it at once, the outbox keeps and sends it. A
 *  field over which a clash is still open only changes what is shown beside the other text.
 *  @param edit {kind, …, field, after}; `before` is what the sheet holds
 *  @returns the item; null where nothing changed or nothing is sent */
export function write(desk, edit) {
  const { sheet } = desk;
  const before = fieldOf(sheet, edit);
  const confirms = edit.kind === "answer" && sheet.copied.has(edit.question);
  if (before !== undefined && before === edit.after && !confirms) return null;
  const about = { ...edit, study_label: [...sheet.study.label].slice(0, 80).join(""), study_id: sheet.study.id, scheme_id: sheet.scheme_id, version_id: sheet.version_id };
  const clash = clashAt(desk, addressOf(about));
  if (clash) {
    clash.after = edit.after;
    applyItem(sheet, clash);
    remember(desk.box);
    return null;
  }
  const item = put(desk.box, before === undefined ? about : { ...about, before });
  applyItem(sheet, item);
  return item;
}

export function clashAt(desk, address) {
  return desk.box.clashed.find((item) => addressOf(item) === address);
}

/** Of several clashes over one field one is kept: what the person wrote last, against what the
 *  server holds now. */
export function joinClashes(box) {
  const last = new Map();
  for (const item of box.clashed) {
    const address = addressOf(item);
    if (last.has(address)) Object.assign(last.get(address), { after: item.after, now: item.now });
    else last.set(address, item);
  }
  box.clashed = [...last.values()].filter((item) => item.after !== item.now);
  remember(box);
}

/** Ends a clash: what is here goes to the server against what it holds, or that is taken over.
 *  @returns the item that is sent; null where none is */
export function endClash(desk, address, keepMine) {
  const clash = clashAt(desk, address);
  if (!clash) return null;
  desk.box.clashed = desk.box.clashed.filter((item) => item !== clash);
  const { now, client_id: _, ...about } = clash;
  let sent = null;
  if (keepMine) sent = put(desk.box, { ...about, before: now });
  else if (isOf(desk.sheet, clash)) applyItem(desk.sheet, { ...clash, after: now });
  remember(desk.box);
  return sent;
}

/** Whether an item is about the study and scheme of a sheet. */
export function isOf(sheet, item) {
  return item.study_id === sheet.study.id && (item.scheme_id === sheet.scheme_id || item.kind === "arm" || item.kind === "time_point");
}

/** Where an item belongs that is not of the study and scheme that are open, as people call it. */
export function elsewhere(sheet, item) {
  const study = item.study_label || "another study";
  if (item.scheme_id === sheet.scheme_id) return study;
  const scheme = sheet.schemes.find((one) => one.id === item.scheme_id)?.title ?? "another scheme";
  return item.study_id === sheet.study.id ? scheme : `${study}, ${scheme}`;
}

/** What was refused, here and in other places.
 *  @returns {{here: any[], others: {place: string, items: any[]}[]}} others: by study and scheme */
export function refusedIn(sheet, refused) {
  const others = new Map();
  const here = refused.filter((item) => sheet && isOf(sheet, item));
  for (const item of refused) {
    if (!sheet || isOf(sheet, item)) continue;
    const key = `${item.study_id} ${item.scheme_id}`;
    if (!others.has(key)) others.set(key, { place: elsewhere(sheet, item), items: [] });
    others.get(key).items.push(item);
  }
  return { here, others: [...others.values()] };
}

/** Does to a sheet that came from the server what the server may not have seen when it gave it:
 *  what waits, what it refused or found to clash, and what was acknowledged only meanwhile. */
export function catchUp(sheet, box, meanwhile = []) {
  const byId = new Map();
  for (const item of [...meanwhile, ...box.refused, ...box.clashed, ...box.pending]) byId.set(item.client_id, item);
  const down = new Set([...box.refused, ...box.clashed].map((item) => item.client_id));
  const isTurnedDown = (item) => item.kind === "state" && down.has(item.client_id); // then it is not complete
  for (const item of inRuns([...byId.values()])) if (isOf(sheet, item) && !isTurnedDown(item)) applyItem(sheet, item);
  return sheet;
}

// Items of one run are numbered; those of an earlier one came before.
export function inRuns(items) {
  const number = (item) => Number(item.client_id.slice(item.client_id.lastIndexOf("-") + 1)) || 0;
  const run = (item) => item.client_id.slice(0, item.client_id.lastIndexOf("-"));
  const runs = [...new Set(items.map(run))];
  return [...items].sort((a, b) => runs.indexOf(run(a)) - runs.indexOf(run(b)) || number(a) - number(b));
}
