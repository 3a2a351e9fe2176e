// What is being written outlives a reload, in its study only, and is not believed.
import assert from "node:assert/strict";
import { test } from "node:test";

import { forgetDraft, keepDraft, keptDraft } from "../../../../evidence/ui/coding/reconcile/drafts.js";

const kept = new Map();
globalThis.localStorage = { getItem: (name) => kept.get(name) ?? null, setItem: (name, text) => kept.set(name, text), removeItem: (name) => kept.delete(name) };
const MINE = "waymark-reconciling-1-2-";
const here = { study: { id: 3 }, scheme_id: 5 };
const draft = { study_id: 3, scheme_id: 5, key: "answer\npeople\n", act: "other", written: { said: { codes: [], value: "140" }, note: "p. 3" } };

test("a draft is there again in its study, for its person", () => {
  keepDraft(MINE, draft);
  assert.deepEqual(keptDraft(MINE, here), draft);
  assert.equal(keptDraft(MINE, { study: { id: 4 }, scheme_id: 5 }), null);
  assert.equal(keptDraft("waymark-reconciling-1-3-", here), null);
  assert.ok(![...kept.keys()].some((name) => name.startsWith(MINE)), "the outbox would take it for its own");
  forgetDraft(MINE);
  assert.equal(keptDraft(MINE, here), null);
});

test("what is no draft is none", () => {
  for (const text of ["", "{", "null", "3", "[]", JSON.stringify({ ...draft, key: 3 }), JSON.stringify({ ...draft, written: null }),
    JSON.stringify({ ...draft, written: { said: { codes: "x", value: "" } } }), JSON.stringify({ ...draft, written: { note: 3 } }), JSON.stringify({ ...draft, written: { fields: { time: 3 } } })]) {
    kept.set(`draft-${MINE}`, text);
    assert.equal(keptDraft(MINE, here), null, text);
  }
});
