import assert from "node:assert/strict";
import { test } from "node:test";
import { obstacles, openInWords, progressOf } from "../../../../evidence/ui/coding/desk/answered.js";
import { applyItem, armName, judgedNow, moveJudgementEdits, movesTo, sheetFrom } from "../../../../evidence/ui/coding/desk/sheet.js";
import { backEdits, wasBefore, wordOfStep } from "../../../../evidence/ui/coding/desk/undo.js";
import { fieldOf } from "../../../../evidence/ui/coding/desk/sheet.js";
import { aScheme, answer, option, question, told } from "./made.mjs";

const LEVELS = [option("low", "Low risk"), option("high", "High risk")];
const asks = (id, more = {}) => question(id, "one of", { options: LEVELS, per_arm: true, required: true, needs_reason: true, ...more });
const scheme = aScheme([asks("random"), asks("overall"), question("signs", "several", { options: LEVELS, per_arm: true })]);
const found = (uid, stands, more = {}) => ({ uid, label: "Hope", removed: false, stands, became: "", ...more });
const sheetOf = (answers, findings = [found("agreed", "agreed"), found("mine", "own", { became: "agreed" })], more = {}) =>
  sheetFrom(told({ answers, judged: { scheme_id: 7, title: "Small", findings }, ...more }));
const SAID = [answer("random", { code: "low", arm: "mine" }), answer("random", { arm: "mine", note: "p. 3" }),
  answer("signs", { code: "low", arm: "mine", note: "a sign" }), answer("signs", { code: "high", arm: "mine" }),
  answer("older", { arm: "mine", value: "gone" })];
const QUOTED = { uid: "quote01", on: { question: "random", code: "", arm: "mine" }, document: "title:3", page: null, start: 0, end: 3, exact: "The", prefix: "", suffix: "" };
const LOST = { ...QUOTED, uid: "quote03", document: "file:8", page: 1 };

test("two findings of one name are told apart by which counts", () => {
  const sheet = sheetOf([], [found("a", "agreed"), found("b", "own"), found("c", "other"), found("d", "own", { removed: true }), found("e", "")]);
  assert.deepEqual([..."abcdefg"].map((uid) => armName(sheet, uid)), ["Hope (agreed)", "Hope (your own; no longer counts)", "Hope (of another coding; does not count)", "Hope (taken away)", "Hope", "", ""]);
});

test("a judgement moves to the finding that came of it or is called the same, and nowhere else", () => {
  const to = (findings, said = SAID) => movesTo(sheetOf(said, findings), "mine");
  const agreed = (uid, label = "Hope") => found(uid, "agreed", { label });
  assert.equal(to([agreed("a", "Other"), found("mine", "own", { became: "a" })]), "a");
  assert.equal(to([agreed("a"), agreed("b", "Work"), found("mine", "own")]), "a");
  assert.equal(to([agreed("a"), agreed("b"), found("mine", "own")]), "", "which of the two is not known");
  assert.equal(to([agreed("a", "Work"), found("mine", "own")]), "");
  assert.equal(to([agreed("a"), found("mine", "other")]), "", "it is somebody else's finding");
  assert.equal(to([agreed("a"), found("mine", "own")], []), "", "nothing was judged");
  assert.equal(to([agreed("a"), found("mine", "own")], [...SAID, answer("overall", { code: "high", arm: "a" })]), "", "what is said there is not written over");
});

test("moving takes answers, notes and quotations along, drops nothing, and is taken back", () => {
  const sheet = sheetOf(SAID, undefined, { quotations: [QUOTED, LOST], study: { id: 3, label: "Example 2001", reports: [{ work_id: 3, documents: [] }] } });
  const all = () => [...sheet.answers.values()].flatMap((rows) => [...rows.values()]).filter((row) => row.chosen || row.note || row.value)
    .map((row) => [row.question, row.code, row.arm, row.chosen, row.value, row.note].join("|")).sort();
  const before = all();
  const write = (edits) => edits.map((edit) => {
    const item = { ...edit, before: fieldOf(sheet, edit), was: wasBefore(sheet, edit) };
    applyItem(sheet, item);
    return item;
  });
  const items = write(moveJudgementEdits(scheme, sheet, "mine", "agreed", () => "quote02"));
  const gone = before.find((row) => row.startsWith("older"));
  assert.deepEqual(all(), before.map((row) => (row === gone ? row : row.replace("|mine|", "|agreed|"))).sort());
  assert.deepEqual([...sheet.quotations.values()], [LOST, { ...QUOTED, uid: "quote02", on: { ...QUOTED.on, arm: "agreed" }, work_id: undefined }]);
  assert.ok(judgedNow(sheet).includes("agreed"));
  assert.equal(wordOfStep(scheme, items), "judgement moved");
  write(backEdits(sheet, { items, word: "" }).edits);
  assert.deepEqual(all(), before);
  assert.deepEqual([...sheet.quotations.values()].map((one) => [one.on, one.document]), [[QUOTED.on, "file:8"], [QUOTED.on, "title:3"]]);
});

test("a section lacks its reasons, of each finding that is judged", () => {
  const one = [found("a", ""), found("b", "")];
  const answers = ["a", "b"].flatMap((arm) => [answer("random", { code: "low", arm }), answer("overall", { code: "low", arm })]);
  const sheet = sheetOf([...answers, answer("overall", { arm: "a", note: "p. 3" })], one);
  assert.deepEqual(progressOf(scheme, sheet).sections.map(({ answered, asked, reasons }) => [answered, asked, reasons])[0], [2, 3, 2]);
  assert.deepEqual(obstacles(scheme, sheet).map((each) => [each.question, each.arm, each.lacks]), [["random", "a", "reason"], ["random", "b", "reason"], ["overall", "b", "reason"]]);
});

test("what is open is counted in words, all that completing refuses", () => {
  const reason = { question: "a", lacks: "reason" };
  const finding = (uid) => ({ finding: uid, field: "outcome", why: "" });
  const words = (required, ...rest) => openInWords(required, rest, true);
  assert.equal(words(2, { question: "b", lacks: "answer" }, { question: "c", lacks: "answer" }, ...Array(6).fill(reason), finding("f"), finding("f")), "2 required, 6 reasons, 1 finding to finish");
  assert.equal(words(0, reason, { question: "b", why: "no number" }, finding("f"), finding("g")), "1 reason, 1 answer to mend, 2 findings to finish");
  assert.equal(words(7, { judged: true }), "no finding judged yet, 7 required");
  assert.deepEqual([openInWords(0, [], true), openInWords(0, [], false)], ["nothing required", "nothing"]);
});
