// Counts maps in Node: reads {maps: [{document, addresses}]} and writes what the viewer makes of each.

import { readFileSync } from "node:fs";
import { addressOf, viewFromAddress } from "../../evidence/viewer/map_address.js";
import { readMap } from "../../evidence/viewer/map_columns.js";
import { mapCounts } from "../../evidence/viewer/map_counts.js";
import { filterCounts } from "../../evidence/viewer/map_filters.js";

const { maps } = JSON.parse(readFileSync(0, "utf8"));
const counted = maps.map(({ document, addresses }) => {
  const map = readMap(document);
  return addresses.map((address) => {
    const { view, told } = viewFromAddress(address, map);
    return { told, address: addressOf(view), ...countsOf(map, view) };
  });
});
process.stdout.write(JSON.stringify(counted));

function countsOf(map, view) {
  const counts = mapCounts(map, view);
  const [rows, columns] = [view.rows, view.columns].map((id) => map.byId.get(id));
  const cells = {};
  for (const row of [...rows.ids.keys(), null]) {
    for (const column of [...columns.ids.keys(), null]) {
      const cell = counts.at(row, column);
      cells[JSON.stringify([row, column])] = {
        ...cell,
        studies: counts.studies(row, column),
        in_segments: cell.segments.map(({ position }) => counts.studies(row, column, position)),
      };
    }
  }
  const filters = Object.fromEntries(map.dimensions.map(({ id }) => [id, [...filterCounts(map, view, id)]]));
  return { rows: counts.rows, columns: counts.columns, cells, unplaced: counts.unplaced, passing: counts.passing, together: counts.coded_together, filters };
}
