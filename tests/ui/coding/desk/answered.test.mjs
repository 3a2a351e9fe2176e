import assert from "node:assert/strict";
import { test } from "node:test";
import { applying, countedCodes, earlierNames, faultOf, tickEdits, findingQuestions, isAnswered, nextOf, obstacles, progressOf } from "../../../../evidence/ui/coding/desk/answered.js";
import { applyItem, askedArms, chosenCodes, strangers } from "../../../../evidence/ui/coding/desk/sheet.js";
import { axisLabel, labelOf, questionName } from "../../../../evidence/ui/coding/desk/scheme.js";
import { ASKED, aScheme, aSheet, answer, option, question } from "./made.mjs";

const scheme = aScheme();
const ask = (id) => scheme.questions.get(id);

test("a condition on an option holds when one below it is chosen, and only then", () => {
  const asked = (...codes) => applying(scheme, aSheet({ answers: codes.map((code) => answer("service", { code })) })).has("ips-fidelity");
  assert.deepEqual([asked(), asked("ips"), asked("supported"), asked("employment"), asked("firm")], [false, true, true, false, false]);
});

test("an answer to a question that is not asked itself calls for nothing", () => {
  const yes = answer("ips-fidelity", { code: "yes" });
  assert.equal(applying(scheme, aSheet({ answers: [yes] })).has("fidelity-scale"), false);
  assert.equal(applying(scheme, aSheet({ answers: [yes, answer("service", { code: "ips" })] })).has("fidelity-scale"), true);
});

test("a note alone, and what was taken off, answer nothing", () => {
  const sheet = aSheet({ answers: [answer("compared", { note: "see p. 4" }), answer("service", { code: "ips", chosen: false })] });
  assert.deepEqual(["compared", "service"].map((id) => isAnswered(sheet, ask(id))), [false, false]);
});

test("the same option under two questions is two answers", () => {
  const sheet = aSheet();
  applyItem(sheet, { kind: "answer", question: "compared", code: "", arm: "", field: "choice", after: "other" });
  assert.deepEqual([chosenCodes(sheet, "compared"), chosenCodes(sheet, "service")], [["other"], []]);
});

test("a question per arm is open until every arm has an answer; without arms it is asked once", () => {
  const arms = [{ uid: "armarm01", label: "IPS" }, { uid: "armarm02", label: "Usual" }];
  assert.deepEqual(askedArms(aSheet(), ask("people")), [""]);
  const one = aSheet({ arms, answers: [answer("people", { arm: "armarm01", value: "74" })] });
  assert.deepEqual(askedArms(one, ask("people")), ["armarm01", "armarm02"]);
  assert.equal(isAnswered(one, ask("people")), false);
  applyItem(one, { kind: "answer", question: "people", code: "", arm: "armarm02", field: "value", after: "69" });
  assert.equal(isAnswered(one, ask("people")), true);
  applyItem(one, { kind: "arm", uid: "armarm02", field: "removed", after: "yes" });
  assert.deepEqual(askedArms(one, ask("people")), ["armarm01"]);
});

test("what was answered for the whole study stays in sight when arms come later", () => {
  const sheet = aSheet({ arms: [{ uid: "armarm01", label: "IPS" }], answers: [answer("people", { value: "143" })] });
  assert.deepEqual(askedArms(sheet, ask("people")), ["", "armarm01"]);
  assert.equal(isAnswered(sheet, ask("people")), false);
});

test("what is open is counted by section, among the questions that apply", () => {
  const sheet = aSheet({ answers: [answer("service", { code: "ips" }), answer("begun", { value: "2001" })] });
  const { sections, open, required } = progressOf(scheme, sheet);
  assert.deepEqual(sections.map(({ answered, asked }) => [answered, asked]), [[1, 4], [1, 1]]);
  assert.deepEqual([open, required], [["compared", "people", "ips-fidelity"], ["ips-fidelity"]]);
});

test("the next open question lies behind the current one, and at the end the first again", () => {
  const order = ["a", "b", "c", "d"];
  assert.deepEqual([nextOf(["b", "d"], order, "b"), nextOf(["b"], order, "c"), nextOf([], order, "a"), nextOf(["a"], order, undefined)], ["d", "b", null, "a"]);
});

test("questions about findings depend on the study, on the finding, and on its axes", () => {
  const sheet = aSheet();
  const asked = (fields) => findingQuestions(scheme, sheet, { uid: "f", position: 1, fields }).map((one) => one.id);
  assert.deepEqual(asked({}), ["site"]);
  assert.deepEqual(asked({ "answer.site": "one-site" }), ["site", "which-site"]);
  assert.deepEqual(asked({ outcome: "work" }), ["site", "job-kind"]);
  assert.deepEqual(asked({ intervention: "ips" }), ["site", "ips-cost"]);
  assert.deepEqual(asked({ intervention: "courses" }), ["site"]);
});

