import assert from "node:assert/strict";
import { test } from "node:test";
import { FIT, keepZoom, keptZoom, zoomed } from "../../../../evidence/ui/coding/desk/zoom.js";

const stored = {};
Object.defineProperty(globalThis, "localStorage", { value: { getItem: (name) => stored[name] ?? null, setItem: (name, text) => { stored[name] = text; } }, configurable: true });

test("sizes go step by step, end at the ends, and fit again", () => {
  assert.deepEqual([zoomed(100, 1), zoomed(100, -1), zoomed(50, -1), zoomed(300, 1), zoomed(200, 0), zoomed(110, 1)], [125, 75, 50, 300, FIT, 125]);
  assert.deepEqual([zoomed(FIT, 0), zoomed(FIT, 1), zoomed(FIT, -1)], [FIT, 125, 75]);
});

test("a size is kept for one person, under a name that the outbox does not take for its own", () => {
  keepZoom("waymark-coding-1-2-", 150);
  assert.deepEqual([keptZoom("waymark-coding-1-2-"), keptZoom("waymark-coding-1-3-")], [150, 100]);
  keepZoom("waymark-coding-1-2-", FIT);
  assert.equal(keptZoom("waymark-coding-1-2-"), FIT);
  assert.ok(Object.keys(stored).every((name) => !name.startsWith("waymark-coding-")));
});

test("nothing of what was kept is believed", () => {
  for (const kept of ["", "1e9", "-1", "<b>", "null"]) {
    for (const name of Object.keys(stored)) stored[name] = kept;
    assert.equal(keptZoom("waymark-coding-1-2-"), 100);
  }
});
