import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

const LOADER = readFileSync(new URL("../../../evidence/ui/shell/loader.js", import.meta.url), "utf8");
const SCRIPT = `export const STYLE = "p {}";
export default function ({ data, parentElement }) { globalThis.begun.push([data, parentElement.name]); return () => globalThis.begun.push("left"); }`;

class Place {
  constructor(name) { this.name = name; this.children = []; }
  querySelector(selector) { return this.children.find((one) => selector.includes(`[${one.mark}]`)) ?? null; }
  prepend(one) { this.children.unshift(one); }
  append(one) { one.remove = () => this.children.splice(this.children.indexOf(one), 1); this.children.push(one); }
}

async function loaded(withScript) {
  const folder = mkdtempSync(join(tmpdir(), "loader-"));
  if (withScript) writeFileSync(join(folder, "own.mjs"), SCRIPT);
  writeFileSync(join(folder, "loader.mjs"), LOADER.replace("OWN-SCRIPT", "own.mjs").replace("AGAIN_MS = 3000", "AGAIN_MS = 20"));
  globalThis.begun = [];
  globalThis.document = { baseURI: pathToFileURL(join(folder, "page")).href, createElement: () => ({ setAttribute(name) { if (name.startsWith("data-")) this.mark = name; } }) };
  return { begin: (await import(pathToFileURL(join(folder, "loader.mjs")).href)).default, folder };
}

const until = async (holds) => { for (let n = 0; n < 300 && !holds(); n++) await new Promise((done) => setTimeout(done, 10)); assert.ok(holds()); };

test("until the script is there the newest data wait; then all goes to it, with its style once", async () => {
  const { begin } = await loaded(true);
  const [one, two] = [new Place("one"), new Place("two")];
  begin({ data: 1, parentElement: one });
  const leave = begin({ data: 2, parentElement: one });
  const away = begin({ data: 3, parentElement: two });
  away();
  await until(() => begun.length);
  assert.deepEqual(begun, [[2, "one"]]);
  begin({ data: 4, parentElement: one })();
  assert.deepEqual(begun, [[2, "one"], [4, "one"], "left"]);
  assert.deepEqual(one.children.map((child) => child.textContent), ["p {}"]);
  leave();
  assert.equal(begun.length, 4);
});

test("a script that does not come is told and asked for again", async () => {
  const { begin, folder } = await loaded(false);
  const place = new Place("one");
  begin({ data: 1, parentElement: place });
  await until(() => place.children.length);
  assert.match(place.children[0].textContent, /could not be fetched/);
  writeFileSync(join(folder, "own.mjs"), SCRIPT);
  await until(() => begun.length);
  assert.deepEqual([begun, place.children.map((child) => child.textContent)], [[[1, "one"]], ["p {}"]]);
});
