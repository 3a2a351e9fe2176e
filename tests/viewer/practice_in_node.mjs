// Counts services beside studies in Node: reads {maps: [{document, addresses}]} and writes every cell.

import { readFileSync } from "node:fs";
import { viewFromAddress } from "../../evidence/viewer/map_address.js";
import { readMap } from "../../evidence/viewer/map_columns.js";
import { practiceTable } from "../../evidence/viewer/practice/practice_counts.js";

const { maps } = JSON.parse(readFileSync(0, "utf8"));
const counted = maps.map(({ document, addresses }) => {
  const map = readMap(document);
  return addresses.map((address) => {
    const { view } = viewFromAddress(address, map);
    const table = practiceTable(map, view);
    const cells = table.rows.flatMap((row) => table.columns.map((column) => ({ row, column, ...table.at(row, column) })));
    return { rows: table.rows, columns: table.columns, passing: table.passing, apart: table.apart.length, cells };
  });
});
process.stdout.write(JSON.stringify(counted));
