// Times the map's counts in Node (evidence_map.py); the document comes on standard input.

import { readFileSync } from "node:fs";
import { defaultView } from "../evidence/viewer/map_address.js";
import { readMap } from "../evidence/viewer/map_columns.js";
import { mapCounts } from "../evidence/viewer/map_counts.js";
import { filterCounts, studyTexts } from "../evidence/viewer/map_filters.js";
import { mapSearches } from "../evidence/viewer/map_searches.js";

const RUNS = 20;
const json = readFileSync(0, "utf8");
const map = readMap(json);
const plain = { ...defaultView(map), open_rows: ["*"], open_columns: ["*"] };
const [rows, columns] = [plain.rows, plain.columns].map((id) => map.byId.get(id));
const any = (dimension, ...codes) => ({ dimension, mode: "any", codes });

// Counts, and asks for every cell, as the drawing does.
function allCells(view, on = map) {
  const counts = mapCounts(on, view);
  let sum = 0;
  for (const row of [...counts.rows, null]) for (const column of [...counts.columns, null]) sum += counts.at(row, column).primary;
  return sum;
}

function timed(what, act, runs = RUNS) {
  const before = process.cpuUsage();
  const times = Array.from({ length: runs }, () => {
    const began = performance.now();
    act();
    return performance.now() - began;
  }).sort((a, b) => a - b);
  const { user, system } = process.cpuUsage(before);
  const cpu = (user + system) / 1000 / runs;
  console.log(`| ${what} | ${cpu.toFixed(1)} | ${times[Math.floor(runs / 2)].toFixed(1)} | ${times.at(-1).toFixed(1)} |`);
}

console.log(`\n${rows.ids.length} rows x ${columns.ids.length} columns, with segments\n\n| what | CPU ms, mean | ms, median | ms, slowest |\n|---|---|---|---|`);
timed("read the document and count for the first time", () => allCells(plain, readMap(json)));
timed("count without a filter", () => allCells(plain));
timed("filter: a country", () => allCells({ ...plain, filters: [any("question:country", "country1")] }));
timed("filter: an outcome of findings", () => allCells({ ...plain, filters: [any(plain.columns, columns.ids[0], columns.ids[8])] }));
timed("filter: three at once, and years", () => allCells({
  ...plain,
  years: [1990, 2020],
  filters: [any("question:country", "country1", "country2"), any("axis:contrast", "arms"), any(plain.rows, rows.ids[0])],
}));
timed("make words ready for the first search", () => {
  map.cache.delete("texts");
  studyTexts(map);
}, 5);
timed("filter: two words", () => allCells({ ...plain, words: "word12 word7" }));
const forget = () => [...map.cache.keys()].filter((key) => /texts|words|searches|terms/.test(key)).forEach((key) => map.cache.delete(key));
let next = 0; // so that no run looks for a word of an earlier one
const fifty = () => Array.from({ length: 50 }, (_, at) => (at ? `#${at} or word${next++}* not word${next++}` : "word1*"));
timed("the first search for a word, which makes the words ready", () => {
  forget();
  mapSearches(map, ["word1"])[0].count;
}, 5);
timed("a search for a word, and the map under it", () => allCells({ ...plain, searches: [`word${next++}`], search: 1 }));
timed("a search for a phrase in titles or a code", () => mapSearches(map, [`title:"word${next++} word${next++}" or [Country: Country 1]`])[0].count);
timed("50 searches for 99 words, each of which rests on the one before", () => mapSearches(map, fifty()).at(-1).count, 5);
timed("numbers beside the codes of a filter", () => filterCounts(map, plain, "question:country"));
timed("directions", () => allCells({ ...plain, view: "directions" }));
timed("studies of one cell", () => mapCounts(map, plain).studies(0, 0));
