import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { settle } from "../../../../evidence/ui/shell/outbox.js";
import { newOutbox } from "../../../../evidence/ui/shell/outbox.js";
import { addressOf, catchUp, confirmEdit, endClash, joinClashes, newUid, refusedIn, write } from "../../../../evidence/ui/coding/desk/edits.js";
import { answerAt, applyItem, chosenCodes, fieldOf, sheetFrom, standingFindings } from "../../../../evidence/ui/coding/desk/sheet.js";
import { aScheme, aSheet, answer, told } from "./made.mjs";

class Storage {
  setItem(name, text) { this[name] = String(text); }
  getItem(name) { return Object.hasOwn(this, name) ? this[name] : null; }
  removeItem(name) { delete this[name]; }
}
beforeEach(() => { Object.defineProperty(globalThis, "localStorage", { value: new Storage(), configurable: true }); });

const aDesk = (more) => ({ sheet: aSheet(more), box: newOutbox("waymark-coding-1-2-") });
const text = (after) => ({ kind: "answer", question: "begun", code: "", arm: "", field: "value", after });
const choice = (after) => ({ kind: "answer", question: "compared", code: "", arm: "", field: "choice", after });
const tick = (code, after) => ({ kind: "answer", question: "service", code, arm: "", field: "chosen", after });
const about = ({ before, after }) => [before, after];

test("an edit is one item for one field, with what stood there before", () => {
  const desk = aDesk({ answers: [answer("compared", { code: "usual" })] });
  write(desk, choice("none"));
  write(desk, tick("ips", true));
  write(desk, text("2001"));
  write(desk, text("2002"));
  assert.deepEqual(desk.box.pending.map(about), [["usual", "none"], [false, true], ["", "2001"], ["2001", "2002"]]);
  const { study_id, scheme_id, version_id } = desk.box.pending[0];
  assert.deepEqual([study_id, scheme_id, version_id], [3, 5, 9]);
});

test("what changes nothing is no item", () => {
  const desk = aDesk({ answers: [answer("compared", { code: "usual" })] });
  assert.deepEqual([write(desk, choice("usual")), write(desk, text("")), write(desk, tick("ips", false))], [null, null, null]);
  assert.deepEqual(desk.box.pending, []);
});

test("a copied answer carries its mark until it is changed or confirmed, and confirming is an item", () => {
  const desk = aDesk({ copied: { begun: "X 2019", compared: "X 2019", service: "X 2019" },
    answers: [answer("begun", { value: "2001" }), answer("compared", { code: "usual" }), answer("service", { code: "ips" }), answer("service", { code: "firm" })] });
  const scheme = aScheme();
  const confirmed = ["begun", "compared", "service"].map((id) => confirmEdit(scheme, desk.sheet, scheme.questions.get(id)));
  for (const edit of confirmed) write(desk, edit);
  assert.deepEqual(desk.box.pending.map(about), [["2001", "2001"], ["usual", "usual"], [true, true]]);
  assert.equal(desk.sheet.copied.size, 0);
  assert.equal(write(desk, text("2001")), null);
  assert.deepEqual(chosenCodes(desk.sheet, "service"), ["ips", "firm"]);
  const other = aDesk({ copied: { service: "X 2019" }, answers: [answer("service", { code: "ips" })] });
  write(other, tick("firm", true));
  assert.equal(other.sheet.copied.size, 0);
});

test("choosing another leaves one chosen, and a note on the first stays", () => {
  const desk = aDesk({ answers: [answer("compared", { code: "usual", note: "p. 4" })] });
  write(desk, choice("none"));
  assert.deepEqual(chosenCodes(desk.sheet, "compared"), ["none"]);
  assert.equal(answerAt(desk.sheet, "compared", "usual", "").note, "p. 4");
  write(desk, choice(""));
  assert.deepEqual(chosenCodes(desk.sheet, "compared"), []);
});

test("a sheet from the server is caught up with what it may not have seen", () => {
  const desk = aDesk();
  const sent = write(desk, text("2001"));
  write(desk, tick("ips", true));
  write(desk, tick("firm", true));
  write(desk, tick("firm", false));
  settle(desk.box, { kept: [sent.client_id] });
  const fresh = catchUp(sheetFrom(told()), desk.box, [sent]);
  assert.deepEqual([fieldOf(fresh, text()), chosenCodes(fresh, "service")], ["2001", ["ips"]]);
});

