// What is written in a report is known by marks, joined where two wrote, and put where it belongs.

import assert from "node:assert/strict";
import { test } from "node:test";

import {
  bothTexts, draftOf, dropBefore, isToBeReplaced, isUnsent, moveBy, newDraft, noteSent, partOf, withInserted, withPending, withoutOlderWritings, writingOf,
} from "../../../../evidence/ui/results/report_editor/writing.js";

const section = (mark = "", text = "Text") => ({ key: "methods", title: "Methods", text, mark });
const row = (key, removed = false) => ({ key, title: key, removed, missing: [] });
const rows = [row("a"), row("gone", true), row("b"), row("c")];

test("a draft builds on what it began with and on all that it sent", () => {
  const draft = newDraft(section("m1"));
  assert.equal(isUnsent(draft), false);
  draft.text = "Text, more";
  assert.deepEqual(writingOf(draft), { act: "write", section: "methods", title: "Methods", text: "Text, more", before: ["m1"] });
  noteSent(draft, { ...writingOf(draft), client_id: "mine-1" });
  assert.equal(isUnsent(draft), false);
  assert.deepEqual(writingOf(draft).before, ["m1", "mine-1"]);
});

test("a title that was emptied is not sent, what is written beside it is", () => {
  const draft = newDraft(section());
  draft.title = " ";
  assert.equal(isUnsent(draft), false);
  draft.text = "Other";
  assert.equal(writingOf(draft).title, "Methods");
});

test("never more marks go out than the server reads", () => {
  const draft = newDraft(section());
  for (let at = 0; at < 500; at++) noteSent(draft, { ...writingOf(draft), client_id: `id-${at}` });
  assert.equal(writingOf(draft).before.length, 150);
  assert.equal(writingOf(draft).before.at(-1), "id-499");
});

test("somebody else's text is shown only where nothing is being written", () => {
  const draft = newDraft(section("m1"));
  assert.equal(isToBeReplaced(draft, section("m1"), false), false);
  assert.equal(isToBeReplaced(draft, section("theirs"), false), true);
  assert.equal(isToBeReplaced(draft, section("theirs"), true), false);
  draft.text = "typing";
  assert.equal(isToBeReplaced(draft, section("theirs"), false), false);
});

test("what waits in the browser since an earlier visit is written on", () => {
  const draft = draftOf({ client_id: "old-3", section: "methods", title: "Methods", text: "Late", before: ["m1", "old-2"] });
  assert.equal(draft.text, "Late");
  assert.deepEqual(draft.marks, ["m1", "old-2", "old-3"]);
});

test("of what waits of one section's text only the newest is sent", () => {
  const items = [{ act: "write", section: "a" }, { act: "move", section: "a" }, { act: "write", section: "b" }, { act: "write", section: "a" }];
  assert.deepEqual(withoutOlderWritings(items, items[3]), [items[1], items[2], items[3]]);
});

test("the list shows what was done and is not kept yet", () => {
  const keys = (pending) => withPending(rows, pending).map((one) => (one.removed ? `(${one.key})` : one.key)).join(" ");
  assert.equal(keys([]), "a (gone) b c");
  assert.equal(keys([{ act: "move", section: "c", after: "" }]), "c a (gone) b");
  assert.equal(keys([{ act: "move", section: "a", after: "b" }]), "(gone) b a c");
  assert.equal(keys([{ act: "remove", section: "b" }, { act: "bring back", section: "gone" }]), "a gone (b) c");
  assert.equal(keys([{ act: "add", section: "own-1", title: "New", after: "a" }]), "a own-1 (gone) b c");
  assert.equal(keys([{ act: "add", section: "own-1", title: "New", after: "nowhere" }]), "a (gone) b c own-1");
  assert.equal(keys([{ act: "move", section: "nowhere", after: "a" }]), "a (gone) b c");
  assert.equal(keys([{ act: "write", section: "gone", title: "Again" }]), "a gone b c");
  assert.equal(rows[0].title, "a"); // the list that came from the server is not changed
});

test("one step up or down passes what was taken out", () => {
  assert.equal(moveBy(rows, "b", -1), "");
  assert.equal(moveBy(rows, "c", -1), "a");
  assert.equal(moveBy(rows, "a", 1), "b");
  assert.equal(moveBy(rows, "a", -1), null);
  assert.equal(moveBy(rows, "c", 1), null);
});

test("what is dropped stands before the other one, or last", () => {
  assert.equal(dropBefore(rows, "c", "a"), "");
  assert.equal(dropBefore(rows, "a", "c"), "b");
  assert.equal(dropBefore(rows, "a", ""), "c");
});

test("two texts over the same one are joined without losing a paragraph", () => {
  const base = "One.\n\nTwo.";
  assert.equal(bothTexts(base, "One.\n\nMine.\n\nTwo.", "One.\n\nTwo.\n\nTheirs."), "One.\n\nMine.\n\nTwo.\n\nTheirs.");
  assert.equal(bothTexts(base, "Mine.", "Theirs."), "Mine.\n\nTheirs.");
  assert.equal(bothTexts("", "Mine.", "Theirs."), "Mine.\n\nTheirs.");
  assert.equal(bothTexts(base, base, "Two."), "Two."); // what they took out is not brought back
  assert.equal(bothTexts(base, "One, better.\n\nTwo.", "One, other.\n\nTwo."), "One, better.\n\nOne, other.\n\nTwo.");
});

test("a live part is written as it is read", () => {
  assert.equal(partOf({ name: "number" }), "number");
  assert.equal(partOf({ name: "shares", by: ["design", ""], codes: [["stream", "outcome"], ["", "x"], ["country", "us"]], noun: " studies " }), "shares by design of stream=outcome, country=us as studies");
  assert.equal(partOf({ name: "forest", results: [["contrast", "arms"], ["outcome", "work"], ["measure", ""]] }), "forest for contrast=arms, outcome=work");
  assert.equal(partOf({ name: "crosstab", by: ["design", "country"] }), "crosstab by design,country");
});

test("what is inserted keeps apart from the words around; a table stands alone", () => {
  assert.deepEqual(withInserted("One two", 3, 3, "{{number}}", false), { text: "One {{number}} two", caret: 14 });
  assert.deepEqual(withInserted("", 0, 0, "{{number}}", false), { text: "{{number}}", caret: 10 });
  assert.deepEqual(withInserted("of two", 3, 6, "{{number}}", false), { text: "of {{number}}", caret: 13 });
  assert.equal(withInserted("One.two", 4, 4, "{{number}}", false).text, "One. {{number}} two");
  assert.equal(withInserted("One (x)", 6, 6, "{{number}}", false).text, "One (x {{number}})");
  assert.equal(withInserted("One.\n\nTwo.", 4, 4, "{{counts by design}}", true).text, "One.\n\n{{counts by design}}\n\nTwo.");
  assert.equal(withInserted("One. Two.", 5, 5, "{{counts by design}}", true).text, "One. \n\n{{counts by design}}\n\nTwo.");
});
