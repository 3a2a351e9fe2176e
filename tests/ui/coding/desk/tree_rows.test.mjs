import assert from "node:assert/strict";
import { test } from "node:test";
import { MOST_HITS, allBelow, bestHit, chosenBelow, openAtFirst, treeRows } from "../../../../evidence/ui/coding/desk/tree_rows.js";
import { aScheme, option, question } from "./made.mjs";

const scheme = aScheme();
const service = scheme.questions.get("service");
const ids = ({ rows }) => rows.map((row) => "  ".repeat(row.level - 1) + row.id);

test("closed branches give no rows; open ones give theirs with level and place", () => {
  assert.deepEqual(ids(treeRows(scheme, service, new Set())), ["employment", "education", "other"]);
  const { rows } = treeRows(scheme, service, new Set(["employment"]));
  assert.deepEqual(ids({ rows }), ["employment", "  supported", "  firm", "education", "other"]);
  assert.deepEqual(rows.slice(0, 3).map(({ position, size, open }) => [position, size, open]), [[1, 3, true], [1, 2, false], [2, 2, null]]);
});

test("a search shows what it names with the branches above, whatever stands open", () => {
  const found = treeRows(scheme, service, new Set(), "INDIVIDUAL place");
  assert.deepEqual(ids(found), ["employment", "  supported", "    ips"]);
  assert.deepEqual([found.hits, found.rows.map((row) => row.hit)], [1, [false, false, true]]);
});

test("a branch that a search names can be opened", () => {
  assert.deepEqual(ids(treeRows(scheme, service, new Set(), "education")), ["education"]);
  assert.deepEqual(ids(treeRows(scheme, service, new Set(["education"]), "education")), ["education", "  courses"]);
});

test("a search folds accents, and a search that names nothing shows nothing", () => {
  const places = aScheme([question("where", "tree", { options: [option("ci", "Côte d’Ivoire")] })]);
  assert.deepEqual(ids(treeRows(places, places.questions.get("where"), new Set(), "cote")), ["ci"]);
  assert.deepEqual(treeRows(scheme, service, new Set(), "zzz"), { rows: [], hits: 0, left: 0 });
});

test("a search that names a thousand options shows some and counts the rest", () => {
  const many = aScheme([question("q", "tree", { options: Array.from({ length: 1000 }, (_, n) => option(`o${n}`, `Code ${n}`)) })]);
  const { rows, hits, left } = treeRows(many, many.questions.get("q"), new Set(), "code");
  assert.deepEqual([rows.length, hits, left], [MOST_HITS, 1000, 1000 - MOST_HITS]);
});

test("Enter on “united” means one country", () => {
  const countries = [option("uk", "United Kingdom"), option("us", "United States"), option("ae", "The United Emirates")];
  assert.deepEqual(["united", "united s", "emirates united", "UNITED KINGDOM", "x", " "].map((text) => bestHit(countries, text)?.id), ["uk", "us", "ae", "uk", undefined, undefined]);
});

test("all below are ticked but what has no tick, and unticked when all were", () => {
  assert.deepEqual(allBelow(scheme, service, "employment", new Set(["firm"])), { ids: ["supported", "ips", "other-supported"], chosen: true });
  assert.deepEqual(allBelow(scheme, service, "education", new Set(["courses"])), { ids: ["courses"], chosen: false });
});

test("closed branches say how many below are chosen, and those stand open at first", () => {
  const counts = chosenBelow(scheme, service, new Set(["ips", "firm"]));
  assert.deepEqual([...counts], [["supported", 1], ["employment", 2]]);
  assert.deepEqual([...openAtFirst(scheme, service, ["ips"], 3)], ["supported", "employment"]);
  assert.deepEqual([...openAtFirst(scheme, service, [], 3)], []);
});
