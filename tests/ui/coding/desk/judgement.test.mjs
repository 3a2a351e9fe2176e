import assert from "node:assert/strict";
import { test } from "node:test";
import { obstacles } from "../../../../evidence/ui/coding/desk/answered.js";
import { judgementOf, proposedCode } from "../../../../evidence/ui/coding/desk/judgement.js";
import { aScheme, aSheet, answer, option, question } from "./made.mjs";

const OPTIONS = [option("high", "High"), option("some", "Some"), option("low", "Low"), option("unknown", "No information", [], { role: "no information" })];
const asks = (id, more = {}) => question(id, "one of", { text: `Weight ${id.toUpperCase()}`, options: OPTIONS, ...more });
const schemeBy = (take) => aScheme([asks("a"), asks("b"), asks("c"), asks("d", { rule: { take, of: ["a", "b", "c"] } })]);
const sheetOf = (codes, more = []) => aSheet({ answers: [...Object.entries(codes).map(([id, code]) => answer(id, { code })), ...more] });
const proposal = (take, a, b, c) => { const scheme = schemeBy(take); return proposedCode(scheme, sheetOf({ a, b, c }), scheme.questions.get("d")); };

test("a rule proposes the worst, the median, or the median that is never above the first", () => {
  assert.deepEqual(["lowest", "median", "median up to first"].map((take) => proposal(take, "some", "high", "high")), ["some", "high", "some"]);
  assert.deepEqual(["lowest", "median", "median up to first"].map((take) => proposal(take, "high", "some", "low")), ["low", "some", "some"]);
});

test("nothing follows while one is open or says nothing, nor where people judge by hand", () => {
  const scheme = schemeBy("lowest");
  const asked = scheme.questions.get("d");
  assert.equal(judgementOf(scheme, sheetOf({ a: "high", b: "some" }), asked).text, "By the rule of this scheme (the worst of Weight A, Weight B and Weight C) nothing follows yet. Weight A: High, Weight B: Some, Weight C: open.");
  assert.equal(proposal("lowest", "high", "unknown", "high"), "");
  assert.equal(proposal("by hand", "high", "high", "high"), "");
  assert.equal(judgementOf(scheme, sheetOf({}), scheme.questions.get("a")), null);
});

test("the reason stands in words, and what differs from the rule says so until its note does", () => {
  const scheme = schemeBy("lowest");
  const told = (more, d) => judgementOf(scheme, sheetOf({ a: "high", b: "some", c: "high", ...(d ? { d } : {}) }, more), scheme.questions.get("d"));
  const reason = "Weight A: High, Weight B: Some, Weight C: High → Some by the rule of this scheme (the worst of Weight A, Weight B and Weight C).";
  assert.deepEqual(told([]), { text: reason, take: "some", differs: false, lacksReason: false });
  assert.deepEqual(told([], "some"), { text: reason, take: "", differs: false, lacksReason: false });
  assert.deepEqual(told([], "low"), { text: reason + " The answer differs from it; write the reason into the note.", take: "some", differs: true, lacksReason: true });
  assert.deepEqual([told([answer("d", { note: "few people" })], "low").lacksReason, told([answer("d", { note: " " })], "low").lacksReason], [false, true]);
});

test("a judgement without its reason keeps a coding from being complete", () => {
  const why = (take, codes, more) => obstacles(schemeBy(take), sheetOf(codes, more)).map((one) => [one.question, one.why]);
  const missing = [["d", "needs its reason in the note"]];
  assert.deepEqual(why("lowest", { a: "high", b: "high", c: "high", d: "low" }), missing);
  assert.deepEqual(why("by hand", { d: "low" }), missing);
  assert.deepEqual(why("by hand", { d: "low" }, [answer("d", { note: "two reports" })]), []);
});
