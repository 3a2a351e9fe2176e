// What the drawing of the map decides without a page: heads, ways of the keys, order by hand, words.

import assert from "node:assert/strict";
import { test } from "node:test";

import { asksForWords } from "../../evidence/viewer/map_address.js";
import { changeRows } from "../../evidence/viewer/map_changes.js";
import { filterChips } from "../../evidence/viewer/map_chips.js";
import { columnHeadRows, leastHeadWidth, shownDepths } from "../../evidence/viewer/map_heads.js";
import { moveInSlots } from "../../evidence/viewer/map_moves.js";
import { orderAfterMove, placesBetween } from "../../evidence/viewer/map_order.js";
import { searchLines, searchRows } from "../../evidence/viewer/map_search_table.js";
import { addAbstracts, emptyFields, mapSearches, referredNumbers, searchWords, viewWithoutSearch, withoutSearch } from "../../evidence/viewer/map_searches.js";
import { placesBetweenPoints } from "../../evidence/viewer/map_sight.js";
import { headingPath } from "../../evidence/viewer/map_texts.js";
import { cellWords, drawnKind, passingWords } from "../../evidence/viewer/map_words.js";
import { csvText } from "../../evidence/viewer/taken_lists.js";
import { listedStudies } from "../../evidence/viewer/pages/list_page.js";
import { shareOf, shareText } from "../../evidence/viewer/pages/shares.js";
import { ringPart } from "../../evidence/viewer/marks/donut_mark.js";
import { barsBackground } from "../../evidence/viewer/marks/stacked_bar.js";
import { isPale, segmentFill, segmentImage } from "../../evidence/viewer/marks/segment_patterns.js";
import { referenceText, safeAddress } from "../../evidence/viewer/study_card.js";

test("an open branch stands over its columns and has one of its own, at any depth", () => {
  const rows = columnHeadRows([0, 1, 2, 1, 0]);
  assert.deepEqual(rows.map((row) => row.map(({ column, kind }) => `${kind} ${column}`)), [
    ["group 0", "leaf 4"], ["own 0", "group 1", "leaf 3"], ["own 1", "leaf 2"],
  ]);
  // Every column has one head in every row of heads, so that nothing shifts.
  for (const depths of [[0], [0, 0], [0, 1, 2, 3, 0, 1], [0, 1, 1, 2, 0], [1, 0]]) {
    const made = columnHeadRows(depths);
    const covered = made.map(() => depths.map(() => 0));
    made.forEach((row, level) => row.forEach(({ column, columns, rows: down }) => {
      for (let at = level; at < level + down; at++) for (let across = column; across < column + columns; across++) covered[at][across]++;
    }));
    if (depths[0] === 0) assert.deepEqual(covered, covered.map((row) => row.map(() => 1)), String(depths));
  }
  assert.deepEqual(columnHeadRows([]), [[]]);
});

test("depths begin at 0 though the one heading over all others is not shown", () => {
  const dimension = { depths: [0, 1, 2, 2, 1, 2] };
  assert.deepEqual(shownDepths(dimension, [1, 2, 3, 4]), [0, 1, 1, 0]);
  assert.deepEqual(shownDepths(dimension, [4, 5, 1]), [0, 1, 0]);
  assert.deepEqual(shownDepths(dimension, [0, 1, 4, 5]), [0, 1, 1, 2]);
  assert.deepEqual(shownDepths(dimension, []), []);
  const rows = columnHeadRows(shownDepths(dimension, [1, 2, 3, 4]));
  assert.deepEqual(rows.map((row) => row.map(({ column, kind }) => `${kind} ${column}`)), [["group 0", "leaf 3"], ["own 0", "leaf 1", "leaf 2"]]);
});

test("a path leaves out what stands alone over all others, and nothing else", () => {
  const depths = [0, 1, 2, 3, 2, 2];
  const parents = [-1, 0, 1, 2, 1, 1];
  const labels = ["Code set", "Outcome", "Health", "Mental", "Cost", "Work"];
  const paths = (dimension) => labels.map((_, position) => headingPath(dimension, position));
  assert.deepEqual(paths({ depths, parents, labels }), ["Code set", "Outcome", "Health", "Health › Mental", "Cost", "Work"]);
  const two = { labels, depths: [0, 1, 1, 2, 0, 1], parents: [-1, 0, 0, 2, -1, 4] };
  assert.deepEqual(paths(two), ["Code set", "Code set › Outcome", "Code set › Health", "Code set › Health › Mental", "Cost", "Cost › Work"]);
});

