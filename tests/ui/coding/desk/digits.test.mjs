import assert from "node:assert/strict";
import { test } from "node:test";
import { digitTicks } from "../../../../evidence/ui/coding/desk/digits.js";

const pressed = (place, at, one = true) => ({ place, one, at });

test("a digit that follows another at once ticks nothing in another question, nor where one code is taken", () => {
  assert.ok(digitTicks(null, pressed("compared", 0)));
  assert.ok(!digitTicks(pressed("compared", 100), pressed("country", 250)));
  assert.ok(!digitTicks(pressed("compared", 100), pressed("compared", 250)));
  assert.ok(digitTicks(pressed("service", 100, false), pressed("service", 250, false)));
  assert.ok(!digitTicks(pressed("service", 100, false), pressed("compared", 250)));
});

test("after a pause a digit ticks wherever one is", () => {
  assert.ok(digitTicks(pressed("compared", 100), pressed("compared", 700)));
  assert.ok(digitTicks(pressed("compared", 100), pressed("country", 900)));
});
