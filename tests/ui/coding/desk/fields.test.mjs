import assert from "node:assert/strict";
import { test } from "node:test";
import { withoutLastBreaks } from "../../../../evidence/ui/coding/desk/fields.js";

test("line breaks at the end are not kept, those within are, and blanks that somebody still types behind", () => {
  assert.deepEqual(["a\n", "a\r\n \n", "a\nb\n\n", "a ", "\n", ""].map(withoutLastBreaks), ["a", "a", "a\nb", "a ", "", ""]);
});
