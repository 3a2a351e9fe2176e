// The outline of a scheme: which rows are shown, and where something that is dragged may be put.

import assert from "node:assert/strict";
import { test } from "node:test";
import { allRows, closedAtFirst, codesOnAxis, dropPlace, keyOfNode, mayRule, mayWaitFor, shownRows, standingRow } from "../../../../evidence/ui/coding/scheme_editor/outline.js";

const code = (id, label, options = []) => ({ id, label, selectable: true, options });
const asked = (id, text, kind, options = [], more = {}) => ({ id, text, kind, options, of: "study", per_arm: false, axis: null, ...more });
const SCHEME = { title: "Small", sections: [
  { title: "First", questions: [
    asked("kind", "Which kind?", "tree", [code("work", "Work", [code("paid", "Paid"), code("unpaid", "Unpaid")]), code("study", "Études")], { axis: "outcome" }),
    asked("people", "How many?", "number"),
  ] },
  { title: "Second", questions: [
    asked("part", "How sound is a part?", "one of", [code("high", "High"), code("low", "Low")]),
    asked("told", "Told?", "yes/no", [code("yes", "Yes"), code("no", "No")]),
    asked("of", "How long?", "text", [], { of: "finding" }),
    asked("whole", "How sound is it?", "one of", [code("high", "High"), code("low", "Low")]),
  ] },
] };
const ALL = allRows(SCHEME);
const KEYS = new Map(ALL.map((row) => [row.key, row]));
const row = (key) => KEYS.get(key);
const isBelow = (one, above) => { for (let at = KEYS.get(one.above); at; at = KEYS.get(at.above)) if (at.key === above.key) return true; return false; };
const drop = (what, over, fraction) => dropPlace(row(what), row(over), fraction, isBelow);

test("every part is a row under the key of its node, yes and no are none", () => {
  assert.deepEqual(ALL.map((one) => one.key), ["scheme", "s:kind", "q:kind", "c:kind/work", "c:kind/paid", "c:kind/unpaid", "c:kind/study", "q:people", "s:part", "q:part", "c:part/high", "c:part/low", "q:told", "q:of", "q:whole", "c:whole/high", "c:whole/low"]);
  for (const one of ALL) assert.equal(keyOfNode(one.node), one.key);
  assert.deepEqual([row("c:kind/paid").level, row("c:kind/paid").position, row("c:kind/paid").size, row("c:kind/paid").above], [4, 1, 2, "c:kind/work"]);
});

test("what is closed hides all that is below it, at any depth", () => {
  const shown = shownRows(ALL, new Set(["q:kind"])).rows;
  assert.deepEqual(shown.map((one) => one.key).slice(0, 4), ["scheme", "s:kind", "q:kind", "q:people"]);
  assert.equal(shown[2].open, false);
  assert.equal(shownRows(ALL, new Set(["s:kind", "c:kind/work"])).rows[1].open, false);
  assert.equal(shownRows(ALL, new Set()).rows.length, ALL.length);
});

test("a search shows what it names with all above it, whatever is closed and accents or not", () => {
  const found = shownRows(ALL, new Set(["s:kind"]), "etud");
  assert.deepEqual(found.rows.map((one) => [one.key, one.hit]), [["s:kind", false], ["q:kind", false], ["c:kind/study", true]]);
  assert.equal(found.hits, 1);
  assert.equal(shownRows(ALL, new Set(), "nowhere").rows.length, 0);
});

test("of a large scheme the codes are closed at first", () => {
  assert.equal(closedAtFirst(ALL).size, 0);
  const many = { ...SCHEME, sections: [{ title: "Many", questions: [asked("q", "Q", "tree", Array.from({ length: 1245 }, (_, at) => code(`c${at}`, `C ${at}`)))] }] };
  const rows = allRows(many);
  assert.deepEqual([...closedAtFirst(rows)], ["q:q"]);
  assert.equal(shownRows(rows, closedAtFirst(rows)).rows.length, 3);
});

test("a code goes anywhere in its question, below others in a tree only, and never below itself", () => {
  assert.deepEqual(drop("c:kind/study", "c:kind/paid", 0.1), { where: "before", other: { question: "kind", option: "paid" } });
  assert.deepEqual(drop("c:kind/study", "c:kind/paid", 0.5), { where: "below", other: { question: "kind", option: "paid" } });
  assert.deepEqual(drop("c:kind/study", "c:kind/paid", 0.9), { where: "after", other: { question: "kind", option: "paid" } });
  assert.deepEqual(drop("c:kind/study", "q:kind", 0.9), { where: "below", other: { question: "kind" } });
  assert.equal(drop("c:part/low", "c:part/high", 0.5).where, "after");
  for (const [what, over] of [["c:kind/work", "c:kind/paid"], ["c:kind/work", "c:kind/work"], ["c:kind/work", "c:part/low"], ["c:kind/work", "s:kind"]]) assert.equal(drop(what, over, 0.5), null);
});

test("a question goes beside others or first into a section, a section beside others", () => {
  assert.deepEqual(drop("q:people", "q:told", 0.8), { where: "after", other: { question: "told" } });
  assert.deepEqual(drop("q:people", "s:part", 0.2), { where: "below", other: { section: "part" } });
  assert.equal(drop("q:people", "c:part/low", 0.5), null);
  assert.deepEqual(drop("s:part", "s:kind", 0.2), { where: "before", other: { section: "kind" } });
  assert.equal(drop("s:part", "q:kind", 0.2), null);
  assert.equal(drop("scheme", "s:kind", 0.2), null);
});

test("only what stands earlier can be waited for or followed", () => {
  const last = SCHEME.sections[1].questions;
  assert.deepEqual(mayWaitFor(SCHEME, last[0]).map((one) => one.id), ["kind"]);
  assert.deepEqual(mayWaitFor(SCHEME, last[3]).map((one) => one.id), ["kind", "part", "told"]);
  assert.deepEqual(codesOnAxis(SCHEME, last[2], "outcome").map(([id]) => id), ["work", "paid", "unpaid", "study"]);
  assert.deepEqual(codesOnAxis(SCHEME, SCHEME.sections[0].questions[0], "outcome"), []);
  assert.deepEqual(mayRule(SCHEME, last[3]).map((one) => one.id), ["part"]);
});

test("where what was chosen is gone, its question is, or the scheme", () => {
  assert.equal(standingRow(KEYS, { question: "kind", option: "gone" }).key, "q:kind");
  assert.equal(standingRow(KEYS, { question: "gone" }).key, "scheme");
});
