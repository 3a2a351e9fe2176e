// Reads addresses in Node: {maps: [{document, addresses}]} gives what each asks for, and what is told.

import { readFileSync } from "node:fs";
import { addressOf, beginningView, defaultView, viewFromAddress } from "../../evidence/viewer/map_address.js";
import { readMap } from "../../evidence/viewer/map_columns.js";

const { maps } = JSON.parse(readFileSync(0, "utf8"));
const read = maps.map(({ document, addresses }) => {
  const map = readMap(document);
  const views = addresses.map((address) => {
    const { view, told } = viewFromAddress(address, map);
    return { view, told, address: addressOf(view) };
  });
  return { views, beginning: beginningView(map), default: defaultView(map) };
});
process.stdout.write(JSON.stringify(read));