test("what waits for another study or scheme does not show here; arms of the study do", () => {
  const desk = aDesk();
  write(desk, text("2001"));
  write(desk, { kind: "arm", uid: "armarm01", field: "label", after: "IPS" });
  const others = [told({ study: { id: 4, label: "", reports: [] } }), told({ scheme_id: 6 })].map((one) => catchUp(sheetFrom(one), desk.box));
  assert.deepEqual(others.map((sheet) => [fieldOf(sheet, text()), sheet.arms.size]), [["", 0], ["", 1]]);
});

test("a clash shows both and sends nothing until one is chosen", () => {
  const desk = aDesk();
  const [one, two] = [write(desk, text("2001")), write(desk, text("2002"))];
  settle(desk.box, { clashes: { [one.client_id]: { now: "1999" }, [two.client_id]: { now: "1999" } } });
  joinClashes(desk.box);
  assert.deepEqual(desk.box.clashed.map((item) => [item.after, item.now]), [["2002", "1999"]]);
  assert.equal(write(desk, text("2003")), null);
  assert.deepEqual([fieldOf(desk.sheet, text()), desk.box.pending], ["2003", []]);
  const sent = endClash(desk, addressOf(one), true);
  assert.deepEqual([about(sent), sent.now, desk.box.clashed], [["1999", "2003"], undefined, []]);
});

test("theirs can be taken, and then nothing is sent", () => {
  const desk = aDesk();
  const one = write(desk, text("2001"));
  settle(desk.box, { clashes: { [one.client_id]: { now: "1999" } } });
  assert.equal(endClash(desk, addressOf(one), false), null);
  assert.deepEqual([fieldOf(desk.sheet, text()), desk.box.pending], ["1999", []]);
});

test("a coding that could not be completed is shown as what it is, whatever was refused", () => {
  const desk = aDesk();
  const item = write(desk, { kind: "state", after: "complete" });
  assert.equal(catchUp(sheetFrom(told()), desk.box).state, "complete");
  settle(desk.box, { refused: { [item.client_id]: "One answer is missing." } });
  assert.deepEqual([catchUp(sheetFrom(told()), desk.box, [item]).state, desk.box.refused.length], ["draft", 1]);
});

test("a clash in which both say the same is none", () => {
  const desk = aDesk();
  const one = write(desk, text("2001"));
  settle(desk.box, { clashes: { [one.client_id]: { now: "2001" } } });
  joinClashes(desk.box);
  assert.deepEqual(desk.box.clashed, []);
});

test("a finding is there from its first item, goes and comes back", () => {
  const desk = aDesk();
  const uid = newUid();
  assert.match(uid, /^[0-9a-zA-Z]{8,40}$/);
  const set = (field, after) => write(desk, { kind: "finding", uid, field, after });
  set("measure", "10-item scale");
  set("removed", "yes");
  assert.equal(standingFindings(desk.sheet).length, 0);
  set("removed", "");
  assert.deepEqual(standingFindings(desk.sheet).map((one) => [one.position, one.fields.measure]), [[1, "10-item scale"]]);
  assert.deepEqual(desk.box.pending.map(about), [["", "10-item scale"], ["", "yes"], ["yes", ""]]);
});

test("a hundred thousand edits of a few fields end where each field was left", () => {
  const sheet = aSheet();
  let seed = 3;
  const left = new Map();
  for (let round = 0; round < 100000; round++) {
    seed = (seed * 48271) % 2147483647;
    const edit = seed % 3 === 0 ? text(String(seed % 50)) : seed % 3 === 1 ? choice(["", "usual", "none", "other"][seed % 4]) : tick(["ips", "firm"][seed % 2], seed % 5 < 2);
    applyItem(sheet, edit);
    left.set(edit.question + edit.code + edit.field, edit);
  }
  for (const edit of left.values()) assert.equal(fieldOf(sheet, edit), edit.after);
});

test("what was refused stands with its study; of others their name is told", () => {
  const desk = aDesk({ schemes: [{ id: 5, title: "Made" }, { id: 6, title: "Risk of bias" }] });
  const here = write(desk, text("2001"));
  const other = { ...here, client_id: "x-1", study_id: 4, study_label: "Other 2003" };
  const items = [here, other, { ...other, client_id: "x-2" }, { ...here, client_id: "x-3", scheme_id: 6 }, { ...other, client_id: "x-4", scheme_id: 7, study_label: undefined }];
  const found = refusedIn(desk.sheet, items);
  assert.deepEqual([found.here, found.others.map(({ place, items: of }) => [place, of.length])],
    [[here], [["Other 2003", 2], ["Risk of bias", 1], ["another study, another scheme", 1]]]);
  assert.equal(here.study_label, "Example 2001");
  assert.deepEqual(refusedIn(null, items).here, []);
});
