import assert from "node:assert/strict";
import { test } from "node:test";
import { newOutbox } from "../../../../evidence/ui/shell/outbox.js";
import { write } from "../../../../evidence/ui/coding/desk/edits.js";
import { chosenCodes, fieldOf, standing, standingFindings } from "../../../../evidence/ui/coding/desk/sheet.js";
import { againEdits, backEdits, noteStep, pastOf, wasBefore, wordOfStep } from "../../../../evidence/ui/coding/desk/undo.js";
import { aScheme, aSheet, answer } from "./made.mjs";

const aDesk = (more) => ({ sheet: aSheet(more), scheme: aScheme(), box: newOutbox("waymark-coding-1-2-"), pasts: new Map() });
const tick = (code, after) => ({ kind: "answer", question: "service", code, arm: "", field: "chosen", after });
const choice = (after) => ({ kind: "answer", question: "compared", code: "", arm: "", field: "choice", after });
const text = (after) => ({ kind: "answer", question: "begun", code: "", arm: "", field: "value", after });
const quoted = { kind: "quotation", uid: "quote001", on: { question: "service", code: "ips", arm: "" }, document: "file:8", work_id: 3, page: 1, start: 3, end: 6, exact: "143", prefix: "", suffix: "" };

function writeAll(desk, ...edits) {
  return edits.map((edit) => { const was = wasBefore(desk.sheet, edit); const item = write(desk, edit); return item && { ...item, was }; }).filter(Boolean);
}
function act(desk, ...edits) {
  const items = writeAll(desk, ...edits);
  return noteStep(pastOf(desk), items, wordOfStep(desk.scheme, items));
}
const back = (desk, step) => { const found = backEdits(desk.sheet, step); writeAll(desk, ...found.edits); return found.left; };
const again = (desk, step) => { const found = againEdits(desk.sheet, step); writeAll(desk, ...found.edits); return found.left; };

test("ticks, choices and texts are taken back and done again", () => {
  const desk = aDesk({ answers: [answer("compared", { code: "usual" })] });
  const steps = [act(desk, tick("ips", true), tick("firm", true)), act(desk, choice("none")), act(desk, text("2001"))];
  assert.deepEqual(steps.map((step) => step.word), ["ticked 2 codes", "chose “none”", "answer to begun?"]);
  for (const step of [...steps].reverse()) assert.equal(back(desk, step), 0);
  assert.deepEqual([chosenCodes(desk.sheet, "service"), chosenCodes(desk.sheet, "compared"), fieldOf(desk.sheet, text())], [[], ["usual"], ""]);
  for (const step of steps) assert.equal(again(desk, step), 0);
  assert.deepEqual([chosenCodes(desk.sheet, "service"), chosenCodes(desk.sheet, "compared"), fieldOf(desk.sheet, text())], [["ips", "firm"], ["none"], "2001"]);
});

test("what was changed again since is left as it is", () => {
  const desk = aDesk();
  const step = act(desk, tick("ips", true), tick("firm", true));
  act(desk, tick("firm", false));
  assert.equal(back(desk, step), 1);
  assert.deepEqual(chosenCodes(desk.sheet, "service"), []);
});

test("what is typed on in a field is one act; after another act it is a new one", () => {
  const desk = aDesk();
  act(desk, text("2001"));
  act(desk, text("2001-03"));
  act(desk, choice("none"));
  const last = act(desk, text("2002"));
  assert.equal(pastOf(desk).done.length, 3);
  back(desk, last);
  assert.equal(fieldOf(desk.sheet, text()), "2001-03");
  back(desk, pastOf(desk).done[0]);
  assert.equal(fieldOf(desk.sheet, text()), "");
});

test("a quotation with its tick goes and comes back whole, under a new id each time", () => {
  const desk = aDesk();
  const step = act(desk, tick("ips", true), quoted);
  assert.equal(step.word, "quotation with its tick");
  back(desk, step);
  assert.deepEqual([desk.sheet.quotations.size, chosenCodes(desk.sheet, "service")], [0, []]);
  again(desk, step);
  const [comes] = desk.sheet.quotations.values();
  assert.notEqual(comes.uid, "quote001");
  assert.deepEqual({ kind: "quotation", ...comes, uid: "" }, { ...quoted, uid: "" });
  back(desk, step);
  assert.equal(desk.sheet.quotations.size, 0);
});

test("a quotation that was taken away comes back, and goes again", () => {
  const desk = aDesk({ quotations: [quoted] });
  const step = act(desk, { kind: "quotation", uid: "quote001", removed: true });
  assert.equal(desk.sheet.quotations.size, 0);
  back(desk, step);
  assert.deepEqual([...desk.sheet.quotations.values()].map((one) => one.exact), ["143"]);
  again(desk, step);
  assert.equal(desk.sheet.quotations.size, 0);
});

test("a new finding or arm is removed by undo, with all its fields, and restored", () => {
  const desk = aDesk();
  const found = act(desk, { kind: "finding", uid: "findingA", field: "position", before: "", after: "1" }, { kind: "finding", uid: "findingA", field: "outcome", before: "", after: "work" });
  const arm = act(desk, { kind: "arm", uid: "armarm01", field: "label", after: "IPS" });
  const named = act(desk, { kind: "arm", uid: "armarm01", field: "people", after: "74" });
  assert.deepEqual([found.word, arm.word, named.word], ["new finding", "new arm", "arm changed"]);
  const { edits } = backEdits(desk.sheet, found);
  assert.deepEqual(edits, [{ kind: "finding", uid: "findingA", field: "removed", after: "yes" }]);
  for (const step of [named, arm, found]) back(desk, step);
  assert.deepEqual([standingFindings(desk.sheet).length, standing(desk.sheet.arms).length], [0, 0]);
  for (const step of [found, arm, named]) again(desk, step);
  assert.deepEqual([standingFindings(desk.sheet)[0].fields.outcome, standing(desk.sheet.arms)[0].people], ["work", "74"]);
});

test("each study has acts of its own, and a new act ends what could be done again", () => {
  const desk = aDesk();
  const step = act(desk, choice("none"));
  pastOf(desk).undone.push(step);
  act(desk, choice("usual"));
  assert.deepEqual(pastOf(desk).undone, []);
  desk.sheet = aSheet({ study: { id: 4, label: "", reports: [] } });
  assert.deepEqual(pastOf(desk).done, []);
});

test("the words for an act are short and hold no code where there is a label", () => {
  const long = "x".repeat(300);
  const scheme = aScheme();
  scheme.questions.get("begun").text = long;
  const word = (edit) => wordOfStep(scheme, [edit]);
  assert.deepEqual([word(tick("ips", false)), word(choice("")), word({ kind: "state", after: "complete" }), word(text("1")).length < 70],
    ["unticked “Individual placement and support”", "emptied compared?", "completed", true]);
});
