// Counts crosstabs in Node: reads {maps: [{document, addresses}]} and writes every cell, total and base.

import { readFileSync } from "node:fs";
import { viewFromAddress } from "../../evidence/viewer/map_address.js";
import { readMap } from "../../evidence/viewer/map_columns.js";
import { NONE_PLACE, crosstabOf } from "../../evidence/viewer/pages/crosstab.js";

const { maps } = JSON.parse(readFileSync(0, "utf8"));
const counted = maps.map(({ document, addresses }) => {
  const map = readMap(document);
  return addresses.map((address) => {
    const { view } = viewFromAddress(address, map);
    const crosstab = crosstabOf(map, view);
    const places = (id) => [...map.byId.get(id).ids.keys(), NONE_PLACE, null];
    const cells = places(view.rows).flatMap((row) => places(view.columns).map((column) => ({
      row, column, count: crosstab.at(row, column), studies: crosstab.studies(row, column),
      bases: ["row", "column", "all"].map((shares) => crosstab.base(row, column, shares)),
    })));
    return { rows: crosstab.rows, columns: crosstab.columns, apart: crosstab.apart, cells };
  });
});
process.stdout.write(JSON.stringify(counted));
