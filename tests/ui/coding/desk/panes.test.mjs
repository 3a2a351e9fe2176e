import assert from "node:assert/strict";
import { test } from "node:test";
import { PANES, forReading, layoutFrom, moveEdge, toggled, widths } from "../../../../evidence/ui/coding/desk/panes.js";

const WIDE = 1000;
const sum = (found) => Object.values(found).reduce((all, one) => all + one, 0);
const near = (a, b) => assert.ok(Math.abs(a - b) < 0.01, `${a} is not ${b}`);

test("what the browser kept is not believed", () => {
  const usual = layoutFrom(null);
  for (const kept of [undefined, 3, "x", { shares: { text: "9" }, hidden: "text" }, { shares: { text: -1, scheme: NaN }, hidden: PANES }]) assert.deepEqual(layoutFrom(kept), usual);
});

test("the panes fill the width, whichever are hidden", () => {
  let layout = layoutFrom(null);
  near(sum(widths(layout, WIDE)), WIDE);
  layout = toggled(layout, "text");
  assert.deepEqual(Object.keys(widths(layout, WIDE)), ["scheme", "findings"]);
  near(sum(widths(layout, WIDE)), WIDE);
  layout = toggled(toggled(layout, "scheme"), "findings");
  assert.deepEqual(layout.hidden, ["text", "scheme"]);
});

test("an edge that is moved gives to one what it takes from the next, and neither goes", () => {
  const before = widths(layoutFrom(null), WIDE);
  const layout = moveEdge(layoutFrom(null), "text", 20, WIDE);
  const after = widths(layout, WIDE);
  near(after.text - before.text, 20);
  near(after.findings, before.findings);
  const far = widths(moveEdge(layout, "text", 9999, WIDE), WIDE);
  assert.ok(far.scheme >= 250);
  near(sum(far), WIDE);
  assert.deepEqual(moveEdge(layout, "findings", 50, WIDE), layout);
});

test("on 980 pixels, beside the menu, all three are wide enough", () => {
  const found = widths(layoutFrom(null), 980);
  assert.ok(found.text >= 220 && found.scheme >= 260 && found.findings >= 250);
});

test("the text is made wide for reading, and all is as before, also after a reload", () => {
  const before = toggled(moveEdge(layoutFrom(null), "text", 30, WIDE), "scheme");
  const wide = layoutFrom(JSON.parse(JSON.stringify(forReading(before))));
  assert.ok(widths(wide, WIDE).text > 600);
  assert.deepEqual(forReading(wide), before);
  assert.deepEqual(layoutFrom({ before: { before: { before: 3 } } }).before, layoutFrom(null));
  assert.deepEqual(forReading(layoutFrom({ before: "x" })), layoutFrom(null));
});
