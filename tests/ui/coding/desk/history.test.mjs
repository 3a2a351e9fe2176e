import assert from "node:assert/strict";
import { test } from "node:test";
import { actsFrom, inWords, putBack } from "../../../../evidence/ui/coding/desk/history.js";
import { applyItem } from "../../../../evidence/ui/coding/desk/sheet.js";
import { aScheme, aSheet, answer } from "./made.mjs";

const scheme = aScheme();
const change = (field, before, after, more = {}) => ({ code: "", arm: "", field, before, after, is_kept: true, version: "1", act: "", person: "Eva", at: "2026-11-30T08:00:00+00:00", ...more });
const chosen = (code, on, act) => change("chosen", on ? "" : "yes", on ? "yes" : "", { code, act });

test("one option for another is one act, and puts the first one back", () => {
  const rows = [chosen("none", true, "b"), chosen("usual", false, "b"), chosen("usual", true, "a")];
  const acts = actsFrom(scheme.questions.get("compared"), rows);
  assert.deepEqual(acts.map(({ field, before, after }) => [field, before, after]), [["choice", "usual", "none"], ["choice", "", "usual"]]);
  const sheet = aSheet({ answers: [answer("compared", { code: "none" })] });
  const about = { question: "compared" };
  const edit = putBack(scheme, sheet, about, acts[0]);
  assert.deepEqual(edit, { kind: "answer", question: "compared", code: "", arm: "", field: "choice", after: "usual" });
  applyItem(sheet, edit);
  assert.equal(putBack(scheme, sheet, about, acts[0]), null);
  assert.equal(putBack(scheme, sheet, about, acts[1]).after, "");
});

test("acts of which it is not known that they are one stay apart", () => {
  const rows = [chosen("none", true, ""), chosen("usual", false, ""), change("choice", "usual", "other", { act: "c", is_kept: false })];
  assert.equal(actsFrom(scheme.questions.get("compared"), rows).length, 3);
});

test("what was typed and not kept can be taken after all", () => {
  const sheet = aSheet({ answers: [answer("begun", { value: "2001" })] });
  const lost = change("value", "2001", "2002", { is_kept: false });
  assert.equal(putBack(scheme, sheet, { question: "begun" }, lost).after, "2002");
  assert.equal(putBack(scheme, sheet, { question: "begun" }, change("value", "", "2001")).after, "");
});

test("ticks of many are put back code by code, as true and false", () => {
  const sheet = aSheet({ answers: [answer("service", { code: "ips" })] });
  const [act] = actsFrom(scheme.questions.get("service"), [chosen("ips", true, "a")]);
  assert.deepEqual(putBack(scheme, sheet, { question: "service" }, act), { kind: "answer", question: "service", code: "ips", arm: "", field: "chosen", after: false });
});

test("what the scheme does not ask any more is shown and cannot be put back", () => {
  const sheet = aSheet();
  const gone = chosen("gone", false, "a");
  assert.equal(putBack(scheme, sheet, { question: "service" }, gone), null);
  assert.equal(putBack(scheme, sheet, { question: "service" }, chosen("education", false, "a")), null);
  assert.equal(putBack(scheme, sheet, { question: "left" }, change("value", "x", "y")), null);
  assert.equal(putBack(scheme, sheet, { question: "people" }, change("value", "x", "y", { arm: "armarm09" })), null);
  assert.equal(inWords(scheme, sheet, { question: "people" }, change("value", "x", "y", { arm: "armarm09" })).what, "Answer (an arm that was taken away)");
});

test("changes stand in words: ticks, options, notes on codes, fields of findings", () => {
  const sheet = aSheet({ time_points: [{ uid: "time01", label: "18 months" }], findings: [{ uid: "findingA", position: 1, fields: { direction: "worse" } }] });
  const said = (about, one) => Object.values(inWords(scheme, sheet, about, one));
  assert.deepEqual(said({ question: "service" }, chosen("firm", true, "a")), ["Social firm", "not ticked", "ticked"]);
  assert.deepEqual(said({ question: "service" }, change("note", "", "p. 3", { code: "firm" })), ["Note on Social firm", "", "p. 3"]);
  const about = { finding: "findingA" };
  assert.deepEqual(said(about, change("direction", "better", "worse")), ["Direction (for people)", "▲ Better", "▼ Worse"]);
  assert.deepEqual(said(about, change("outcome", "", "work")), ["Outcome", "", "Gaining work"]);
  assert.deepEqual(said(about, change("time", "", "time01")), ["Time", "", "18 months"]);
  assert.deepEqual(said(about, change("answer.site", "", "one-site")), ["site?", "", "one-site"]);
  assert.deepEqual(said(about, change("printed.effect", "", "1.2")), ["Printed: Effect", "", "1.2"]);
  assert.equal(putBack(scheme, sheet, about, change("direction", "better", "worse")).after, "better");
  assert.deepEqual(actsFrom(null, [change("position", "", "1"), change("note", "", "x")]).length, 1);
});