test("a column has room for the longest word of its heads, up to a bound", () => {
  assert.equal(leastHeadWidth(["Capabilities and wellbeing", "Cost"]), 12 * 0.44 + 1.9);
  assert.equal(leastHeadWidth(["x".repeat(80)]), leastHeadWidth(["x".repeat(14)]));
  assert.equal(leastHeadWidth([]), 1.9);
});

test("keys lead over what spans several places, back to where one came from, and never out", () => {
  const slots = [["corner", "group", "group", "all"], ["corner", "a", "b", "all"], ["head", "1", "2", "3"], ["foot", "4", "5", "6"]];
  const go = (row, column, key, whole = false) => {
    const to = moveInSlots(slots, { row, column }, key, whole, (cell) => cell !== "corner");
    return to && `${slots[to.row][to.column]} ${to.row} ${to.column}`;
  };
  assert.equal(go(2, 2, "ArrowUp"), "b 1 2");
  assert.equal(go(1, 2, "ArrowUp"), "group 0 2");
  assert.equal(go(0, 2, "ArrowDown"), "b 1 2"); // not the first of the group
  assert.equal(go(0, 1, "ArrowRight"), "all 0 3");
  assert.equal(go(0, 1, "ArrowLeft"), null);
  assert.equal(go(0, 3, "ArrowDown"), "3 2 3");
  assert.equal(go(3, 1, "Home"), "foot 3 0");
  assert.equal(go(3, 1, "End"), "6 3 3");
  assert.equal(go(0, 1, "PageDown"), "4 3 1");
  assert.equal(go(3, 2, "Home", true), "group 0 1");
  assert.equal(go(0, 1, "End", true), "6 3 3");
  assert.equal(go(0, 1, "x"), null);
});

test("a heading moves among those under the same one, and other branches keep their order", () => {
  const dimension = { ids: ["a", "a1", "a2", "b", "c"], parents: [-1, 0, 0, -1, -1] };
  const shown = [0, 1, 2, 3, 4];
  const order = orderAfterMove(dimension, shown, "scheme", 4, -1);
  assert.deepEqual(order.filter((id) => id.length === 1), ["a", "c", "b"]);
  const second = orderAfterMove(dimension, [0, 1, 2, 4, 3], order, 2, -1);
  assert.deepEqual(second.filter((id) => id.length === 2), ["a2", "a1"]);
  assert.deepEqual(second.filter((id) => id.length === 1), ["a", "c", "b"]);
  assert.equal(orderAfterMove(dimension, shown, "scheme", 0, -1), null);
  assert.equal(orderAfterMove(dimension, shown, "scheme", 2, 1), null);
  assert.equal(placesBetween(dimension, shown, 0, 4), 2);
  assert.equal(placesBetween(dimension, shown, 1, 3), 0);
});

test("a cell that filters emptied is no gap, and reviews are never added", () => {
  const without = { primary: 12, reviews: 1 };
  const cell = { primary: 0, reviews: 0, kind: "evidence", without, segments: [], directions: null };
  assert.equal(drawnKind(cell), "none under these filters");
  assert.equal(cellWords(cell, String), "none under these filters (without them: 12 primary studies, 1 review)");
  assert.equal(drawnKind({ ...cell, kind: "no study", without: { primary: 0, reviews: 0 } }), "no study");
  assert.equal(drawnKind({ ...cell, kind: "not applicable" }), "not applicable");
  const full = { ...cell, primary: 1, reviews: 2, segments: [{ position: 0, primary: 1, reviews: 0 }, { position: -1, primary: 0, reviews: 2 }] };
  assert.equal(cellWords(full, (position) => ["RCT"][position] ?? "not coded"), "1 primary study, 2 reviews; RCT: 1 primary study; not coded: 2 reviews");
  assert.equal(cellWords({ ...cell, kind: null, without: { primary: 0, reviews: 0 } }, String), "no study");
  const directions = { favourable: 2, unfavourable: 0, conflicting: 0, "no change": 1, "not stated": 0, appraisal: { high: 1, some: 0, low: 2, unclear: 0 } };
  assert.equal(cellWords({ ...full, segments: [], directions }, String), "1 primary study, 2 reviews; 2 favourable, 1 no change; high quality: 1 study, low quality: 2 studies");
});

