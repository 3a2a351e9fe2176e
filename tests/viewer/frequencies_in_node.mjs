// Counts frequencies in Node: reads {maps: [{document, addresses}]} and writes those of every question.

import { readFileSync } from "node:fs";
import { viewFromAddress, NONE_OF_THESE } from "../../evidence/viewer/map_address.js";
import { readMap } from "../../evidence/viewer/map_columns.js";
import { passingOf } from "../../evidence/viewer/map_filters.js";
import { allFrequencies, headingCounts, studiesOfLine } from "../../evidence/viewer/pages/frequencies.js";

const { maps } = JSON.parse(readFileSync(0, "utf8"));
const counted = maps.map(({ document, addresses }) => {
  const map = readMap(document);
  return addresses.map((address) => {
    const { view } = viewFromAddress(address, map);
    const passing = passingOf(map, view);
    const listed = (id, heading) => studiesOfLine(map, view, [id, heading]);
    return Object.fromEntries(allFrequencies(map, view).map(({ id, lines, none, all, coded }) => {
      const dimension = map.byId.get(id);
      const counts = dimension && headingCounts(map, dimension, passing);
      const every = dimension ? dimension.ids.map((heading, position) => [heading, counts.at(position)]) : lines.map((line) => [line.id, line.count]);
      return [id, {
        shown: lines.map((line) => [line.id, line.depth, line.count]), none, all, coded, counts: every,
        studies: Object.fromEntries(every.map(([heading]) => [heading, listed(id, heading)])),
        none_studies: listed(id, NONE_OF_THESE), all_studies: listed(id, null),
      }];
    }));
  });
});
process.stdout.write(JSON.stringify(counted));
