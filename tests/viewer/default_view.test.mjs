// With what a map begins; tests/synthesis/test_map_view.py says the same of the server's own.

import assert from "node:assert/strict";
import { test } from "node:test";

import { defaultView } from "../../evidence/viewer/map_address.js";

const beginning = (...ids) => {
  const { rows, columns, segment } = defaultView({ dimensions: ids.map((id) => ({ id })) });
  return [rows, columns, segment];
};

test("interventions by outcomes of findings go first", () => {
  const ids = ["axis:intervention", "axis:outcome", "question:intervention", "question:outcome"];
  assert.deepEqual(beginning(...ids), ["axis:intervention", "axis:outcome", null]);
});

test("without findings the questions of these names stand there, else what comes first", () => {
  const ids = ["question:stream", "question:design", "question:outcome", "question:intervention"];
  assert.deepEqual(beginning(...ids), ["question:intervention", "question:outcome", "question:design"]);
  assert.deepEqual(beginning("question:country"), ["question:country", "question:country", null]);
});