test("a gap under filters says that it is judged by all studies", () => {
  const cell = { primary: 1, reviews: 0, kind: "synthesis gap", without: { primary: 7, reviews: 1 }, segments: [], directions: null };
  assert.equal(cellWords(cell, String), "1 primary study; synthesis gap: several studies, no recent review of high quality (of all studies: 7 primary studies, 1 review)");
  assert.equal(cellWords({ ...cell, primary: 7, reviews: 1 }, String), "7 primary studies, 1 review; synthesis gap: several studies, no recent review of high quality");
  assert.equal(cellWords({ ...cell, kind: "not applicable" }, String), "1 primary study; not applicable");
});

test("what a search finds is not said to pass filters", () => {
  const view = { filters: [], years: [null, null], words: "", searches: ["work"], search: null, since: null };
  const told = (passing, changes) => passingWords(passing, 18, { ...view, ...changes });
  assert.equal(told(4, { search: 1 }), "4 of 18 studies are found by search #1.");
  assert.equal(told(1, { search: 1 }), "1 of 18 studies is found by search #1.");
  assert.equal(told(4, { search: 1, words: "a" }), "4 of 18 studies pass the filters.");
  assert.equal(told(1, { years: [2000, null] }), "1 of 18 studies passes the filters.");
  assert.equal(told(18, {}), "18 studies, no filter.");
  assert.equal(passingWords(0, 0, view), "This map has no study.");
});

test("each chip takes off what it says and nothing else", () => {
  const dimension = { title: "Country", labels: ["Chile", "Peru", "Cuba", "Spain"], ids: ["a", "b", "c", "d"], position: new Map([["a", 0], ["b", 1], ["c", 2], ["d", 3]]) };
  const map = { byId: new Map([["question:country", dimension]]) };
  const filters = [{ dimension: "question:country", mode: "any", codes: ["a", "b", "c", "d"] }, { dimension: "question:country", mode: "none", codes: ["b"] }];
  const chips = filterChips(map, { filters, years: [1990, null], words: "work", searches: ["work", "#1 not peer", "x"], search: 2, since: { version: 2, which: ["added", "recoded"] }, hide_empty: false });
  assert.deepEqual(chips.map(({ text }) => text), ["Country: Chile or Peru or Cuba and 1 more", "Country: not Peru", "Years: since 1990", "Words: work", "Search #2: #1 not peer", "Added or recoded since version 2"]);
  assert.deepEqual(chips[4].without, { search: null });
  assert.deepEqual(chips[5].without, { since: null });
  assert.deepEqual(chips[1].without, { filters: [filters[0]] });
});

test("a search goes only where no other refers to it, and the numbers behind it follow", () => {
  const texts = ["work", "peer", "#1 not \"#3\"", "#3 or [A: #3 \\] b] or #1"];
  assert.deepEqual(withoutSearch(texts, 2), ["work", "#1 not \"#3\"", "#2 or [A: #3 \\] b] or #1"]);
  assert.deepEqual([1, 2, 3, null].map((search) => viewWithoutSearch({ searches: texts, search }, 2).search), [1, null, 2, null]);
  assert.deepEqual(referredNumbers(texts[3]), [1, 3]);
  assert.deepEqual(referredNumbers("(#2 and not #12"), [2, 12]);
  assert.equal(searchWords(texts, 4), `#4: ${texts[3]}, where #1: work; #3: ${texts[2]}`);
});

