import assert from "node:assert/strict";
import { test } from "node:test";
import { keepReading, keptReading } from "../../../../evidence/ui/coding/desk/reading_place.js";

const stored = {};
Object.defineProperty(globalThis, "localStorage", { value: { getItem: (name) => stored[name] ?? null, setItem: (name, text) => { stored[name] = text; } }, configurable: true });
const WHO = "waymark-coding-1-2-";
const place = (more = {}) => ({ text: "file:8", page: 12, down: 0.25, zoom: 125, search: "ICC", ...more });

test("where one reads is kept for each study of a person, under a name that the outbox does not take for its own", () => {
  keepReading(WHO, 3, place());
  keepReading(WHO, 4, place({ text: "abstract", page: 0 }));
  keepReading(WHO, 3, place({ page: 13 }));
  assert.deepEqual([keptReading(WHO, 3), keptReading(WHO, 4).text, keptReading(WHO, 5), keptReading("waymark-coding-1-3-", 3)], [place({ page: 13 }), "abstract", null, null]);
  assert.ok(Object.keys(stored).every((name) => !name.startsWith("waymark-coding-")));
});

test("of many studies the last ones are kept, and little of each", () => {
  for (let id = 0; id < 500; id++) keepReading(WHO, id, place({ search: "x".repeat(1e6) }));
  assert.equal(keptReading(WHO, 0), null);
  assert.equal(keptReading(WHO, 499).page, 12);
  assert.ok(stored[`reading-${WHO}`].length < 20000);
});

test("nothing of what was kept is believed", () => {
  for (const kept of ["", "{", "3", "null", '[3,[3]]', '[[3,{"a":1},"x",9,-1,7]]', "[[3,null,1e99,null,null,null]]"]) {
    stored[`reading-${WHO}`] = kept;
    const found = keptReading(WHO, 3);
    if (found) assert.deepEqual(found, { text: "abstract", page: 0, down: 0, zoom: 0, search: "" }, kept);
  }
});
