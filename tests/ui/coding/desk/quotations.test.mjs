import assert from "node:assert/strict";
import { test } from "node:test";
import { fromCharacters, isOn, moveSelection, pieces, placeOf, quotationFrom, tickWithQuotation, toCharacters, wholeWords, wordsAt, wordsOf } from "../../../../evidence/ui/coding/desk/quotations.js";
import { aScheme, aSheet, answer } from "./made.mjs";

const TEXT = "Of 𝟏43 people, 74 took part 🌱 and 69 waited; 74 took part 🌱 again.";

test("places are counted in characters, not in halves of them", () => {
  const at = TEXT.indexOf("74");
  assert.equal(toCharacters(TEXT, at), [...TEXT].join("\n").split("\n").indexOf("7"));
  for (let place = 0; place <= [...TEXT].length; place++) assert.equal(toCharacters(TEXT, fromCharacters(TEXT, place)), place);
});

test("blanks at the ends of a selection are left out, dragged from either end", () => {
  const from = TEXT.indexOf(" 74");
  const to = TEXT.indexOf("and");
  const forward = quotationFrom(TEXT, "abstract:3", null, from, to);
  assert.deepEqual(quotationFrom(TEXT, "abstract:3", null, to, from), forward);
  assert.deepEqual([forward.exact, [...TEXT].slice(forward.start, forward.end).join("")], ["74 took part 🌱", "74 took part 🌱"]);
  assert.deepEqual([forward.prefix, forward.suffix.startsWith(" and 69")], ["Of 𝟏43 people, ", true]);
  assert.equal(quotationFrom(TEXT, "abstract:3", null, from, from + 1), null);
});

test("half of a character is never cut", () => {
  const at = TEXT.indexOf("🌱");
  assert.equal(quotationFrom(TEXT, "d", null, at + 1, at + 5).exact, "🌱 an");
  assert.equal(quotationFrom(TEXT, "d", null, at - 2, at + 1).exact, "t 🌱");
});

test("a quotation is found where it stands, then by the words around, then by its words", () => {
  const second = TEXT.lastIndexOf("74");
  const quoted = quotationFrom(TEXT, "d", null, second, second + 12);
  assert.deepEqual(placeOf(TEXT, quoted), { from: second, to: second + 12 });
  const longer = "New first words. " + TEXT;
  assert.deepEqual(placeOf(longer, quoted), { from: longer.lastIndexOf("74"), to: longer.lastIndexOf("74") + 12 });
  assert.equal(placeOf("Other words.", quoted), null);
  assert.equal(placeOf(TEXT, { start: 3, end: 3, exact: "" })?.from ?? null, fromCharacters(TEXT, 3));
});

test("pieces hold the whole text, and overlaps name both quotations", () => {
  const found = pieces("abcdef", [{ uid: "x", from: 1, to: 4 }, { uid: "y", from: 3, to: 5 }]);
  assert.deepEqual(found, [{ text: "a", uids: [] }, { text: "bc", uids: ["x"] }, { text: "d", uids: ["x", "y"] }, { text: "e", uids: ["y"] }, { text: "f", uids: [] }]);
  assert.deepEqual(pieces("ab", []), [{ text: "ab", uids: [] }]);
});

test("keys select by words and stay within the text", () => {
  const count = wordsOf("one two  three").length;
  let at = moveSelection(count, null, 1, false);
  at = moveSelection(count, at, 1, true);
  at = moveSelection(count, at, 1, true);
  at = moveSelection(count, at, 1, true);
  assert.deepEqual(at, { anchor: 0, focus: 2 });
  assert.deepEqual(moveSelection(count, at, -1, false), { anchor: 1, focus: 1 });
  assert.equal(moveSelection(0, null, 1, false), null);
});

test("a quotation belongs to one answer of one arm, or to one finding", () => {
  const quoted = { on: { question: "q", code: "a", arm: "" } };
  assert.deepEqual([isOn(quoted, { question: "q", code: "a" }), isOn(quoted, { question: "q", code: "a", arm: "x" }), isOn(quoted, { finding: "f" }), isOn({ on: { finding: "f" } }, { finding: "f" })], [true, false, false, true]);
});

const cut = (text, piece, words) => {
  const from = text.indexOf(piece);
  return text.slice(...wholeWords(text, from, from + piece.length, words));
};

test("a selection that begins or ends inside a word has the whole of it, and no more", () => {
  assert.deepEqual(["eople, 7", "43 p", " 74 ", "took", "(1"].map((piece) => cut("Of 143 people, 74 took (12%).", piece)), ["people, 74", "143 people", "74", "took", "(12"]);
  assert.deepEqual([cut("Caf\u0301e\u00adlike", "e\u00adl"), cut("74 took", " ")], ["Caf\u0301e\u00adlike", " "].map((text, n) => (n ? "" : text)));
});

test("writing without blanks between words is quoted as it was selected", () => {
  assert.equal(cut("参加者は143人であった。", "は143"), "は143");
});

test("words of a page are quoted as they are marked, with the signs that belong to them", () => {
  const text = "took part (74 of 143).";
  const words = [...text.matchAll(/\S+/g)].map((hit) => ({ from: hit.index, to: hit.index + hit[0].length }));
  assert.deepEqual(["art (7", "43", " of "].map((piece) => cut(text, piece, words)), ["part (74", "143).", "of"]);
});

test("who quotes for a code ticks it; another that is chosen stays; a question without codes has no tick", () => {
  const scheme = aScheme();
  const tick = (on, ...answers) => tickWithQuotation(scheme, aSheet({ answers }), on);
  assert.deepEqual(tick({ question: "service", code: "ips" }), { kind: "answer", question: "service", code: "ips", arm: "", field: "chosen", after: true });
  assert.deepEqual(tick({ question: "compared", code: "none", arm: "" }), { kind: "answer", question: "compared", code: "", arm: "", field: "choice", after: "none" });
  assert.deepEqual([
    tick({ question: "service", code: "ips" }, answer("service", { code: "ips" })),
    tick({ question: "service", code: "education" }),
    tick({ question: "compared", code: "none" }, answer("compared", { code: "usual" })),
    tick({ question: "begun", code: "" }), tick({ question: "service", code: "" }), tick({ finding: "f" }), tick({ question: "service", code: "gone" }),
  ], Array(7).fill(null));
});

test("letters that were found are a selection of whole words", () => {
  const text = "Of 143 people 74\ntook part.";
  assert.deepEqual([wordsAt(text, 3, 13), wordsAt(text, 4, 5), wordsAt(text, 0, text.length), wordsAt(text, 2, 3), wordsAt("", 0, 0)],
    [{ anchor: 1, focus: 2 }, { anchor: 1, focus: 1 }, { anchor: 0, focus: 5 }, null, null]);
});