test("searches leave as a table with their numbers, and none can run as a formula", () => {
  const map = { size: 2, document: {}, cache: new Map(), byId: new Map(), findings: { study: [] }, studies: { label: ["Work 1", "Peer 2"], year: [1999, null], reports: [[], []] } };
  const rows = searchRows(map, ["=peer", "work or", "Work not #1"]);
  assert.deepEqual(rows, [["Number", "Search", "Read as", "Studies, of 2"], [1, "=peer", "peer", 1], [2, "work or", "After “or” something must follow. (character 6)", ""], [3, "Work not #1", "work and not #1", 1]]);
  assert.match(csvText(rows), /\r\n1,'=peer,peer,1\r\n/);
  assert.equal(searchLines([["Number", "Search"], [1, "work\n=peer\tor\r\nhome"], [2, "\t=peer"]]), "Number\tSearch\n1\twork =peer or home\n2\t'=peer\n");
  assert.deepEqual(emptyFields(map), ["title", "abstract", "author", "journal", "quotation", "note"]);
});

test("abstracts that come later go to the reports with their titles, and are found", () => {
  const reports = [[{ title: "B" }, { title: "A" }, { title: "A" }, {}], []];
  const map = { size: 2, document: {}, cache: new Map(), byId: new Map(), findings: { study: [] }, studyPosition: new Map([[7, 0], [8, 1]]), studies: { label: ["x", "y"], year: [null, null], reports } };
  assert.equal(mapSearches(map, ["abstract:work"])[0].count, 0);
  addAbstracts(map, { studies: [7, 8, 9], reports: [[["A", "First"], ["A", "Work"], ["gone", "Peer"], ["", "Last"]], [["C", "Work"]], [["A", "Work"]]] });
  assert.deepEqual(reports[0], [{ title: "B" }, { title: "A", abstract: "First" }, { title: "A", abstract: "Work" }, { abstract: "Last" }]);
  assert.equal(mapSearches(map, ["abstract:work"])[0].count, 1);
  assert.equal(mapSearches(map, ["peer"])[0].count, 0);
  for (const [address, asks] of [["#find=x", true], ["rows=a&words=b", true], ["rows=find%3D&at=,", false], ["", false]]) assert.equal(asksForWords(address), asks);
});

test("what changed leaves as a table in which each change is a line", () => {
  const since = {
    number: 2, date: "2026-03-03", added: [2], recoded: [0], corrected: [1], corrections: [[["Year", "2010", "2011"]]], removed: [{ id: 9, label: "Ash 1999", year: 1999, reports: [] }],
    changes: [[["Country", "Chile", "Peru"], ["Finding", "", "Work → Hope"]]], scheme: [["Country", "Chile", "Chile (South America)"]],
  };
  const rows = changeRows({ studies: { label: ["Birch 2004", "Cedar 2011", "=Elm 2020"], year: [2004, 2011, null] }, since });
  assert.deepEqual(rows, [
    ["Change", "Study", "Year", "What", "In version 2", "Now"],
    ["added", "=Elm 2020", null, "", "", ""],
    ["recoded", "Birch 2004", 2004, "Country", "Chile", "Peru"],
    ["recoded", "Birch 2004", 2004, "Finding", "", "Work → Hope"],
    ["removed", "Ash 1999", 1999, "", "", ""],
    ["corrected", "Cedar 2011", 2011, "Year", "2010", "2011"],
    ["scheme", "", null, "Country", "Chile", "Chile (South America)"],
  ]);
});

test("only addresses of the web are followed", () => {
  assert.equal(safeAddress("https://example.org/a b"), "https://example.org/a%20b");
  for (const text of ["javascript:alert(1)", " javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//example.org", "", "java\nscript:alert(1)"]) assert.equal(safeAddress(text), null, text);
});

test("a reference has what the report has", () => {
  assert.equal(referenceText({ authors: ["A, B."], year: 2001, title: "Does it help?", journal: "J", volume: "4", issue: "2", pages: "1-9" }), "A, B. (2001). Does it help? J 4(2): 1-9.");
  assert.equal(referenceText({ title: "Only a title" }), "Only a title.");
  assert.equal(referenceText({ authors: ["1", "2", "3", "4", "5", "6", "7"], journal: "J" }), "1, 2, 3, 4, 5, 6 et al. J.");
});

test("a ring of one part is closed, and parts meet", () => {
  assert.equal(ringPart(10, 10, 8, 0, 1).match(/Z/g).length, 2);
  const [first, second] = [ringPart(10, 10, 8, 0, 0.25), ringPart(10, 10, 8, 0.25, 1)];
  assert.ok(first.includes("18.00 10.00") && second.startsWith("M18.00 10.00"));
});

test("what lies in part between two points is in sight, and nothing else", () => {
  const places = [0, 10, 20, 30].map((start) => ({ start, end: start + 10 }));
  assert.deepEqual(placesBetweenPoints(places, 0, 40), [0, 4]);
  assert.deepEqual(placesBetweenPoints(places, 10, 20), [1, 2]);
  assert.deepEqual(placesBetweenPoints(places, 9, 21), [0, 3]);
  assert.deepEqual(placesBetweenPoints(places, -50, 1), [0, 1]);
  assert.deepEqual(placesBetweenPoints(places, -50, -10), [0, 0]);
  assert.deepEqual(placesBetweenPoints(places, 40, 90), [0, 0]);
  assert.deepEqual(placesBetweenPoints([], 0, 10), [0, 0]);
});

test("a bar has its parts one after the other, and a pale one has an outline", () => {
  assert.equal(barsBackground([]), "light-dark(#fff, #10161d)");
  const layers = (bars) => barsBackground(bars).split(" no-repeat, ").map((layer) => layer.match(/(?:calc\([^()]*\)|[\d.]+%) [\d.]+px \/ .*$/)?.[0] ?? layer);
  assert.deepEqual(layers([[{ index: 0, number: 3 }, { index: 1, number: 0 }, { index: 2, number: 1 }]]), [
    "0.0% 0px / 75.0% 4px", "100.0% 0px / 25.0% 4px", "light-dark(#fff, #10161d)",
  ]);
  assert.deepEqual(layers([[{ index: 0, number: 1 }], [{ index: -1, number: 2 }]]), [
    "0.0% 0px / 100.0% 4px", "calc(0.0% + 0.50px) 5.5px / calc(100.0% - 1px) 3px", "0.0% 5px / 100.0% 4px", "light-dark(#fff, #10161d)",
  ]);
});

test("a share is never said to be all or nothing that is not", () => {
  const shares = [[0, 43], [1, 400], [12, 43], [399, 400], [43, 43], [0, 0], [1, 3000], [2999, 3000], [500, 3000]];
  assert.deepEqual(shares.map(([part, base]) => shareText(part, base)), ["0 %", "<1 %", "28 %", ">99 %", "100 %", "–", "<0.1 %", ">99.9 %", "16.7 %"]);
  assert.deepEqual([shareOf(1, 3), shareOf(0, 3), shareOf(1, 0)], [33.33, 0, null]);
});

test("the list is in the order that is asked for, and numbers in names count as numbers", () => {
  const studies = { label: ["b 10", "b 9", "Å", "a"], year: [2001, null, 2001, 2020], roles: [0, 1, 0, 1], reports: [[], [], [], []] };
  const map = { size: 4, studies, findings: { study: [] }, byId: new Map(), cache: new Map(), document: {} };
  const view = { filters: [], years: [null, null], words: "", searches: [], search: null, since: null, only: null, order_list: "label" };
  assert.deepEqual(listedStudies(map, view), [3, 2, 1, 0]);
  assert.deepEqual(listedStudies(map, { ...view, order_list: "year" }), [3, 2, 0, 1]);
  assert.deepEqual(listedStudies(map, { ...view, only: "reviews" }), [3, 1]);
});

test("fourteen segments differ without their colours, and 98 with them", () => {
  const withoutColour = (index) => segmentImage(index).replaceAll(/#\w{6}/g, "#");
  assert.equal(new Set(Array.from({ length: 14 }, (_, index) => withoutColour(index))).size, 14);
  assert.equal(new Set(Array.from({ length: 98 }, (_, index) => segmentImage(index))).size, 98);
  assert.ok(segmentImage(7).startsWith("repeating") && segmentFill(7) === "url(#map-segment-7)");
  assert.equal(segmentImage(12), "repeating-linear-gradient(135deg, #E69F00 0 2px, #E69F0040 2px 4px, #E69F00 4px 6px, #E69F0040 6px 12px)");
  assert.deepEqual([0, 3, 4, 6, 7, 14, 17].map(isPale), [false, false, true, true, false, false, true]);
});
