import assert from "node:assert/strict";
import { test } from "node:test";
import { askedAt, cellText, computedFault, copyEdits, faultsApart, firstEdits, groupTitle, nameOf, nextOrder, noticesOf, numberFaultOf, numberRows, sorted } from "../../../../evidence/ui/coding/desk/findings.js";
import { inOrderOfFit } from "../../../../evidence/ui/coding/desk/combo.js";
import { aScheme, aSheet } from "./made.mjs";

const scheme = aScheme();
const finding = (uid, position, fields) => ({ uid, position, fields });
const sheet = aSheet({ time_points: [{ uid: "time0001", label: "18 months" }] });
const A = finding("a", 1, { outcome: "esteem", time: "time0001", n_intervention: "73", n_comparison: "67" });
const B = finding("b", 2, { outcome: "work", measure: "any open job", direction: "better" });
const C = finding("c", 3, { n_intervention: "9" });

test("cells show labels, time points and both groups", () => {
  assert.deepEqual(["outcome", "time", "n", "measure"].map((column) => cellText(scheme, sheet, A, column)), ["Self-esteem", "18 months", "73 / 67", ""]);
  assert.deepEqual([cellText(scheme, sheet, C, "n"), cellText(scheme, sheet, B, "direction")], ["9 / ?", "▲"]);
  assert.deepEqual([nameOf(scheme, sheet, A, 1), nameOf(scheme, sheet, C, 3)], ["Self-esteem · 18 months", "Finding 3"]);
});

test("sorting goes up, down and back; empty cells stay last; numbers go by size", () => {
  const by = (order) => sorted(scheme, sheet, [A, B, C], order).map((one) => one.uid).join("");
  assert.deepEqual([by(null), by({ column: "outcome", down: false }), by({ column: "outcome", down: true }), by({ column: "n", down: false })], ["abc", "bac", "abc", "cab"]);
  const first = nextOrder(null, "n");
  assert.deepEqual([first, nextOrder(first, "n"), nextOrder(nextOrder(first, "n"), "n")], [{ column: "n", down: false }, { column: "n", down: true }, null]);
});

test("a copy takes what findings share, not what was quoted, printed, taken away or is asked no more", () => {
  const fields = { outcome: "work", measure: "", quotation: "words", removed: "yes", "printed.p": "0.02", "numbers.n1": "74", "answer.gone": "x", "answer_note.gone": "x" };
  assert.deepEqual(copyEdits(finding("a", 1, fields), "new", scheme).map((edit) => edit.field), ["outcome", "numbers.n1"]);
});

test("a new finding comes last and begins with the contrast of the one before", () => {
  const made = firstEdits(sheet, [finding("a", 4, { intervention: "ips", outcome: "work", contrast: "between" })], "new");
  assert.deepEqual(made.map(({ field, after }) => [field, after]), [["position", "5"], ["intervention", "ips"], ["contrast", "between"]]);
  const two = aSheet({ arms: [{ uid: "armarm01", label: "A" }, { uid: "armarm02", label: "B" }] });
  assert.deepEqual(firstEdits(two, [], "new").map((edit) => edit.after), ["1", "armarm01", "armarm02"]);
});

test("numbers that cannot be are told beside their fields", () => {
  const good = [["n_intervention", "74"], ["numbers.mean1", "-1.5"], ["numbers.p", "<0.05"], ["numbers.p", ".03"], ["numbers.sign", "+"], ["measure", "any"], ["numbers.sd1", "5."], ["numbers.randomised1", "80"], ["printed.level", "90 %"]];
  const bad = [["n_intervention", "7.5"], ["numbers.mean1", "1,5"], ["numbers.p", "small"], ["printed.low", "a"], ["n_comparison", "-3"], ["numbers.degrees_of_freedom", "1.5"]];
  assert.deepEqual(good.filter(([field, text]) => numberFaultOf(field, text)), []);
  assert.deepEqual(bad.filter(([field, text]) => !numberFaultOf(field, text)), []);
});

test("people are asked for once, beside the finding; where they stand with the numbers they are shown there", () => {
  const names = (kind, fields = {}) => numberRows(kind, fields).map(({ group, pairs }) => group + ":" + pairs.map(([name]) => name));
  assert.deepEqual(names("means").slice(0, 3), [":scores,groups", "1:mean1,sd1", "1:se1,low1,high1"]);
  assert.deepEqual([names("table"), names("test"), names("")], [["1:events1", "2:events2"], [":t,p,sign"], []]);
  assert.deepEqual([names("table", { "numbers.total2": "66" })[1], names("test", { "numbers.n1": "7" })[0]], ["2:events2,total2", "1:n1"]);
  assert.deepEqual(["numbers.n1", "numbers.total2", "numbers.n", "measure"].map(askedAt), ["n_intervention", "n_comparison", "numbers.n", "measure"]);
  const computed = { a: { faults: [{ field: "numbers.total1", sentence: "The number of people is missing." }] } };
  assert.deepEqual([computedFault(computed, "a", "n_intervention"), computedFault(computed, "a", "n_comparison")], ["The number of people is missing.", ""]);
});

test("groups have the names of their arms", () => {
  const named = aSheet({ arms: [{ uid: "armarm01", label: "Job club" }] });
  assert.deepEqual([groupTitle(named, { arm_intervention: "armarm01", n_intervention: "74" }, "1"), groupTitle(named, {}, "2")],
    ["Group 1, intervention: Job club · n 74", "Group 2, comparison · n not given yet"]);
});

test("what begins with the letters that were typed is offered first, else all as in the scheme", () => {
  const offers = ["Business", "Self-employment", "Unsure", "Used services", "Employment", "Part › Use"].map((label, id) => ({ id: String(id), label }));
  const order = (typed, all) => inOrderOfFit(offers, typed, all).map((one) => one.label);
  assert.deepEqual(order("us").slice(0, 3), ["Used services", "Part › Use", "Business"]);
  assert.deepEqual(order("emp").slice(0, 2), ["Employment", "Self-employment"]);
  assert.deepEqual([order(""), order("us", true)], [offers, offers].map((all) => all.map((one) => one.label)));
  assert.equal(inOrderOfFit([{ id: "x", label: "A › B", name: "B" }, { id: "y", label: "Bb" }], "b")[0].id, "x");
});

test("a fault stands at its field, and apart only where no field shows it", () => {
  const faults = ["direction", "numbers.sd1", "numbers.n1", "outcome", "direction"].map((field, at) => ({ field, sentence: `fault ${at}` }));
  const apart = (...shown) => faultsApart(faults, shown).map((one) => one.sentence);
  assert.deepEqual(apart("direction", "numbers.sd1", "n_intervention", "outcome"), ["fault 3", "fault 4"]);
  assert.deepEqual(apart("numbers.mean1"), faults.map((one) => one.sentence));
  assert.deepEqual(faultsApart([], ["direction"]), []);
});

test("notices of findings that stand and hints on the coding are counted", () => {
  const computed = { a: { notices: ["one", "two"] }, b: { notices: [] }, gone: { notices: ["three"] } };
  assert.deepEqual(noticesOf([A, B, C], computed, ["hint"]), { all: 3, ofFindings: [{ uid: "a", count: 2 }] });
  assert.deepEqual(noticesOf([], undefined, []), { all: 0, ofFindings: [] });
});
