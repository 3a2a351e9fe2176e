import assert from "node:assert/strict";
import { test } from "node:test";
import { cellText, copyEdits, firstEdits, nameOf, nextOrder, numberFaultOf, sorted } from "../../../../evidence/ui/coding/desk/findings.js";
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

test("a copy takes what findings share, not what was quoted, printed or taken away", () => {
  const fields = { outcome: "work", measure: "", quotation: "words", removed: "yes", "printed.p": "0.02", "numbers.n1": "74" };
  assert.deepEqual(copyEdits(finding("a", 1, fields), "new").map((edit) => edit.field), ["outcome", "numbers.n1"]);
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
