// Where links lead from a published map to its form for comments, and that no other file has any.

import assert from "node:assert/strict";
import { test } from "node:test";

import { commentWays } from "../../evidence/viewer/comment_ways.js";

const COMMENTED = { rows: "question:a", columns: "question:b", row_ids: ["r"], column_ids: ["c", "x y&"] };
const at = (pathname, protocol = "https:") => commentWays({ protocol, pathname }, COMMENTED);

test("a published map leads to its form, an earlier version of it, too", () => {
  const ways = at("/before/public/TOKEN/map");
  assert.equal(ways.ofStudy(12), "comment?about=study-12");
  assert.equal(ways.ofCell("question:a", "r", "question:b", "x y&"), "comment?about=cell-r~x%20y%26");
  assert.equal(at("/public/TOKEN/version/2/map").ofStudy(12), "../../comment?about=study-12");
});

test("cells that the form does not list have no link", () => {
  const { ofCell } = at("/public/TOKEN/map");
  assert.equal(ofCell("question:a", "other", "question:b", "c"), "");
  assert.equal(ofCell("question:b", "c", "question:a", "r"), "");
});

test("a file that is saved, served elsewhere or made for itself has no link", () => {
  assert.equal(at("/public/TOKEN/map", "file:"), null);
  for (const path of ["/home/public/TOKEN/map.html", "/maps/map", "/public/TOKEN/", "/public/TOKEN/version/map"]) assert.equal(at(path), null, path);
  assert.equal(commentWays({ protocol: "https:", pathname: "/public/TOKEN/map" }, null), null);
});