test("what keeps a coding from being complete is named", () => {
  const answers = [answer("service", { code: "firm" }), answer("people", { value: "many" })];
  const finding = { uid: "finding1", position: 1, fields: { outcome: "work", "answer.site": "one-site" } };
  const found = obstacles(scheme, aSheet({ answers }), [finding]);
  assert.deepEqual(found.map((one) => one.question ?? one.field), ["people", "intervention", "answer.which-site"]);
  assert.deepEqual(obstacles(scheme, aSheet()).map((one) => one.question), ["service"]);
});

test("numbers and dates that cannot be are told, and nothing else is", () => {
  const number = question("n", "number", { minimum: 0, maximum: 10 });
  const date = question("d", "date");
  for (const good of ["", " 5 ", "+5", "5.25", "0", "10"]) assert.equal(faultOf(number, good), "");
  for (const bad of ["5,2", "-1", "11", "1e3", "٥", "5.", "x"]) assert.notEqual(faultOf(number, bad), "");
  for (const good of ["", "2006", "2006-02", "2004-02-29", "0001"]) assert.equal(faultOf(date, good), "");
  for (const bad of ["2005-02-29", "2006-13", "06", "2006-1", "1900-02-29", "0000"]) assert.notEqual(faultOf(date, bad), "");
  assert.equal(faultOf(question("t", "text"), "anything"), "");
});

test("answers that the scheme no longer asks for are kept and named", () => {
  const sheet = aSheet({ answers: [answer("gone", { value: "7" }), answer("service", { code: "old" }), answer("service", { code: "ips" }), answer("gone", { code: "x", chosen: false })] });
  assert.deepEqual(strangers(sheet, scheme).map((row) => row.question + ":" + row.code), ["gone:", "service:old"]);
});

test("a thousand random codings never ask a question whose condition does not hold", () => {
  let seed = 7;
  const chance = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
  for (let round = 0; round < 1000; round++) {
    const answers = [];
    for (const one of ASKED) for (const id of scheme.places.get(one.id).keys()) if (one.of === "study" && chance() < 0.2) answers.push(answer(one.id, { code: id }));
    const sheet = aSheet({ answers });
    const asked = applying(scheme, sheet);
    const chosen = new Set(chosenCodes(sheet, "service"));
    assert.equal(asked.has("ips-fidelity"), ["supported", "ips", "other-supported"].some((id) => chosen.has(id)));
    assert.equal(asked.has("fidelity-scale"), asked.has("ips-fidelity") && chosenCodes(sheet, "ips-fidelity").includes("yes"));
    const { sections, open } = progressOf(scheme, sheet, asked);
    assert.equal(sections.reduce((all, one) => all + one.asked - one.answered, 0), open.length);
  }
});

const MERGED = aScheme([
  question("service", "tree", { axis: "intervention", options: [option("work", "Work", [option("ips", "IPS")], { replaces: ["job", "paid"] })] }),
  question("told", "yes/no", { when: { question: "service", any_of: ["work"] } }),
  question("gone", "text"),
  question("pay", "text", { of: "finding", when: { axis: "intervention", any_of: ["work"] } }),
], [{ question: "service", text: "Which?", labels: { job: "A job", paid: "Paid work", left: "Left out" } }, { question: "older", text: "Older?", labels: {} }]);

test("a code that was merged into another is shown and counts as that one, and is no stranger", () => {
  const sheet = aSheet({ answers: [answer("service", { code: "job" }), answer("service", { code: "paid" }), answer("service", { code: "left" }), answer("older", { value: "x" })] });
  assert.deepEqual(countedCodes(MERGED, sheet, "service"), ["work", "left"]);
  assert.deepEqual([...earlierNames(MERGED, sheet, "service", "")], [["work", "was: A job, Paid work"]]);
  assert.ok(applying(MERGED, sheet).has("told"));
  assert.deepEqual(strangers(sheet, MERGED).map((row) => [questionName(MERGED, row.question), row.code && labelOf(MERGED, row.question, row.code)]), [["service?", "Left out"], ["Older?", ""]]);
  assert.deepEqual(findingQuestions(MERGED, sheet, { uid: "f", position: 1, fields: { intervention: "paid" } }).map((one) => one.id), ["pay"]);
  assert.equal(axisLabel(MERGED, "intervention", "paid"), "Paid work");
});

test("taking such a tick off takes all off that count as it; nothing of it is left", () => {
  const sheet = aSheet({ answers: ["job", "paid", "work"].map((code) => answer("service", { code })) });
  const edits = tickEdits(MERGED, sheet, "service", "", "work", false);
  assert.deepEqual(edits.map((one) => [one.code, one.after]), [["job", false], ["paid", false], ["work", false]]);
  for (const edit of edits) applyItem(sheet, edit);
  assert.deepEqual(countedCodes(MERGED, sheet, "service"), []);
  assert.deepEqual(tickEdits(MERGED, sheet, "service", "", "work", true).map((one) => one.code), ["work"]);
});
