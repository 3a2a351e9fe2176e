// Directions within a study in Node: reads rows of [better, worse, no change, mixed, count no change, agreeing percent].

import { readFileSync } from "node:fs";
import { withinStudy } from "../../evidence/viewer/map_directions.js";

const rows = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(rows.map((row) => withinStudy(...row))));
