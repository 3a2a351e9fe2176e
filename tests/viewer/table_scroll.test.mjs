// Where the table is scrolled to, so that a cell is seen.

import assert from "node:assert/strict";
import { test } from "node:test";

import { scrollBetween } from "../../evidence/viewer/table_scroll.js";

test("what is seen stays where it is, and else is scrolled by as much as it needs", () => {
  assert.equal(scrollBetween(10, 20, 0, 100), 0);
  assert.equal(scrollBetween(0, 100, 0, 100), 0);
  assert.equal(scrollBetween(95, 120, 0, 100), 20);
  assert.equal(scrollBetween(-30, 10, 0, 100), -30);
  assert.equal(scrollBetween(50, 300, 0, 100), 50); // longer than there is room: its beginning
});
